//! `keyset`: pages that follow a row.

use crate::TestResult;
use crate::check::check;
use crate::schema::{Task, Worker, database};
use mizzle::Page;
use mizzle::prelude::*;

#[tokio::test]
async fn keys_of_one_direction_are_compared_as_one_row() -> TestResult {
    let (db, _database) = database().await?;
    let page = |token: Option<String>| {
        select(Task.title)
            .from(Task)
            .filter(Task.hours.gt(0.0))
            .keyset((Task.worker_id, Task.id), 2)
            .after(token.as_deref())
    };
    let first: Page<String> = check(
        page(None),
        r#"select "tasks"."title", "tasks"."worker_id", "tasks"."id" from "tasks" where "tasks"."hours" > $1 order by "tasks"."worker_id" asc, "tasks"."id" asc limit $2"#,
        &["0::float8", "3::int8"],
    )
    .page(&db)
    .await?;
    assert_eq!(first.rows, ["Label", "Check"]);
    let second = check(
        page(first.next),
        r#"select "tasks"."title", "tasks"."worker_id", "tasks"."id" from "tasks" where "tasks"."hours" > $1 and ("tasks"."worker_id", "tasks"."id") > ($2, $3) order by "tasks"."worker_id" asc, "tasks"."id" asc limit $4"#,
        &["0::float8", "1::int8", "2::int8", "3::int8"],
    )
    .page(&db)
    .await?;
    assert_eq!(second, Page { rows: vec!["Ship".to_owned()], next: None });
    Ok(())
}

#[tokio::test]
async fn keys_of_mixed_directions_are_compared_one_by_one() -> TestResult {
    let (db, _database) = database().await?;
    let page = |token: Option<&str>| {
        select((Worker, Task.title))
            .from(Worker)
            .join(Task, Task.worker_id.eq(Worker.id))
            .keyset((Worker.status, Task.worker_id.desc(), Task.id.asc()), 1)
            .after(token)
    };
    let mut titles = Vec::new();
    let mut token = None;
    loop {
        let Page { rows, next } = page(token.as_deref()).page(&db).await?;
        titles.extend(rows.into_iter().map(|(worker, title)| (worker.name, title)));
        token = next;
        if token.is_none() {
            break;
        }
    }
    let expected = [("Ada", "Label"), ("Ada", "Check"), ("Bob", "Ship")];
    assert_eq!(titles, expected.map(|(name, title)| (name.to_owned(), title.to_owned())));
    let first = page(None).page(&db).await?;
    check(
        page(first.next.as_deref()),
        r#"select "workers"."id", "workers"."email", "workers"."name", "workers"."score", "workers"."status", "workers"."boss_id", "tasks"."title", "workers"."status", "tasks"."worker_id", "tasks"."id" from "workers" join "tasks" on "tasks"."worker_id" = "workers"."id" where "workers"."status" >= $1::"status" and ("workers"."status" > $2::"status" or "tasks"."worker_id" <= $3 and ("tasks"."worker_id" < $4 or "tasks"."id" > $5)) order by "workers"."status" asc, "tasks"."worker_id" desc, "tasks"."id" asc limit $6"#,
        &["'active'::text", "'active'::text", "1::int8", "1::int8", "1::int8", "2::int8"],
    );
    Ok(())
}

#[tokio::test]
async fn a_token_that_is_not_whole_or_of_another_query_is_refused() -> TestResult {
    let (db, _database) = database().await?;
    let first = select(Task).keyset(Task.id, 1).page(&db).await?;
    let token = first.next.ok_or("there is a second page")?;
    let second = select(Task).keyset(Task.id, 5).after(Some(&token)).page(&db).await?;
    assert_eq!((second.rows.len(), second.next), (2, None));
    for token in ["", "x", "AAAA", "!", token.get(1..).unwrap_or_default(), &format!("{token}AAAA")] {
        let refused = select(Task).keyset(Task.id, 1).after(Some(token)).page(&db).await;
        let error = refused.err().ok_or("accepted")?;
        assert!(error.is_bad_token());
        let message = error.to_string();
        assert!(message.ends_with("the page's token is not whole, or of another query"), "{message}");
    }
    assert!(select(Task).keyset(Task.id.desc(), 1).after(Some(&token)).page(&db).await.is_err());
    Ok(())
}
