use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    #[derive(Row)]
    struct Line {
        id: i64,
    }
    select(Worker.name).from(Worker).to::<Line>().all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
