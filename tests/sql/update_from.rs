//! `update` from other tables.

use crate::TestResult;
use crate::check::{check, check_command};
use crate::schema::{Boss, Membership, Task, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn another_tables_columns_are_set_and_returned() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        update(Task)
            .from(Worker)
            .set(Task.note, Worker.email)
            .set(Task.title, Worker.name)
            .filter(Task.worker_id.eq(Worker.id))
            .filter(Worker.score.gt(100))
            .returning((Task.id, Task.title, Worker.score)),
        r#"update "tasks" set "note" = "workers"."email", "title" = "workers"."name" from "workers" where "tasks"."worker_id" = "workers"."id" and "workers"."score" > $1 returning "tasks"."id", "tasks"."title", "workers"."score""#,
        &["100::int4"],
    );
    let mut rows = query.all(&db).await?;
    rows.sort();
    assert_eq!(rows, [(1, "Ada".to_owned(), 120), (2, "Ada".to_owned(), 120)]);
    assert_eq!(select(Task).find(3).one(&db).await?.title, "Ship");
    Ok(())
}

#[tokio::test]
async fn an_alias_is_another_row_of_the_same_table() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        update(Worker)
            .set(Worker.name, "first")
            .from(Boss)
            .set(Worker.score, Boss.score + Worker.score + 1)
            .filter(Worker.boss_id.eq(Boss.id)),
        r#"update "workers" set "name" = $1, "score" = "boss"."score" + "workers"."score" + $2 from "workers" as "boss" where "workers"."boss_id" = "boss"."id""#,
        &["'first'::text", "1::int4"],
    );
    assert_eq!(command.execute(&db).await?, 2);
    let scores = select(Worker.score).from(Worker).order_by(Worker.id);
    assert_eq!(scores.all(&db).await?, [120, 201, 221]);
    Ok(())
}

#[tokio::test]
async fn tables_are_joined_to_the_first() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        update(Task)
            .from(Worker)
            .join(Membership, Membership.worker_id.eq(Worker.id).and(Membership.team.eq("blue")))
            .left_join(Boss, Boss.id.eq(Worker.boss_id))
            .set(Task.note, Boss.name)
            .filter(Task.worker_id.eq(Worker.id)),
        r#"update "tasks" set "note" = "boss"."name" from "workers" join "memberships" on "memberships"."worker_id" = "workers"."id" and "memberships"."team" = $1 left join "workers" as "boss" on "boss"."id" = "workers"."boss_id" where "tasks"."worker_id" = "workers"."id""#,
        &["'blue'::text"],
    );
    assert_eq!(command.execute(&db).await?, 3);
    let notes = select(Task.note).from(Task).order_by(Task.id).all(&db).await?;
    assert_eq!(notes, [None, None, Some("Ada".to_owned())]);
    Ok(())
}

#[tokio::test]
async fn parameters_are_numbered_through() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        update(Task)
            .from(Worker)
            .set(Task.hours, 9.0)
            .join(Membership, Membership.worker_id.eq(Worker.id).and(Membership.team.eq("blue")))
            .filter(Task.worker_id.eq(Worker.id))
            .find(3),
        r#"update "tasks" set "hours" = $1 from "workers" join "memberships" on "memberships"."worker_id" = "workers"."id" and "memberships"."team" = $2 where "tasks"."worker_id" = "workers"."id" and "tasks"."id" = $3"#,
        &["9::float8", "'blue'::text", "3::int8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    Ok(())
}
