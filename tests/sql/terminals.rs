//! `one`, `optional`, `all` and `execute`: how many rows each expects.

use crate::TestResult;
use crate::schema::{Worker, ada, database};
use mizzle::prelude::*;

#[tokio::test]
async fn one_is_exactly_one() -> TestResult {
    let (db, _database) = database().await?;
    assert_eq!(select(Worker).find(1).one(&db).await?, ada());
    let none = select(Worker).find(9).one(&db).await.unwrap_err();
    assert!(none.is_not_found() && !none.is_too_many_rows(), "{none}");
    assert!(none.to_string().ends_with("found none"), "{none}");
    let many = select(Worker).one(&db).await.unwrap_err();
    assert!(many.is_too_many_rows() && !many.is_not_found(), "{many}");
    assert_eq!(many.to_string(), "expected one row from `select … from \"workers\"`, found more");
    Ok(())
}

#[tokio::test]
async fn optional_is_at_most_one() -> TestResult {
    let (db, _database) = database().await?;
    assert_eq!(select(Worker).find(1).optional(&db).await?, Some(ada()));
    assert_eq!(select(Worker).find(9).optional(&db).await?, None);
    let many = select(Worker).optional(&db).await.unwrap_err();
    assert!(many.is_too_many_rows(), "{many}");
    assert_eq!(many.to_string(), "expected at most one row from `select … from \"workers\"`, found more");
    Ok(())
}

#[tokio::test]
async fn all_is_any_number() -> TestResult {
    let (db, _database) = database().await?;
    assert_eq!(select(Worker).all(&db).await?.len(), 3);
    assert_eq!(select(Worker).filter(Worker.id.gt(9)).all(&db).await?, []);
    Ok(())
}

#[tokio::test]
async fn execute_is_the_number_of_rows_written() -> TestResult {
    let (db, _database) = database().await?;
    assert_eq!(update(Worker).set(Worker.score, 1).all_rows().execute(&db).await?, 3);
    assert_eq!(delete(Worker).find(9).execute(&db).await?, 0);
    Ok(())
}

/// The same query on each of what runs statements, whose pool is still whole after the errors above.
#[tokio::test]
async fn a_query_runs_on_a_pool_a_client_and_a_transaction() -> TestResult {
    let (db, _database) = database().await?;
    let query = || select(Worker.name).from(Worker).filter(Worker.id.eq(1));
    assert_eq!(query().one(&db).await?, "Ada");
    let client = db.client().await?;
    assert_eq!(query().one(&client).await?, "Ada");
    let name = db.transaction(async |tx| query().one(tx).await).await?;
    assert_eq!(name, "Ada");
    Ok(())
}
