use mizzle::prelude::*;

include!("../tables.rs");

#[derive(Table)]
#[orm(table = "totals", query)]
struct Total {
    worker_id: i64,
    tasks: i64,
}

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Total).set(Total.tasks, 1).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
