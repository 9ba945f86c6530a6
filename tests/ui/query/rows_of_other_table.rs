use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    #[derive(Insert)]
    #[orm(table = Task)]
    struct NewTask {
        worker_id: i64,
        title: String,
    }
    insert(Worker).rows(&[NewTask { worker_id: 1, title: String::new() }]).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
