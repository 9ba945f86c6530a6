use mizzle::prelude::*;

include!("../tables.rs");

#[derive(Table)]
#[orm(table = "totals", query)]
struct Total {
    worker_id: i64,
    tasks: i64,
}

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    let _ = (db, schema![Worker, Total]);
    Ok(())
}

fn main() {
    let _ = run;
}
