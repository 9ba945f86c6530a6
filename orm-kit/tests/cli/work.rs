//! What a person sees while it works, and `execute`.

use crate::run::{Project, connect, value};
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn a_file_is_run() {
    let (mut project, db) = Project::with_database().await;
    project.without_schema();
    project.write("seed.sql", "create table notes (body text);\ninsert into notes values ('a'), ('b');\n");
    assert_eq!(project.ok(&["execute", "seed.sql"]), "ran 2 statements, 2 rows in all\n");
    let ran = project.run_with(&["execute", "-", "--output", "json"], "delete from notes where body = 'a'");
    assert_eq!(ran.code(0).json(), json!({ "status": "done", "statements": 1, "rows": 1 }));
    let client = connect(&db).await;

    let wrong = "insert into notes values ('c');\n\nselect 1 / 0;";
    let ran = project.run_with(&["execute", "-"], wrong).code(1);
    assert_eq!(ran.err, "error: standard input:3: `select 1 / 0`: division by zero (SQLSTATE 22012)\n");
    assert_eq!(value(&client, "select string_agg(body, '') from notes").await, "b");

    project.write("alone.sql", "-- mizzle: no transaction\nvacuum notes;\n");
    project.ok(&["execute", "alone.sql"]);
    for (text, error) in [
        ("vacuum notes", "standard input:1: `vacuum notes`: PostgreSQL does not run this in a transaction"),
        ("select 'a", "standard input:1: the string that begins here has no end"),
        (
            "-- mizzle: batches by notes (body)\nupdate notes set body = '' where (true)",
            "standard input:2: `update notes set body = '' where (true)`: only a migration runs in batches",
        ),
    ] {
        project.run_with(&["execute", "-"], text).code(1).says(&format!("error: {error}"));
    }
    project.run(&["execute", "none.sql"]).code(1).says("error: none.sql: the file cannot be read");
}

#[tokio::test]
async fn a_step_of_the_project_is_run() {
    let (mut project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.without_schema().ok(&["generate", "--custom", "--name", "move"]);
    let file = format!("migrations/{}/migration.sql", project.migration("move"));
    project.write(&file, "-- mizzle: step nothing of public.workers\n");
    project.becomes("first");
    let ran = project.run(&["migrate"]).code(0);
    let line = format!("{file}:1: [1/1] -- mizzle: step nothing of public.workers\n");
    let line = line.strip_prefix("migrations/").unwrap();
    ran.says(line);
    let client = connect(&db).await;
    assert_eq!(
        value(&client, "select count(*) from mizzle.migrations where finished_at is not null").await,
        "2"
    );

    project.write(&file, "-- mizzle: step other\n");
    let ran = project.run(&["execute", &file]).code(1);
    ran.says("only a migration runs in batches");
}

/// On Debian `script`, which makes a terminal, is there from the beginning.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_index_that_takes_long_says_how_far_it_is() {
    let (mut project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.ok(&["migrate"]);
    project.becomes("indexed").ok(&["generate"]);
    let client = connect(&db).await;
    client.batch_execute("begin; insert into workers (name) values ('Ada')").await.unwrap();
    let running = project.on_terminal(&["migrate"], "");
    // It is said once a second.
    tokio::time::sleep(Duration::from_millis(2500)).await;
    client.batch_execute("commit").await.unwrap();
    let ran = running.end().code(0);
    assert!(
        ran.out.contains("\r\u{1b}[2K  waiting for writers before build, 0 %\r\u{1b}[2K"),
        "{:?}",
        ran.out
    );
    assert!(ran.out.contains("applied 1 migration\r\n"), "{:?}", ran.out);
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_a_person_is_asked() {
    let mut project = Project::new();
    project.ok(&["generate"]);
    project.becomes("renamed");
    let ran = project.on_terminal(&["generate", "--explain"], "7\n2\n").end().code(0);
    let question = "what is column `workers.full_name`?\r\n  1) it is new\r\n  2) it is column `workers.name`, renamed\r\n[1] ";
    assert_eq!(ran.out.matches(question).count(), 2, "{:?}", ran.out);
    assert!(ran.out.contains("column `workers.name` is called column `workers.full_name`"), "{:?}", ran.out);
    let ran = project.on_terminal(&["generate"], "1\n1\n").end().code(3);
    assert!(ran.out.contains("is this meant?"), "{:?}", ran.out);
    assert_eq!(project.migrations(), ["create_workers"]);
    project.on_terminal(&["generate"], "1\n2\n").end().code(0);
    assert_eq!(project.migrations().len(), 3);
}
