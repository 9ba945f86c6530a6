//! `keyset`: pages that follow a row.

use crate::TestResult;
use crate::check::check;
use crate::schema::{Boss, Membership, Task, Worker, database};
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
            .from(Task)
            .join(Worker, Worker.id.eq(Task.worker_id))
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
        r#"select "workers"."id", "workers"."email", "workers"."name", "workers"."score", "workers"."status", "workers"."boss_id", "tasks"."title", "workers"."status", "tasks"."worker_id", "tasks"."id" from "tasks" join "workers" on "workers"."id" = "tasks"."worker_id" where "workers"."status" >= $1::"status" and ("workers"."status" > $2::"status" or "tasks"."worker_id" <= $3 and ("tasks"."worker_id" < $4 or "tasks"."id" > $5)) order by "workers"."status" asc, "tasks"."worker_id" desc, "tasks"."id" asc limit $6"#,
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

#[tokio::test]
async fn a_page_of_no_rows_is_refused() -> TestResult {
    let (db, _database) = database().await?;
    let error = select(Task).keyset(Task.id, 0).page(&db).await.err().ok_or("accepted")?;
    let message = error.to_string();
    assert!(
        message.ends_with("a page of 0 rows has no next one: give `keyset` the number of rows of a page"),
        "{message}"
    );
    Ok(())
}

/// All rows, by pages of one.
async fn one_by_one<T>(
    page: impl AsyncFn(Option<String>) -> Result<Page<T>, mizzle::Error>,
) -> Result<Vec<T>, mizzle::Error> {
    let (mut all, mut token) = (Vec::new(), None);
    loop {
        let Page { rows, next } = page(token).await?;
        all.extend(rows);
        token = next;
        if token.is_none() {
            return Ok(all);
        }
    }
}

#[tokio::test]
async fn a_nullable_column_is_a_key_by_what_stands_for_null() -> TestResult {
    let (db, _database) = database().await?;
    let page = |token: Option<String>| {
        let keys = (coalesce(Worker.email, "none"), Worker.id);
        select(Worker.name).from(Worker).keyset(keys, 1).after(token.as_deref())
    };
    let first = page(None).page(&db).await?;
    check(
        page(first.next),
        r#"select "workers"."name", coalesce("workers"."email", $1), "workers"."id" from "workers" where (coalesce("workers"."email", $2), "workers"."id") > ($3, $4) order by coalesce("workers"."email", $5) asc, "workers"."id" asc limit $6"#,
        &["'none'::text", "'none'::text", "'ada@example.com'::text", "1::int8", "'none'::text", "2::int8"],
    );
    assert_eq!(one_by_one(async |token| page(token).page(&db).await).await?, ["Ada", "Cyd", "Bob"]);

    let mixed = |token: Option<String>| {
        let keys = (coalesce(Worker.email, "none").desc(), Worker.id);
        select(Worker.name).from(Worker).keyset(keys, 1).after(token.as_deref())
    };
    let first = mixed(None).page(&db).await?;
    check(
        mixed(first.next),
        r#"select "workers"."name", coalesce("workers"."email", $1), "workers"."id" from "workers" where coalesce("workers"."email", $2) <= $3 and (coalesce("workers"."email", $4) < $5 or "workers"."id" > $6) order by coalesce("workers"."email", $7) desc, "workers"."id" asc limit $8"#,
        &[
            "'none'::text",
            "'none'::text",
            "'none'::text",
            "'none'::text",
            "'none'::text",
            "2::int8",
            "'none'::text",
            "2::int8",
        ],
    );
    assert_eq!(one_by_one(async |token| mixed(token).page(&db).await).await?, ["Bob", "Cyd", "Ada"]);
    Ok(())
}

#[tokio::test]
async fn an_expression_is_a_key() -> TestResult {
    let (db, _database) = database().await?;
    let page = |token: Option<String>| {
        select(Task.title).from(Task).keyset((lower(Task.title), Task.id), 1).after(token.as_deref())
    };
    let titles = one_by_one(async |token| page(token).page(&db).await).await?;
    assert_eq!(titles, ["Check", "Label", "Ship"]);
    Ok(())
}

#[tokio::test]
async fn a_key_of_several_columns_is_among_the_keys_in_any_order() -> TestResult {
    let (db, _database) = database().await?;
    let page = |token: Option<String>| {
        select((Membership.team, Membership.worker_id))
            .from(Membership)
            .keyset((Membership.team, Membership.worker_id), 1)
            .after(token.as_deref())
    };
    let rows = one_by_one(async |token| page(token).page(&db).await).await?;
    assert_eq!(rows, [("blue".to_owned(), 1), ("blue".to_owned(), 2), ("red".to_owned(), 1)]);
    let other =
        select(Membership).keyset((Membership.worker_id.desc(), Membership.team), 5).page(&db).await?;
    assert_eq!(other.rows.iter().map(|row| row.worker_id).collect::<Vec<_>>(), [2, 1, 1]);
    Ok(())
}

#[tokio::test]
async fn tables_that_are_joined_on_their_unique_keys_make_no_row_twice() -> TestResult {
    let (db, _database) = database().await?;
    let page = |token: Option<String>| {
        select((Worker.name, Boss.name, Membership.since))
            .from(Worker)
            .left_join(Boss, Worker.boss_id.eq(Boss.id).and(Boss.score.gt(0)))
            .left_join(Membership, Membership.worker_id.eq(Worker.id).and(Membership.team.eq("blue")))
            .keyset((Worker.status, Worker.id), 1)
            .after(token.as_deref())
    };
    let rows = one_by_one(async |token| page(token).page(&db).await).await?;
    let expected = [("Ada", None, Some(2020)), ("Cyd", Some("Ada"), None), ("Bob", Some("Ada"), Some(2021))];
    assert_eq!(rows, expected.map(|(name, boss, since)| (name.to_owned(), boss.map(str::to_owned), since)));
    Ok(())
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "pairs", query, primary_key(worker_id, task_id))]
struct Pair {
    worker_id: i64,
    task_id: i64,
}

#[tokio::test]
async fn rows_of_a_query_are_paged_by_the_key_that_is_declared_for_them() -> TestResult {
    let (db, _database) = database().await?;
    let page = |token: Option<String>| {
        let pairs = select((Worker.id, Task.id)).from(Worker).join(Task, Task.worker_id.lte(Worker.id));
        select((Pair.task_id, Pair.worker_id))
            .from(pairs.as_(Pair))
            .filter(Pair.worker_id.lt(3))
            .keyset((Pair.task_id, Pair.worker_id), 1)
            .after(token.as_deref())
    };
    let rows = one_by_one(async |token| page(token).page(&db).await).await?;
    assert_eq!(rows, [(1, 1), (1, 2), (2, 1), (2, 2), (3, 2)]);
    Ok(())
}
