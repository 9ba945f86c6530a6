use mizzle::prelude::*;

include!("../tables.rs");

#[derive(PgEnum)]
enum Status {
    Open,
    Done,
}

#[derive(Table)]
struct Job {
    #[orm(primary_key, identity)]
    id: i64,
    status: Status,
}

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Job).filter(Job.status.eq("open")).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
