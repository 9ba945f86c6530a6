use mizzle::prelude::*;

include!("../tables.rs");

struct NewName {
    name: Option<String>,
}

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Worker).rows(&[NewName { name: None }]).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
