//! `check`, `diff`, `export` and `pull`: a database and a schema side by side.

use crate::run::{Project, connect};
use serde_json::json;

#[tokio::test]
async fn drift_is_shown_and_how_to_mend_it() {
    let (project, db) = Project::with_database().await;
    project.ok(&["push"]);
    assert_eq!(project.ok(&["check"]), "the database is as the schema says\n");
    assert_eq!(
        project.run(&["check", "--output", "json"]).code(0).json(),
        json!({ "status": "same", "changes": [], "sql": "", "invalid_indexes": [], "waiting": [] })
    );
    let client = connect(&db).await;
    client
        .batch_execute(
            "alter table workers alter name type varchar(20); alter table workers add note text; create table old (id integer)",
        )
        .await
        .unwrap();
    let ran = project.run(&["check"]).code(3);
    assert_eq!(
        ran.out,
        "- table `old`\n~ column `workers.name`: type character varying(20) -> text\n- column `workers.note`\n"
    );
    assert_eq!(
        ran.err,
        "the database is not as the schema says: `+` is missing there, `-` is only there, `~` differs\n"
    );
    let sql = project.run(&["check", "--sql"]).code(3).out;
    client.batch_execute(&sql).await.unwrap();
    project.ok(&["check"]);
}

#[tokio::test]
async fn drift_that_a_contract_takes_away_is_explained_by_it() {
    let (mut project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.ok(&["migrate"]);
    project.becomes("renamed").ok(&["generate", "--rename", "workers.name=workers.full_name"]);
    let wait = "waits, `";
    let before = project.run(&["check"]).code(3);
    assert!(!before.err.contains(wait), "what comes before it is not applied: {}", before.err);
    project.ok(&["migrate"]);
    let contract = project.folders().pop().unwrap();
    let explained = format!(
        "a contract waits, `{contract}`: what it takes away is still there; `mizzle migrate --contract` applies it when no \
         older code runs any more\n"
    );
    let ran = project.run(&["check"]).code(3);
    assert!(ran.out.contains("- column `workers.name`\n"), "{}", ran.out);
    assert!(ran.err.ends_with(&explained), "{}", ran.err);
    let value = project.run(&["check", "--output", "json"]).code(3).json();
    assert_eq!(value["waiting"], json!([contract]));

    let client = connect(&db).await;
    let folder = project.folder.join("migrations");
    client.batch_execute("alter schema mizzle rename to other").await.unwrap();
    assert!(!project.run(&["check"]).code(3).err.contains(wait));
    client.batch_execute("alter schema other rename to mizzle").await.unwrap();
    std::fs::rename(&folder, project.folder.join("other")).unwrap();
    assert!(!project.run(&["check"]).code(3).err.contains(wait));
    std::fs::rename(project.folder.join("other"), &folder).unwrap();
    client.batch_execute("update mizzle.journal set format = 9").await.unwrap();
    let ran =
        project.run(&["check"]).code(3).says("it is not known whether a contract waits: a newer mizzle");
    assert!(ran.out.contains("- column `workers.name`\n"), "{}", ran.out);
    assert_eq!(project.run(&["check", "--output", "json"]).code(3).json()["waiting"], json!(null));
    client.batch_execute("update mizzle.journal set format = 1").await.unwrap();
    project.ok(&["migrate", "--contract"]);
    project.ok(&["check"]);
}

#[tokio::test]
async fn an_index_that_was_left_half_made_is_drift_and_repaired() {
    let (project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.ok(&["migrate"]);
    let client = connect(&db).await;
    client.batch_execute("insert into workers (name) values ('Ada'), ('Ada')").await.unwrap();
    client.batch_execute("create unique index concurrently half on workers (name)").await.unwrap_err();
    let ran = project.run(&["check"]).code(3);
    assert_eq!(ran.out, "! index `workers.half` is invalid: `mizzle repair` drops it\n");
    let value = project.run(&["check", "--output", "json"]).code(3).json();
    assert_eq!(value["status"], "differs");
    assert_eq!(value["invalid_indexes"], json!([{ "table": "workers", "name": "half" }]));
    assert_eq!(project.ok(&["repair"]), "dropped the invalid index public.half\n");
    project.ok(&["check"]);
}

#[tokio::test]
async fn any_two_are_compared() {
    let (mut project, _db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.ok(&["migrate"]);
    let snapshot = format!("migrations/{}/snapshot.json", project.migration("create_workers"));
    for side in ["schema", "migrations", "database", &snapshot] {
        let ran = project.run(&["diff", side, "schema"]).code(0);
        assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", "nothing differs\n"), "{side}");
        assert_eq!(project.ok(&["diff", "database", side]), "", "{side}");
        assert_eq!(project.run(&["diff", side, "empty"]).code(3).out, "- table `workers`\n", "{side}");
    }
    project.becomes("email");
    assert_eq!(project.run(&["diff", "database", "schema"]).code(3).out, "+ column `workers.email` text\n");
    assert_eq!(
        project.run(&["diff", "migrations", "schema", "--sql"]).code(3).out.trim_end(),
        "alter table \"public\".\"workers\" add column \"email\" text;"
    );
    project.run(&["diff", "database", "schemas"]).code(1).says(
        "error: schemas: there is no such snapshot; say `schema`, `migrations`, `database`, `empty`, a URL, or the file of a \
         snapshot",
    );
}

#[tokio::test]
async fn the_export_makes_the_schema() {
    let (mut project, db) = Project::with_database().await;
    let sql = project.becomes("both").ok(&["export"]);
    let value = project.run(&["export", "--output", "json"]).code(0).json();
    assert_eq!(value, json!({ "status": "done", "sql": sql }));
    connect(&db).await.batch_execute(&sql).await.unwrap();
    project.ok(&["check"]);
}

#[tokio::test]
async fn a_database_is_pulled() {
    let (mut project, db) = Project::with_database().await;
    project.without_schema();
    connect(&db)
        .await
        .batch_execute("create table workers (id bigint primary key, name text)")
        .await
        .unwrap();
    let source = project.ok(&["pull", "--out", "-"]);
    assert!(source.contains("pub struct Worker"), "{source}");
    assert_eq!(project.ok(&["pull"]), "wrote src/schema.rs: 1 table\n");
    assert_eq!(project.read("src/schema.rs").trim_end(), source.trim_end());
    let ran = project.run(&["pull", "--init"]).code(0);
    let name = project.migration("init");
    assert!(ran.out.ends_with(&format!("wrote migrations/{name}, which the database has\n")), "{}", ran.out);
    assert_eq!(project.ok(&["migrate"]), "the database has all migrations\n");
    project.run(&["pull", "--init"]).code(1).says("there is a migration already");
}

#[tokio::test]
async fn an_empty_database_is_pulled_too() {
    let (mut project, _db) = Project::with_database().await;
    project.without_schema().ok(&["pull", "--init"]);
    assert_eq!(project.ok(&["migrate"]), "the database has all migrations\n");
}
