//! `returning`: rows out of an insert, an update or a delete.

use crate::TestResult;
use crate::check::check;
use crate::schema::{Membership, Task, Worker, bob, cyd, database, ship};
use mizzle::prelude::*;

#[tokio::test]
async fn an_insert_returns_the_row_with_its_defaults() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        insert(Task)
            .set(Task.worker_id, 2)
            .set(Task.title, "Ship")
            .set(Task.hours, 0.5)
            .set(Task.labels, ["y"])
            .returning(Task),
        r#"insert into "tasks" ("worker_id", "title", "hours", "labels") values ($1, $2, $3, $4) returning "tasks"."id", "tasks"."worker_id", "tasks"."title", "tasks"."note", "tasks"."hours", "tasks"."labels""#,
        &["2::int8", "'Ship'::text", "0.5::float8", "{'y'}::_text"],
    );
    assert_eq!(query.one(&db).await?, Task { id: 4, ..ship() });
    Ok(())
}

#[tokio::test]
async fn an_update_returns_the_new_values() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        update(Worker)
            .set(Worker.score, Worker.score + 5)
            .filter(Worker.boss_id.eq(1))
            .returning((Worker.id, Worker.score * 2)),
        r#"update "workers" set "score" = "workers"."score" + $1 where "workers"."boss_id" = $2 returning "workers"."id", "workers"."score" * $3"#,
        &["5::int4", "1::int8", "2::int4"],
    );
    let mut rows = query.all(&db).await?;
    rows.sort_unstable();
    assert_eq!(rows, [(2, 170), (3, 210)]);
    Ok(())
}

#[tokio::test]
async fn a_delete_returns_what_went() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        delete(Worker).find(3).returning(Worker),
        r#"delete from "workers" where "workers"."id" = $1 returning "workers"."id", "workers"."email", "workers"."name", "workers"."score", "workers"."status", "workers"."boss_id""#,
        &["3::int8"],
    );
    assert_eq!(query.one(&db).await?, cyd());
    let query = delete(Worker).find(3).returning(Worker.id);
    assert_eq!(query.optional(&db).await?, None);
    Ok(())
}

#[derive(Row, Debug, PartialEq)]
struct Since {
    team: String,
    since: Option<i32>,
}

#[tokio::test]
async fn a_selection_fills_a_struct() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        delete(Membership).all_rows().returning((Membership.team, Membership.since)).to::<Since>(),
        r#"delete from "memberships" returning "memberships"."team", "memberships"."since""#,
        &[],
    );
    let mut rows = query.all(&db).await?;
    rows.sort_by(|a, b| (&a.team, a.since).cmp(&(&b.team, b.since)));
    let row = |team: &str, since| Since { team: team.to_owned(), since };
    assert_eq!(rows, [row("blue", Some(2020)), row("blue", Some(2021)), row("red", None)]);
    Ok(())
}

#[tokio::test]
async fn an_absent_condition_leaves_the_numbers_in_order() -> TestResult {
    let (db, _database) = database().await?;
    let name: Option<&str> = None;
    let query = check(
        update(Worker)
            .set(Worker.score, 1)
            .filter(name.map(|name| Worker.name.eq(name)))
            .filter(Some(Worker.id.eq(2)))
            .returning((Worker, Worker.score + 9)),
        r#"update "workers" set "score" = $1 where "workers"."id" = $2 returning "workers"."id", "workers"."email", "workers"."name", "workers"."score", "workers"."status", "workers"."boss_id", "workers"."score" + $3"#,
        &["1::int4", "2::int8", "9::int4"],
    );
    assert_eq!(query.one(&db).await?, (Worker { score: 1, ..bob() }, 10));
    Ok(())
}
