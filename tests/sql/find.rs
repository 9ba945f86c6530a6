//! `find`: rows by their primary key.

use crate::TestResult;
use crate::check::{check, check_command};
use crate::schema::{Boss, Membership, Worker, bob, database};
use mizzle::prelude::*;

const BY_ID: &str = r#"select "workers"."id", "workers"."email", "workers"."name", "workers"."score", "workers"."status", "workers"."boss_id" from "workers" where "workers"."id" = $1"#;

const BY_BOTH: &str = r#"select "memberships"."worker_id", "memberships"."team", "memberships"."since" from "memberships" where "memberships"."worker_id" = $1 and "memberships"."team" = $2"#;

#[tokio::test]
async fn a_key_of_one_column_is_a_value_or_a_reference() -> TestResult {
    let (db, _database) = database().await?;
    let id = 2_i64;
    let by_value = check(select(Worker).find(id), BY_ID, &["2::int8"]);
    let by_reference = check(select(Worker).find(&id), BY_ID, &["2::int8"]);
    assert_eq!(by_value.one(&db).await?, bob());
    assert_eq!(by_reference.one(&db).await?, bob());
    Ok(())
}

#[tokio::test]
async fn a_key_of_two_columns_is_a_tuple() -> TestResult {
    let (db, _database) = database().await?;
    let expected = Membership { worker_id: 2, team: "blue".to_owned(), since: Some(2021) };
    let by_value =
        check(select(Membership).find((2, "blue".to_owned())), BY_BOTH, &["2::int8", "'blue'::text"]);
    assert_eq!(by_value.one(&db).await?, expected);
    let by_reference = check(
        select(Membership).find((&expected.worker_id, &expected.team)),
        BY_BOTH,
        &["2::int8", "'blue'::text"],
    );
    assert_eq!(by_reference.one(&db).await?, expected);
    let mixed = check(select(Membership).find((&2, "red")), BY_BOTH, &["2::int8", "'red'::text"]);
    assert_eq!(mixed.optional(&db).await?, None);
    Ok(())
}

#[tokio::test]
async fn a_find_goes_with_filters_and_aliases() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Boss).filter(Boss.score.lt(100)).find(2).filter(Boss.email.is_null()),
        r#"select "boss"."id", "boss"."email", "boss"."name", "boss"."score", "boss"."status", "boss"."boss_id" from "workers" as "boss" where "boss"."score" < $1 and "boss"."id" = $2 and "boss"."email" is null"#,
        &["100::int4", "2::int8"],
    );
    assert_eq!(query.optional(&db).await?, Some(bob()));
    Ok(())
}

#[tokio::test]
async fn an_update_and_a_delete_find_too() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        update(Membership).set(Membership.since, 1999).find((1, "red")),
        r#"update "memberships" set "since" = $1 where "memberships"."worker_id" = $2 and "memberships"."team" = $3"#,
        &["1999::int4", "1::int8", "'red'::text"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let command = check_command(
        delete(Membership).find((1, "blue")).filter(Membership.since.eq(2020)),
        r#"delete from "memberships" where "memberships"."worker_id" = $1 and "memberships"."team" = $2 and "memberships"."since" = $3"#,
        &["1::int8", "'blue'::text", "2020::int4"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let left =
        select((Membership.worker_id, Membership.since)).from(Membership).order_by(Membership.worker_id);
    assert_eq!(left.all(&db).await?, [(1, Some(1999)), (2, Some(2021))]);
    Ok(())
}

#[tokio::test]
async fn a_selection_finds_in_the_first_table_of_its_from() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.id, Worker.name)).from(Worker).find(2),
        r#"select "workers"."id", "workers"."name" from "workers" where "workers"."id" = $1"#,
        &["2::int8"],
    );
    assert_eq!(query.one(&db).await?, (2, "Bob".to_owned()));
    let query = check(
        select((Boss.name, Worker.name)).from(Boss).left_join(Worker, Worker.boss_id.eq(Boss.id)).find(3),
        r#"select "boss"."name", "workers"."name" from "workers" as "boss" left join "workers" on "workers"."boss_id" = "boss"."id" where "boss"."id" = $1"#,
        &["3::int8"],
    );
    assert_eq!(query.all(&db).await?.len(), 1);
    Ok(())
}
