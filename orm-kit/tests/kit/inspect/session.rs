//! The transaction of an inspection.

use super::database;
use crate::TestResult;
use orm_kit::inspect::{Scope, inspect};

#[tokio::test]
async fn the_callers_settings_are_as_before() -> TestResult {
    let (client, _database) =
        database("create table t (at timestamptz default '2026-01-01 00:00:00+00')").await?;
    client.batch_execute("set search_path = public, pg_catalog; set timezone = 'Asia/Tokyo'").await?;
    let settings = async || {
        client
            .query_one("select current_setting('search_path'), current_setting('timezone')", &[])
            .await
            .map(|row| (row.get::<_, String>(0), row.get::<_, String>(1)))
    };
    let before = settings().await?;
    let outside = inspect(&client, &Scope::default()).await?;
    assert_eq!(settings().await?, before);

    client.batch_execute("begin; create table mine ()").await?;
    let inside = inspect(&client, &Scope::default()).await?;
    assert_eq!(settings().await?, before);
    client.batch_execute("commit").await?;

    let default = "'2026-01-01 00:00:00+00'::timestamp with time zone";
    assert_eq!(outside.catalog.tables[0].columns[0].default.as_deref(), Some(default));
    let names = inside.catalog.tables.iter().map(|table| table.name.to_string());
    assert_eq!(names.collect::<Vec<_>>(), ["mine", "t"]);
    assert_eq!(inspect(&client, &Scope::default()).await?, inside);
    Ok(())
}

#[tokio::test]
async fn tables_of_a_session_hide_nothing() -> TestResult {
    let (client, _database) = database("create table t (a int)").await?;
    client.batch_execute("create temporary table pg_class (); create temporary table mine ()").await?;
    let found = inspect(&client, &Scope::default()).await?;
    assert_eq!(found.catalog.tables.len(), 1);
    Ok(())
}

#[tokio::test]
async fn whoever_may_connect_may_look() -> TestResult {
    let (mut client, _database) =
        database("create table t (a int); create publication p; create schema app; create table app.t ()")
            .await?;
    let all = inspect(&client, &Scope::default()).await?;
    let tx = client.transaction().await?;
    tx.batch_execute("create role mizzle_kit_nobody; set local role mizzle_kit_nobody").await?;
    assert_eq!(inspect(tx.client(), &Scope::default()).await?, all);
    Ok(())
}

#[tokio::test]
async fn a_database_without_schemas_is_looked_at_too() -> TestResult {
    let (client, _database) = database("create publication p; drop schema public").await?;
    let found = inspect(&client, &Scope::default()).await?;
    assert_eq!(found.catalog, orm_kit::catalog::Catalog::default());
    assert_eq!(found.unmodelled.iter().map(ToString::to_string).collect::<Vec<_>>(), ["publication `p`"]);
    Ok(())
}
