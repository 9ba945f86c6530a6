//! `sql!` as a whole statement.

use crate::TestResult;
use crate::check::{check, check_command};
use crate::schema::{Boss, Status, Worker, ada, bob, database};
use mizzle::prelude::*;

#[derive(Row, Debug, PartialEq)]
struct Line {
    name: String,
    boss: Option<String>,
    rank: i64,
}

#[tokio::test]
async fn rows_become_a_struct() -> TestResult {
    let (db, _database) = database().await?;
    let least = 90;
    let query = check(
        sql!(
            "select {Worker.name}, {Boss.name}, rank() over (order by {Worker.score})
             from {Worker} left join {Boss} on {Boss.id} = {Worker.boss_id}
             where {Worker.score} > {least} order by 3"
        )
        .to::<Line>(),
        concat!(
            "select \"workers\".\"name\", \"boss\".\"name\", rank() over (order by \"workers\".\"score\")\n             ",
            "from \"workers\" left join \"workers\" as \"boss\" on \"boss\".\"id\" = \"workers\".\"boss_id\"\n             ",
            "where \"workers\".\"score\" > $1 order by 3",
        ),
        &["90::int4"],
    );
    let line = |name: &str, boss: Option<&str>, rank| Line {
        name: name.to_owned(),
        boss: boss.map(str::to_owned),
        rank,
    };
    assert_eq!(query.all(&db).await?, [line("Cyd", Some("Ada"), 1), line("Ada", None, 2)]);
    Ok(())
}

#[tokio::test]
async fn rows_become_values_tuples_and_tables() -> TestResult {
    let (db, _database) = database().await?;
    let count =
        check(sql!("select count(*) from {Worker}").to::<i64>(), r#"select count(*) from "workers""#, &[]);
    assert_eq!(count.one(&db).await?, 3);
    let emails = sql!("select email from {Worker} order by id limit 2").to::<Option<String>>();
    assert_eq!(emails.all(&db).await?, [Some("ada@example.com".to_owned()), None]);
    let pairs = sql!("select {Worker.id}, {Worker.status} from {Worker} where {Worker.id} = {1}");
    assert_eq!(pairs.to::<(i64, Status)>().optional(&db).await?, Some((1, Status::Active)));
    let whole = check(
        sql!("select {Worker.*}, {Boss.*} from {Worker} join {Boss} on {Boss.id} = {Worker.boss_id} where {Worker.id} = 2")
            .to::<(Worker, Worker)>(),
        concat!(
            r#"select "workers"."id", "workers"."email", "workers"."name", "workers"."score", "workers"."status", "workers"."boss_id", "#,
            r#""boss"."id", "boss"."email", "boss"."name", "boss"."score", "boss"."status", "boss"."boss_id" "#,
            r#"from "workers" join "workers" as "boss" on "boss"."id" = "workers"."boss_id" where "workers"."id" = 2"#,
        ),
        &[],
    );
    assert_eq!(whole.one(&db).await?, (bob(), ada()));
    Ok(())
}

#[tokio::test]
async fn a_command() -> TestResult {
    let (db, _database) = database().await?;
    let ids = vec![1_i64, 2];
    let change = check_command(
        sql!("update {Worker} set score = score + {5} where {Worker.id} = any({&ids})"),
        r#"update "workers" set score = score + $1 where "workers"."id" = any($2)"#,
        &["5::int4", "{1,2}::_int8"],
    );
    assert_eq!(change.execute(&db).await?, 2);
    sql!("create temporary table scratch (a int)").execute(&db).await?;
    Ok(())
}

#[tokio::test]
async fn inside_another() -> TestResult {
    let (db, _database) = database().await?;
    let best =
        sql!("select {Worker.id} from {Worker} order by {Worker.score} desc limit {2_i64}").to::<i64>();
    let query = check(
        select(Worker.name).from(Worker).filter(sql!("{Worker.id} in ({best})")).order_by(Worker.id),
        concat!(
            r#"select "workers"."name" from "workers" where ("workers"."id" in (select "workers"."id" from "workers""#,
            r#" order by "workers"."score" desc limit $1)) order by "workers"."id""#,
        ),
        &["2::int8"],
    );
    assert_eq!(query.all(&db).await?, ["Ada", "Cyd"]);
    Ok(())
}

#[tokio::test]
async fn what_the_server_returns_is_checked() -> TestResult {
    let (db, _database) = database().await?;
    let narrow = sql!("select 1::int8").to::<i32>().one(&db).await.unwrap_err();
    assert!(narrow.to_string().contains("expected"), "{narrow}");
    let few = sql!("select 1").to::<(i32, i32)>().one(&db).await.unwrap_err();
    assert!(few.to_string().contains("column"), "{few}");
    let lost = sql!("select 1").execute(&db).await.unwrap_err();
    assert!(lost.to_string().contains("column"), "{lost}");
    let null = sql!("select null::int4").to::<i32>().one(&db).await;
    assert!(null.is_err());
    Ok(())
}
