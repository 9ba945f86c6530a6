//! Databases with made-up rows, as far as a test wants to have them moved.

use mizzle::prelude::*;
use orm_testing::TestDb;
use std::error::Error;
use video::agreement::agreement;
use video::made_up::{Amount, fill};
use video::migrations::until;

pub(crate) type TestResult<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

pub(crate) const AMOUNT: Amount = Amount { users: 300, meetings: 400, logs: 1100 };

/// The old tables with rows, and the new ones beside them if they are `expand`ed.
pub(crate) async fn made_up(name: &str) -> TestResult<(Db, TestDb)> {
    let database = TestDb::new().await?;
    let db = Db::connect(database.url()).await?;
    until("init", database.url())?.run(&mut ()).await?;
    fill(&db, AMOUNT).await?;
    until(name, database.url())?.run(&mut ()).await?;
    Ok((db, database))
}

/// Old and new tables say the same; how many rows they have.
pub(crate) async fn agreed(db: &Db) -> TestResult<[i64; 3]> {
    let found = agreement(db).await?;
    for (kind, of) in found {
        assert_eq!((of.differing, of.old), (0, of.new), "{kind}: {of:?}");
    }
    Ok(found.map(|(_, of)| of.new))
}
