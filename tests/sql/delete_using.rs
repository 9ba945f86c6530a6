//! `delete` by other tables.

use crate::TestResult;
use crate::check::{check, check_command};
use crate::schema::{Boss, Membership, Task, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn another_tables_columns_say_which_rows() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        delete(Task)
            .using(Worker)
            .filter(Task.worker_id.eq(Worker.id))
            .filter(Worker.name.eq("Bob"))
            .returning((Task.title, Worker.name)),
        r#"delete from "tasks" using "workers" where "tasks"."worker_id" = "workers"."id" and "workers"."name" = $1 returning "tasks"."title", "workers"."name""#,
        &["'Bob'::text"],
    );
    assert_eq!(query.all(&db).await?, [("Ship".to_owned(), "Bob".to_owned())]);
    assert_eq!(select(Task).count(&db).await?, 2);
    Ok(())
}

#[tokio::test]
async fn tables_are_joined_to_the_first_and_aliases_too() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        delete(Task)
            .using(Worker)
            .join(Boss, Boss.id.eq(Worker.boss_id).and(Boss.name.eq("Ada")))
            .left_join(Membership, Membership.worker_id.eq(Worker.id).and(Membership.team.eq("red")))
            .filter(Task.worker_id.eq(Worker.id))
            .filter(Membership.team.is_null())
            .filter(Task.hours.lt(1.0)),
        r#"delete from "tasks" using "workers" join "workers" as "boss" on "boss"."id" = "workers"."boss_id" and "boss"."name" = $1 left join "memberships" on "memberships"."worker_id" = "workers"."id" and "memberships"."team" = $2 where "tasks"."worker_id" = "workers"."id" and "memberships"."team" is null and "tasks"."hours" < $3"#,
        &["'Ada'::text", "'red'::text", "1::float8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn nothing_but_absent_conditions_is_an_error() -> TestResult {
    let (db, _database) = database().await?;
    let id: Option<i64> = None;
    let command = delete(Task).using(Worker).filter(id.map(|id| Worker.id.eq(id)));
    assert_eq!(command.execute(&db).await.unwrap_err().sqlstate(), None);
    assert_eq!(select(Task).count(&db).await?, 3);
    Ok(())
}
