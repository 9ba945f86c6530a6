use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(scalar(select((Task.id, Task.title)).from(Task))).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
