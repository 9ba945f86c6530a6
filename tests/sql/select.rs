//! What is selected, and what a row becomes.

use crate::TestResult;
use crate::check::check;
use crate::schema::{Boss, Status, Task, Worker, ada, bob, cyd, database, ship};
use mizzle::prelude::*;

#[tokio::test]
async fn a_table_is_every_column_and_a_struct() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker).order_by(Worker.id),
        r#"select "workers"."id", "workers"."email", "workers"."name", "workers"."score", "workers"."status", "workers"."boss_id" from "workers" order by "workers"."id""#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [ada(), bob(), cyd()]);
    Ok(())
}

#[tokio::test]
async fn an_alias_is_every_column_under_its_name() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Boss).filter(Boss.id.eq(2)),
        r#"select "boss"."id", "boss"."email", "boss"."name", "boss"."score", "boss"."status", "boss"."boss_id" from "workers" as "boss" where "boss"."id" = $1"#,
        &["2::int8"],
    );
    assert_eq!(query.one(&db).await?, bob());
    Ok(())
}

#[tokio::test]
async fn a_column_is_its_value() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.name).from(Worker).order_by(Worker.id),
        r#"select "workers"."name" from "workers" order by "workers"."id""#,
        &[],
    );
    assert_eq!(query.all(&db).await?, ["Ada", "Bob", "Cyd"]);
    Ok(())
}

#[tokio::test]
async fn a_nullable_column_is_an_option() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.boss_id).from(Worker).order_by(Worker.id),
        r#"select "workers"."boss_id" from "workers" order by "workers"."id""#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [None, Some(1), Some(1)]);
    Ok(())
}

#[tokio::test]
async fn a_tuple_of_one_is_a_tuple() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.status,)).from(Worker).order_by(Worker.id),
        r#"select "workers"."status" from "workers" order by "workers"."id""#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [(Status::Active,), (Status::OnLeave,), (Status::Active,)]);
    Ok(())
}

#[tokio::test]
async fn a_tuple_of_two_is_a_tuple() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.id, Worker.score)).from(Worker).order_by(Worker.id),
        r#"select "workers"."id", "workers"."score" from "workers" order by "workers"."id""#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [(1, 120), (2, 80), (3, 100)]);
    Ok(())
}

#[tokio::test]
async fn a_tuple_may_have_sixteen_members() -> TestResult {
    let (db, _database) = database().await?;
    let id = Task.id;
    let query = check(
        select((id, id, id, id, id, id, id, id, id, id, id, id, id, id, id, Task.title))
            .from(Task)
            .filter(id.eq(3)),
        r#"select "tasks"."id", "tasks"."id", "tasks"."id", "tasks"."id", "tasks"."id", "tasks"."id", "tasks"."id", "tasks"."id", "tasks"."id", "tasks"."id", "tasks"."id", "tasks"."id", "tasks"."id", "tasks"."id", "tasks"."id", "tasks"."title" from "tasks" where "tasks"."id" = $1"#,
        &["3::int8"],
    );
    // The standard library compares tuples of up to twelve.
    let (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, title) = query.one(&db).await?;
    assert_eq!([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o], [3; 15]);
    assert_eq!(title, "Ship");
    Ok(())
}

#[tokio::test]
async fn tuples_and_tables_nest() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Task, (Worker.id, (Worker.name,))))
            .from(Task)
            .join(Worker, Task.worker_id.eq(Worker.id))
            .filter(Task.id.eq(3)),
        r#"select "tasks"."id", "tasks"."worker_id", "tasks"."title", "tasks"."note", "tasks"."hours", "tasks"."labels", "workers"."id", "workers"."name" from "tasks" join "workers" on "tasks"."worker_id" = "workers"."id" where "tasks"."id" = $1"#,
        &["3::int8"],
    );
    assert_eq!(query.one(&db).await?, (ship(), (2, ("Bob".to_owned(),))));
    Ok(())
}

#[tokio::test]
async fn an_expression_is_selected_with_its_parameters_first() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.score + 5, Worker.name.like("A%")))
            .from(Worker)
            .filter(Worker.id.lte(2))
            .order_by(Worker.id),
        r#"select "workers"."score" + $1, "workers"."name" like $2 from "workers" where "workers"."id" <= $3 order by "workers"."id""#,
        &["5::int4", "'A%'::text", "2::int8"],
    );
    assert_eq!(query.all(&db).await?, [(125, true), (85, false)]);
    Ok(())
}

#[tokio::test]
async fn an_expression_of_a_nullable_column_is_an_option() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.boss_id + 1, Worker.boss_id.is_null(), Worker.boss_id.eq(1)))
            .from(Worker)
            .order_by(Worker.id),
        r#"select "workers"."boss_id" + $1, "workers"."boss_id" is null, "workers"."boss_id" = $2 from "workers" order by "workers"."id""#,
        &["1::int8", "1::int8"],
    );
    assert_eq!(
        query.all(&db).await?,
        [(None, true, None), (Some(2), false, Some(true)), (Some(2), false, Some(true))]
    );
    Ok(())
}

#[derive(Row, Debug, PartialEq)]
struct Line {
    title: String,
    owner: Option<String>,
}

#[derive(Row, Debug, PartialEq)]
struct Pair(i64, Task);

#[derive(Row, Debug, PartialEq)]
struct Only {
    name: String,
}

#[tokio::test]
async fn to_fills_a_struct_in_order() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Task.title, Task.note)).to::<Line>().from(Task).order_by(Task.id),
        r#"select "tasks"."title", "tasks"."note" from "tasks" order by "tasks"."id""#,
        &[],
    );
    let line =
        |title: &str, owner: Option<&str>| Line { title: title.to_owned(), owner: owner.map(str::to_owned) };
    assert_eq!(
        query.all(&db).await?,
        [line("Label", None), line("Check", Some("twice")), line("Ship", None)]
    );
    Ok(())
}

#[tokio::test]
async fn to_fills_a_tuple_struct_and_a_struct_of_one_field() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Task.id, Task)).from(Task).filter(Task.id.eq(3)).to::<Pair>(),
        r#"select "tasks"."id", "tasks"."id", "tasks"."worker_id", "tasks"."title", "tasks"."note", "tasks"."hours", "tasks"."labels" from "tasks" where "tasks"."id" = $1"#,
        &["3::int8"],
    );
    assert_eq!(query.one(&db).await?, Pair(3, ship()));
    let query = select((Worker.name,)).from(Worker).filter(Worker.id.eq(1)).to::<Only>();
    assert_eq!(query.one(&db).await?, Only { name: "Ada".to_owned() });
    let without_a_tuple = select(Worker.name).from(Worker).filter(Worker.id.eq(1)).to::<Only>();
    assert_eq!(without_a_tuple.one(&db).await?, Only { name: "Ada".to_owned() });
    Ok(())
}

/// Part of a worker: a second struct of the same table.
#[derive(Table, Debug, PartialEq)]
#[orm(table = "workers")]
struct Card {
    #[orm(primary_key, identity(by_default))]
    id: i64,
    name: String,
}

#[tokio::test]
async fn a_second_struct_of_a_table_has_some_of_its_columns() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Card).find(2),
        r#"select "workers"."id", "workers"."name" from "workers" where "workers"."id" = $1"#,
        &["2::int8"],
    );
    assert_eq!(query.one(&db).await?, Card { id: 2, name: "Bob".to_owned() });
    Ok(())
}

#[tokio::test]
async fn a_column_may_be_selected_or_not() -> TestResult {
    let (db, _database) = database().await?;
    for (wanted, name) in [("true", Some("Ada".to_owned())), ("false", None)] {
        let query = check(
            select((Worker.id, case().when(wanted == "true", Worker.name).end())).from(Worker).limit(1),
            r#"select "workers"."id", case when $1 then "workers"."name" end from "workers" limit $2"#,
            &[&format!("{wanted}::bool"), "1::int8"],
        );
        assert_eq!(query.one(&db).await?, (1, name));
    }
    Ok(())
}

fn twice<T: Copy>(value: T) -> (T, T) {
    (value, value)
}

#[tokio::test]
async fn a_query_is_a_value_that_can_be_used_twice() -> TestResult {
    let (db, _database) = database().await?;
    let found = select((Worker.id, max(Task.id)))
        .from(Worker)
        .left_join(Task, Task.worker_id.eq(Worker.id).and(Task.title.ne("x")))
        .filter(Some(Worker.id.in_([1, 2]).or(Worker.email.is_null())))
        .filter(case().when(Worker.id.gt(0), true).otherwise(false))
        .group_by(Worker.id);
    assert_eq!(found.count(&db).await?, 2);
    assert_eq!(found.order_by(Worker.id.desc().nulls_last()).limit(1).all(&db).await?.len(), 1);

    let (both, again) = twice(select(Worker.id).from(Worker).union(select(Task.id).from(Task)));
    assert_eq!(both.count(&db).await?, again.all(&db).await?.len() as i64);
    twice(select((lower(Worker.name), Worker.id.cast::<i32>(), Worker.score + 1)).from(Worker).for_update());
    twice(select(scalar(select(max(Worker.id)).from(Worker))));
    twice(insert(Worker).set(Worker.name, "Eve").returning(Worker));
    twice(insert(Worker).set(Worker.id, 1).on_conflict(Worker.id).do_nothing());
    twice(update(Task).from(Worker).set(Task.title, Worker.name).filter(Task.worker_id.eq(Worker.id)));
    twice(delete(Task).using(Worker).filter(Task.worker_id.eq(Worker.id)));
    Ok(())
}
