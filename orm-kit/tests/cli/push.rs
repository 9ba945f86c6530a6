//! `push`: a development database without migrations.

use crate::run::{Project, connect, value};
use serde_json::json;

#[tokio::test]
async fn a_second_push_does_nothing() {
    let (mut project, _db) = Project::with_database().await;
    for schema in ["first", "both", "indexed", "empty"] {
        project.becomes(schema);
        project.run(&["push", "--allow", "data-loss"]).code(0).says(" made\n");
        assert_eq!(project.ok(&["push"]), "the database is as the schema says\n");
    }
    assert_eq!(project.run(&["push", "--output", "json"]).code(0).json(), json!({ "status": "nothing" }));
}

#[tokio::test]
async fn data_is_lost_only_if_that_is_allowed() {
    let (mut project, db) = Project::with_database().await;
    project.becomes("both").ok(&["push"]);
    let client = connect(&db).await;
    client
        .batch_execute("insert into workers (name, email) values ('Ada', 'a@b'), ('Bo', null)")
        .await
        .unwrap();
    let ran = project.becomes("first").run(&["push"]).code(3);
    assert!(ran.err.contains("data-loss: column `workers.email`: "), "{}", ran.err);
    assert!(ran.err.contains(" (1 rows)"), "{}", ran.err);
    assert!(!ran.err.contains("data-loss: table `jobs`"), "it has no rows: {}", ran.err);
    assert_eq!(value(&client, "select count(*) from workers where email = 'a@b'").await, "1");
    assert_eq!(value(&client, "to_regclass('jobs') is not null").await, "true");
    assert_eq!(project.ok(&["push", "--allow", "data-loss"]), "2 changes made\n");
    assert_eq!(value(&client, "to_regclass('jobs') is null").await, "true");
}

#[tokio::test]
async fn what_rows_may_not_meet_must_be_allowed() {
    let (mut project, db) = Project::with_database().await;
    project.becomes("email").ok(&["push"]);
    let client = connect(&db).await;
    client.batch_execute("insert into workers (name, email) values ('Ada', null)").await.unwrap();
    let ran = project.becomes("required").run(&["push"]).code(3);
    assert!(ran.err.contains("may-fail: column `workers.email`: 1 rows have no value\n"), "{}", ran.err);
    let ran = project.run(&["push", "--allow", "may-fail,blocking"]).code(1);
    assert!(ran.err.contains("(SQLSTATE 23514)"), "{}", ran.err);
    client.batch_execute("update workers set email = 'a@b'").await.unwrap();
    project.ok(&["push", "--allow", "may-fail,blocking"]);
    assert_eq!(project.ok(&["push"]), "the database is as the schema says\n");
}

#[tokio::test]
async fn rows_are_counted_before_anything_is_changed() {
    let (mut project, db) = Project::with_database().await;
    project.becomes("email").ok(&["push"]);
    let client = connect(&db).await;
    client
        .batch_execute("insert into workers (name, email) values ('Ada', 'a@b'), ('Bo', 'a@b')")
        .await
        .unwrap();
    let ran = project.becomes("required").run(&["push"]).code(3);
    assert_eq!(
        ran.err,
        "~ column `workers.email`: nullability null -> not null\n+ constraint `workers.workers_email_key`\n\
         may-fail: constraint `workers.workers_email_key`: 2 rows have a key that others have too\n\
         nothing is done; if this is meant, say `--allow may-fail`\n"
    );
    client.batch_execute("delete from workers where name = 'Bo'").await.unwrap();
    assert_eq!(project.ok(&["push"]), "2 changes made\n");
}

#[tokio::test]
async fn a_dry_run_prints_and_changes_nothing() {
    let (mut project, _db) = Project::with_database().await;
    project.ok(&["push"]);
    let value = project.becomes("email").run(&["push", "--dry-run", "--output", "json"]).code(0).json();
    assert_eq!(
        value,
        json!({
            "status": "dry-run",
            "changes": ["+ column `workers.email` text"],
            "sql": "alter table \"public\".\"workers\" add column \"email\" text;\n",
            "hazards": [],
        })
    );
    project.run(&["check"]).code(3);
}

#[tokio::test]
async fn a_rename_keeps_the_data() {
    let (mut project, db) = Project::with_database().await;
    project.ok(&["push"]);
    let client = connect(&db).await;
    client.batch_execute("insert into workers (name) values ('Ada')").await.unwrap();
    project.becomes("renamed").run(&["push"]).code(3).says("--rename workers.name=workers.full_name");
    project.ok(&["push", "--rename", "workers.name=workers.full_name"]);
    assert_eq!(value(&client, "select full_name from workers").await, "Ada");
    assert_eq!(project.ok(&["push"]), "the database is as the schema says\n");
}
