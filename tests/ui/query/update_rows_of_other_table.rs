use mizzle::prelude::*;

include!("../tables.rs");

#[derive(Update)]
#[orm(table = Task)]
struct NewTitle {
    id: i64,
    title: String,
}

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    update(Worker).rows(&[NewTitle { id: 1, title: String::new() }]).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
