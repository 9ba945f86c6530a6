//! Row locks: `for_update` and its kin, `of`, `nowait`, `skip_locked`.

use crate::TestResult;
use crate::check::check;
use crate::schema::{Task, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn skip_locked_gives_each_transaction_another_row() -> TestResult {
    let (db, _database) = database().await?;
    let next = || {
        check(
            select(Task.id).from(Task).order_by(Task.id).limit(1).for_update().skip_locked(),
            r#"select "tasks"."id" from "tasks" order by "tasks"."id" limit $1 for update skip locked"#,
            &["1::int8"],
        )
    };
    let (first, second) = db
        .transaction(async |one| {
            let first = next().one(one).await?;
            let second = db.transaction(async |two| next().one(two).await).await?;
            Ok::<_, mizzle::Error>((first, second))
        })
        .await?;
    assert_eq!((first, second), (1, 2));
    Ok(())
}

#[tokio::test]
async fn nowait_fails_at_once() -> TestResult {
    let (db, _database) = database().await?;
    let locked = || {
        check(
            select(Task.id)
                .from(Task)
                .join(Worker, Task.worker_id.eq(Worker.id))
                .for_share()
                .of(Task)
                .of(Worker)
                .nowait(),
            r#"select "tasks"."id" from "tasks" join "workers" on "tasks"."worker_id" = "workers"."id" for share of "tasks", "workers" nowait"#,
            &[],
        )
    };
    let refused = db
        .transaction(async |one| {
            select(Worker).for_no_key_update().all(one).await?;
            Ok::<_, mizzle::Error>(db.transaction(async |two| locked().all(two).await).await)
        })
        .await?;
    let error = refused.err().ok_or("the lock was given twice")?;
    assert_eq!(error.sqlstate(), Some("55P03"));
    Ok(())
}

#[tokio::test]
async fn every_strength_is_taken() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Task.id).from(Task).for_no_key_update(),
        r#"select "tasks"."id" from "tasks" for no key update"#,
        &[],
    );
    assert_eq!(query.all(&db).await?.len(), 3);
    let query = check(
        select(Task.id).from(Task).for_key_share(),
        r#"select "tasks"."id" from "tasks" for key share"#,
        &[],
    );
    assert_eq!(query.all(&db).await?.len(), 3);
    Ok(())
}

#[tokio::test]
async fn rows_that_are_there_are_locked_beside_those_that_may_be_missing() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.id, Task.id))
            .from(Worker)
            .left_join(Task, Task.worker_id.eq(Worker.id))
            .for_update()
            .of(Worker),
        r#"select "workers"."id", "tasks"."id" from "workers" left join "tasks" on "tasks"."worker_id" = "workers"."id" for update of "workers""#,
        &[],
    );
    assert_eq!(query.all(&db).await?.len(), 4);
    let query = check(
        select(Task).for_update().order_by(Task.id).limit(1),
        r#"select "tasks"."id", "tasks"."worker_id", "tasks"."title", "tasks"."note", "tasks"."hours", "tasks"."labels" from "tasks" order by "tasks"."id" limit $1 for update"#,
        &["1::int8"],
    );
    assert_eq!(query.one(&db).await?.id, 1);
    Ok(())
}
