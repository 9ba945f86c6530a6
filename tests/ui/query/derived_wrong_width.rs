use mizzle::prelude::*;

include!("../tables.rs");

#[derive(Table)]
#[orm(table = "totals", query)]
struct Total {
    worker_id: i64,
    tasks: i64,
}

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Total.tasks).from(select((Task.worker_id, count(), count())).from(Task).group_by(Task.worker_id).as_(Total)).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
