use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    #[derive(Row)]
    struct Line {
        name: String,
        score: i64,
    }
    let _: Vec<Line> = select((Worker.name, Worker.score)).from(Worker).to::<Line>().all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
