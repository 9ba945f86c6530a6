use mizzle::prelude::*;

include!("../tables.rs");

#[derive(Patch)]
#[orm(table = Task)]
struct TaskPatch {
    title: Option<String>,
}

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    update(Worker).patch(&TaskPatch { title: None }).find(1).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
