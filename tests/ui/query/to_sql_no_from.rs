use mizzle::prelude::*;

include!("../tables.rs");

async fn run(_db: &Db) -> Result<(), mizzle::Error> {
    select(Worker.name).to_sql()?;
    Ok(())
}

fn main() {
    let _ = run;
}
