use mizzle::prelude::*;

include!("../tables.rs");

#[derive(Table)]
struct Job {
    #[orm(primary_key, identity)]
    id: i64,
    first: i32,
    second: i32,
    third: i32,
    last: i32,
}

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Job).set(Job.last, 1).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
