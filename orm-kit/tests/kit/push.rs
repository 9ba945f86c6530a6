//! What a push and a migration leave behind is what was declared: nothing is left to do.

use crate::TestResult;
use crate::schemas::catalog;
use crate::server::server;
use orm_kit::catalog::Catalog;
use orm_kit::drift::drift;
use orm_kit::generate::Generation;
use orm_kit::inspect::{Scope, inspect};
use orm_kit::migrate::Migrator;
use orm_kit::migration::{Migrations, read_all};
use orm_kit::planner::Options;
use orm_kit::pull::pull;
use orm_kit::push::Push;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::error::Error;
use std::{env, fs, process};
use tokio_postgres::Client;

/// Always the same catalogs, of every kind of object.
fn catalogs() -> Vec<Catalog> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[0; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..8).map(|_| catalog().new_tree(&mut runner).unwrap().current()).collect()
}

/// What is left to do.
async fn left(client: &mut Client, declared: &Catalog) -> Result<Push, Box<dyn Error>> {
    let found = drift(client, declared, &[], &[]).await?;
    Ok(Push::new(client, &found).await?)
}

#[tokio::test]
async fn a_second_push_has_nothing_to_do() -> TestResult {
    for declared in catalogs() {
        let (_database, mut client) = server().await?;
        let push = left(&mut client, &declared).await?;
        assert_eq!(push.hazards, [], "nobody has anything to lose in an empty database");
        push.run(&client).await?;
        assert_eq!(left(&mut client, &declared).await?.plan, Default::default());

        let found = inspect(&client, &Scope::default()).await?.catalog;
        let pulled = pull(&found);
        assert!(pulled.source.contains("Table") || found.tables.is_empty());
        assert!(drift(&mut client, &found, &[], &[]).await?.is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn what_has_no_words_is_left_alone() -> TestResult {
    let (_database, mut client) = server().await?;
    let sql = "create table base (a integer); create table kid (b integer) inherits (base); insert into kid values (1, 2);
               create table none (); create table other (a integer, constraint never exclude using btree (a with =) deferrable)";
    client.batch_execute(sql).await?;
    let mut said = pull(&inspect(&client, &Scope::default()).await?.catalog).said;
    let found = drift(&mut client, &said, &[], &[]).await?;
    assert!(found.is_empty(), "{:#?}", found.changes);

    let kid = said.tables.iter_mut().find(|table| table.name.name == "kid").ok_or("no kid")?;
    kid.comment = Some("Its own".to_owned());
    let found = drift(&mut client, &said, &[], &[]).await?;
    Push::new(&client, &found).await?.run(&client).await?;
    assert!(drift(&mut client, &said, &[], &[]).await?.is_empty());
    assert_eq!(client.query_one("select count(*) from base", &[]).await?.get::<_, i64>(0), 1);
    Ok(())
}

#[tokio::test]
async fn a_second_generate_has_nothing_to_do() -> TestResult {
    let folder = env::temp_dir().join(format!("mizzle_generate_{}", process::id()));
    for declared in catalogs() {
        let (database, mut client) = server().await?;
        let generation = Generation::new(&Migrations::default(), &declared, &[], &Options::default())?;
        generation.write(&folder, Some("first"))?;
        let migrations = read_all(&folder)?;
        fs::remove_dir_all(&folder)?;
        Migrator::new(database.url()).migrations(migrations.clone()).run(&mut ()).await?;
        let drift = drift(&mut client, &declared, &[], &[]).await?;
        assert!(drift.is_empty(), "{:#?}", drift.changes);
        assert!(Generation::new(&migrations, &declared, &[], &Options::default())?.is_empty());
    }
    Ok(())
}
