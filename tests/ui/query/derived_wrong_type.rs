use mizzle::prelude::*;

include!("../tables.rs");

#[derive(Table)]
#[orm(table = "totals", query)]
struct Total {
    worker_id: i64,
    tasks: i64,
}

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Total).from(select((Task.worker_id, Task.title)).from(Task).as_(Total)).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
