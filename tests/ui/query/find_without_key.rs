use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    #[derive(Table)]
    struct Log {
        line: String,
    }
    select(Log).find(1).optional(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
