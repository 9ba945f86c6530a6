//! Names of all sorts, and users who may do little.

use super::helper::{Log, connect, migrator, value};
use orm_kit::migrate::Migrator;
use orm_testing::TestDb;

#[tokio::test]
async fn names_may_say_anything() {
    let db = TestDb::new().await.unwrap();
    let client = connect(&db).await;
    let text = r#"
        create schema "it's; --";
        create table "it's; --"."a""b $$ /*" ("c'd" int primary key, e int);
        insert into "it's; --"."a""b $$ /*" select n from generate_series(1, 10) n;
        -- mizzle: no transaction
        create index concurrently "drop; ""x'$1" on "it's; --"."a""b $$ /*" ("c'd");
        -- mizzle: batches by "it's; --"."a""b $$ /*" ("c'd")
        update "it's; --"."a""b $$ /*" set e = 1 where (e is null);
        -- mizzle: no transaction
        reindex table concurrently "it's; --"."a""b $$ /*";
        drop index concurrently "it's; --"."drop; ""x'$1";
    "#;
    let list = [("20260101000000_it's \"$$; --", text)];
    for schema in ["jour\"nal'; --", "Mizzle", "select"] {
        let migrator = migrator(db.url(), &list).schema(schema).not_empty(true);
        let mut log = Log::default();
        migrator.run(&mut log).await.unwrap();
        assert!(migrator.run(&mut ()).await.unwrap().applied.is_empty());
        client.batch_execute("drop schema \"it's; --\" cascade").await.unwrap();
    }
    let count =
        "select count(*) from \"jour\"\"nal'; --\".migrations where name = '20260101000000_it''s \"$$; --'";
    assert_eq!(value(&client, count).await, "1");
}

/// The URL of another user.
fn of_user(url: &str, user: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap();
    let (_, server) = rest.rsplit_once('@').unwrap();
    format!("{scheme}://{user}:secret@{server}")
}

#[tokio::test]
async fn who_may_not_is_told_what_to_ask_for() {
    let db = TestDb::new().await.unwrap();
    let client = connect(&db).await;
    let oid = value(&client, "select oid from pg_database where datname = current_database()").await;
    let user = format!("mizzle_user_{oid}");
    client.batch_execute(&format!("create role {user} login password 'secret'")).await.unwrap();
    let migrator: Migrator =
        migrator(&of_user(db.url(), &user), &[("20260101000000_a", "create table app.a ()")]);
    let refused = migrator.run(&mut ()).await;
    client
        .batch_execute(&format!(
            "create schema mizzle authorization {user}; create schema app authorization {user}"
        ))
        .await
        .unwrap();
    let allowed = migrator.run(&mut ()).await;
    let other = format!(
        "alter schema mizzle owner to current_user; alter table mizzle.journal owner to current_user;
        alter table mizzle.migrations owner to current_user; revoke all on schema mizzle from {user};"
    );
    client.batch_execute(&other).await.unwrap();
    let foreign = migrator.run(&mut ()).await;
    client.batch_execute(&format!("drop owned by {user} cascade; drop role {user}")).await.unwrap();
    let refused = refused.unwrap_err().to_string();
    assert!(
        refused.ends_with(
            "(SQLSTATE 42501); the journal is in the schema \"mizzle\": let its owner run the migrations, or let whoever \
             administers the database `grant create on database` or make that schema for this user"
        ),
        "{refused}"
    );
    allowed.unwrap();
    let foreign = foreign.unwrap_err().to_string();
    assert!(
        foreign.contains("permission denied for schema mizzle (SQLSTATE 42501); the journal is in"),
        "{foreign}"
    );
}
