//! Databases in which another tool has applied migrations.

use super::helper::{migrator, value};
use crate::TestResult;
use crate::server::server;
use orm_kit::catalog::Catalog;
use orm_kit::drift::drift;
use orm_kit::inspect::{Scope, inspect};
use orm_kit::tool::{History, histories, leave_out};

const PRISMA: &str = include_str!("histories/prisma.sql");
const DRIZZLE: &str = include_str!("histories/drizzle.sql");
const TYPEORM: &str = include_str!("histories/typeorm.sql");
const DIESEL: &str = include_str!("histories/diesel.sql");
const SQLX: &str = include_str!("histories/sqlx.sql");

/// What is said of a history, and that the database is none the wiser for it.
async fn known(history: &str, says: &str) -> TestResult {
    let (database, mut client) = server().await?;
    client.batch_execute(history).await?;
    let found = histories(&client).await?;
    assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), [says]);
    let rows = format!("select json_agg(t)::text from {} t", found[0].table);
    let before: String = client.query_one(&rows, &[]).await?.get(0);

    let mut catalog = inspect(&client, &Scope::default()).await?.catalog;
    leave_out(&mut catalog, &Catalog::default());
    assert_eq!(catalog, Catalog::default(), "it is a part of the schema");
    assert!(drift(&mut client, &Catalog::default(), &[], &[]).await?.is_empty(), "it is drift");

    let mine = migrator(database.url(), &[("20260401000000_init", "create table notes (id bigint)")]);
    let error = mine.run(&mut ()).await.unwrap_err().to_string();
    assert!(error.contains(&format!("no journal of migrations; {says}; say which")), "{error}");
    assert_eq!(mine.baseline("20260401000000_init").await?, ["20260401000000_init"]);
    assert_eq!(mine.run(&mut ()).await?.applied, [""; 0]);
    assert_eq!(client.query_one(&rows, &[]).await?.get::<_, String>(0), before);
    Ok(())
}

#[tokio::test]
async fn prisma_is_known() -> TestResult {
    known(PRISMA, "Prisma has applied 2 migrations, the last is 20260301090000_tasks").await
}

#[tokio::test]
async fn drizzle_is_known() -> TestResult {
    known(DRIZZLE, "Drizzle has applied 2 migrations, the last is that of 2026-01-01 00:00:00").await
}

#[tokio::test]
async fn typeorm_is_known() -> TestResult {
    known(TYPEORM, "TypeORM has applied 2 migrations, the last is Tasks1767225600000").await
}

#[tokio::test]
async fn diesel_is_known() -> TestResult {
    known(DIESEL, "Diesel has applied 2 migrations, the last is 20260301090000").await
}

#[tokio::test]
async fn sqlx_is_known() -> TestResult {
    known(SQLX, "SQLx has applied 2 migrations, the last is 20260301090000_add_tasks").await
}

/// What a baseline says to a history in which this has happened.
async fn refused(history: &str, unfinished: &str) -> Result<String, Box<dyn std::error::Error>> {
    let (database, client) = server().await?;
    client.batch_execute(history).await?;
    client.batch_execute(unfinished).await?;
    let mine = migrator(database.url(), &[("20260401000000_init", "create table notes (id bigint)")]);
    let error = mine.baseline("20260401000000_init").await.unwrap_err();
    assert_eq!(value(&client, "select count(*) from mizzle.migrations").await, "0");
    Ok(error.to_string())
}

#[tokio::test]
async fn nobody_takes_over_from_a_tool_that_has_not_finished() -> TestResult {
    let begun = "insert into _prisma_migrations (id, checksum, migration_name) values ('d', '0', '20260401090000_more')";
    assert_eq!(
        refused(PRISMA, begun).await?,
        "Prisma has begun the migration `20260401090000_more` and not finished it, as `_prisma_migrations` says; settle \
         that first by `prisma migrate resolve`, or apply it again by `prisma migrate deploy`"
    );
    let failed = r"insert into _sqlx_migrations values (20260401090000, 'more', now(), false, '\x00', -1)";
    assert_eq!(
        refused(SQLX, failed).await?,
        "SQLx has begun the migration `20260401090000_more` and not finished it, as `_sqlx_migrations` says; settle \
         that first by the tool: mend what it has left, and run it again"
    );
    Ok(())
}

#[tokio::test]
async fn a_history_may_be_empty_and_in_any_schema() -> TestResult {
    let (_database, client) = server().await?;
    client.batch_execute("create schema \"my app\"; set search_path = \"my app\"").await?;
    for history in [PRISMA, TYPEORM, DIESEL, SQLX] {
        client.batch_execute(history).await?;
    }
    for table in ["_prisma_migrations", "migrations", "__diesel_schema_migrations", "_sqlx_migrations"] {
        client.batch_execute(&format!("delete from \"{table}\"")).await?;
    }
    let found: Vec<_> = histories(&client).await?.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "Diesel has applied 0 migrations",
            "Prisma has applied 0 migrations",
            "SQLx has applied 0 migrations",
            "TypeORM has applied 0 migrations",
        ]
    );
    // A schema with nothing else in it is that of the tools.
    let mut catalog = inspect(&client, &Scope::default()).await?.catalog;
    leave_out(&mut catalog, &Catalog::default());
    assert_eq!(catalog, Catalog::default());
    Ok(())
}

#[tokio::test]
async fn a_table_of_another_shape_is_a_table() -> TestResult {
    let (_database, client) = server().await?;
    // As Laravel makes it.
    client
        .batch_execute("create table migrations (id serial primary key, migration text, batch integer)")
        .await?;
    client.batch_execute("create table _sqlx_migrations (id bigint)").await?;
    assert_eq!(histories(&client).await?, Vec::<History>::new());
    let mut catalog = inspect(&client, &Scope::default()).await?.catalog;
    let before = catalog.clone();
    leave_out(&mut catalog, &Catalog::default());
    assert_eq!(catalog, before);
    assert_eq!((catalog.tables.len(), catalog.sequences.len()), (2, 1));
    Ok(())
}

#[tokio::test]
async fn a_declared_table_of_a_tools_shape_is_a_table() -> TestResult {
    let (_database, client) = server().await?;
    client.batch_execute(TYPEORM).await?;
    let declared = inspect(&client, &Scope::default()).await?.catalog;
    let mut catalog = declared.clone();
    leave_out(&mut catalog, &declared);
    assert_eq!(catalog.tables.len(), 1);
    Ok(())
}
