//! What has no method of its own, by those that there are.

use crate::TestResult;
use crate::check::{check, check_command};
use crate::schema::{Note, Task, Worker, database};
use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[orm(table = "bands", query)]
struct Band {
    band: i32,
}

#[tokio::test]
async fn an_expression_gets_a_name_by_a_query_around_it() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Band.band, count()))
            .from(select((Worker.score / 50,)).from(Worker).as_(Band))
            .group_by(Band.band)
            .order_by(Band.band.desc()),
        r#"select "bands"."band", count(*) from (select "workers"."score" / $1 from "workers") as "bands"("band") group by "bands"."band" order by "bands"."band" desc"#,
        &["50::int4"],
    );
    assert_eq!(query.all(&db).await?, [(2, 2), (1, 1)]);
    Ok(())
}

#[tokio::test]
async fn an_expression_without_parameters_is_a_value_that_orders_and_groups() -> TestResult {
    let (db, _database) = database().await?;
    let letters = length(Worker.name);
    let query = check(
        select((letters, count())).from(Worker).group_by(letters).order_by(letters),
        r#"select length("workers"."name"), count(*) from "workers" group by length("workers"."name") order by length("workers"."name")"#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [(3, 3)]);
    Ok(())
}

#[tokio::test]
async fn a_window_is_raw_sql_with_a_type() -> TestResult {
    let (db, _database) = database().await?;
    let rank = sql!("rank() over (order by {Worker.score} desc)").of::<i64>();
    let query = check(
        select((Worker.name, rank)).from(Worker).order_by(rank),
        r#"select "workers"."name", rank() over (order by "workers"."score" desc) from "workers" order by rank() over (order by "workers"."score" desc)"#,
        &[],
    );
    let rows = query.all(&db).await?;
    assert_eq!(rows, [("Ada".to_owned(), 1), ("Cyd".to_owned(), 2), ("Bob".to_owned(), 3)]);
    Ok(())
}

#[tokio::test]
async fn a_recursive_query_is_a_raw_statement() -> TestResult {
    let (db, _database) = database().await?;
    let root = 1_i64;
    let query = check(
        sql!(
            "with recursive under(id, depth) as (
                select {Worker.id}, 0 from {Worker} where {Worker.id} = {root}
                union all select {Worker.id}, depth + 1 from {Worker} join under on {Worker.boss_id} = under.id
            ) select id, depth from under order by id"
        )
        .to::<(i64, i32)>(),
        "with recursive under(id, depth) as (
                select \"workers\".\"id\", 0 from \"workers\" where \"workers\".\"id\" = $1
                union all select \"workers\".\"id\", depth + 1 from \"workers\" join under on \"workers\".\"boss_id\" = under.id
            ) select id, depth from under order by id",
        &["1::int8"],
    );
    assert_eq!(query.all(&db).await?, [(1, 0), (2, 1), (3, 1)]);
    Ok(())
}

#[tokio::test]
async fn rows_that_are_written_are_read_by_a_raw_statement() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        sql!("with gone as (delete from {Task} where {Task.hours} < {1.0} returning worker_id) select worker_id from gone")
            .to::<i64>(),
        r#"with gone as (delete from "tasks" where "tasks"."hours" < $1 returning worker_id) select worker_id from gone"#,
        &["1::float8"],
    );
    assert_eq!(query.all(&db).await?, [2]);
    assert_eq!(select(Task).count(&db).await?, 2);
    Ok(())
}

#[tokio::test]
async fn a_table_is_emptied_by_a_raw_command() -> TestResult {
    let (db, _database) = database().await?;
    check_command(sql!("truncate {Note}"), r#"truncate "notes""#, &[]).execute(&db).await?;
    assert!(!select(Note).exists(&db).await?);
    Ok(())
}

#[tokio::test]
async fn a_version_is_a_condition_of_the_update() -> TestResult {
    let (db, _database) = database().await?;
    let save = |seen: i32| {
        check_command(
            update(Note).set(Note.mark, Note.mark + 1).find(1).filter(Note.mark.eq(seen)),
            r#"update "notes" set "mark" = "notes"."mark" + $1, "state" = E'it''s \\changed', "status" = 'gone', "changed" = 1 + 1 = 2 or false where "notes"."id" = $2 and "notes"."mark" = $3"#,
            &["1::int4", "1::int4", &format!("{seen}::int4")],
        )
    };
    assert_eq!(save(0).execute(&db).await?, 1);
    assert_eq!(save(0).execute(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn a_setting_lasts_as_long_as_its_transaction() -> TestResult {
    let (db, _database) = database().await?;
    let user = "ada's";
    let seen = db
        .transaction(async |tx| {
            sql!("select set_config('app.user', {user}, true)").to::<String>().one(tx).await?;
            sql!("select current_setting('app.user')").to::<String>().one(tx).await
        })
        .await?;
    assert_eq!(seen, "ada's");
    let after = sql!("select current_setting('app.user', true)").to::<Option<String>>().one(&db).await?;
    assert_ne!(after.as_deref(), Some("ada's"));
    Ok(())
}
