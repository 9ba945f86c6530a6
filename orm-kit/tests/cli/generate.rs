//! `generate`: what it writes, what it asks, and what it refuses.

use crate::run::{Project, connect, value};
use serde_json::json;

#[test]
fn the_first_migration_makes_all_and_the_second_time_nothing_differs() {
    let project = Project::new();
    let ran = project.run(&["generate"]).code(0).says("+ table `workers`");
    assert_eq!(ran.out, format!("wrote migrations/{}\n", project.migration("create_workers")));
    assert_eq!(
        project.script("create_workers"),
        "create table \"public\".\"workers\" (\n    \"id\" bigint not null generated always as identity,\n    \
         \"name\" text not null,\n    constraint \"workers_pkey\" primary key (\"id\")\n);\n"
    );
    project.run(&["generate"]).code(0).says("nothing differs from the last snapshot");
    assert_eq!(project.run(&["generate", "--output", "json"]).code(0).json(), json!({ "status": "nothing" }));
    assert_eq!(project.migrations(), ["create_workers"]);
}

#[test]
fn names_are_said_or_made_of_what_changes() {
    let mut project = Project::new();
    project.ok(&["generate", "--name", "The first, of many!"]);
    project.becomes("email").ok(&["generate"]);
    project.becomes("both").ok(&["generate"]);
    assert_eq!(project.migrations(), ["the_first_of_many", "add_workers_email", "create_jobs"]);
}

#[test]
fn a_program_reads_what_is_written() {
    let project = Project::new();
    let value = project.run(&["generate", "--output", "json"]).code(0).json();
    let written = format!("migrations/{}", project.migration("create_workers"));
    assert_eq!(value, json!({ "status": "written", "written": [written] }));
}

#[test]
fn explaining_writes_nothing() {
    let mut project = Project::new();
    project.run(&["generate", "--explain"]).code(0).says("create table \"public\".\"workers\"");
    assert_eq!(project.migrations(), [""; 0]);
    project.ok(&["generate"]);
    let value = project.becomes("email").run(&["generate", "--dry-run", "--output", "json"]).code(0).json();
    assert_eq!(
        value,
        json!({
            "status": "explained",
            "changes": ["+ column `workers.email` text"],
            "sql": "alter table \"public\".\"workers\" add column \"email\" text;\n",
            "contract": null,
            "hazards": [],
        })
    );
    assert_eq!(project.migrations(), ["create_workers"]);
}

#[test]
fn without_a_terminal_renames_are_questions() {
    let mut project = Project::new();
    project.ok(&["generate"]);
    let ran = project.becomes("renamed").run(&["generate"]).code(3);
    assert_eq!(
        ran.err,
        "column `workers.full_name` is new and column `workers.name` is gone; if it is renamed, say\n    \
         --rename workers.name=workers.full_name\n\
         nothing is done; say `--no-renames` too for what is not renamed\n"
    );
    let value = project.run(&["generate", "--output", "json"]).code(3).json();
    assert_eq!(
        value,
        json!({ "status": "questions", "questions": [{
            "kind": "column",
            "name": "workers.full_name",
            "answers": [
                { "type": "rename", "kind": "column", "from": "workers.name", "to": "workers.full_name" },
                { "type": "create", "kind": "column", "name": "workers.full_name" },
            ],
        }] })
    );
    assert_eq!(project.migrations(), ["create_workers"]);
}

#[test]
fn a_rename_is_said_by_a_flag() {
    let mut project = Project::new();
    project.ok(&["generate"]);
    project.becomes("renamed");
    let ran = project.run(&["generate", "--rename", "workers.name=workers.full_name"]).code(0);
    ran.says("column `workers.name` is called column `workers.full_name`").says("mizzle migrate --contract");
    project.run(&["generate"]).code(0).says("nothing differs");
    // It is of the past, and so does nothing.
    project.run(&["generate", "--rename", "workers.name=workers.full_name"]).code(0).says("nothing differs");
}

#[tokio::test]
async fn an_attribute_says_that_it_is_a_rename() {
    for (schema, change) in [
        ("former", "~ column `workers.name` is called column `workers.full_name`\n"),
        (
            "people",
            "~ table `workers` is called table `people`\n~ column `people.name` is called column `people.full_name`\n",
        ),
    ] {
        let (mut project, db) = Project::with_database().await;
        project.ok(&["generate"]);
        project.ok(&["migrate"]);
        let client = connect(&db).await;
        client.batch_execute("insert into workers (name) values ('Ada')").await.unwrap();
        let ran = project.becomes(schema).run(&["generate"]).code(0);
        assert!(ran.err.starts_with(change), "{}", ran.err);
        project.run(&["generate"]).code(0).says("nothing differs");
        project.ok(&["migrate", "--contract"]);
        project.ok(&["check"]);
        let table = if schema == "people" { "people" } else { "workers" };
        assert_eq!(value(&client, &format!("select full_name from {table}")).await, "Ada");

        let (mut project, db) = Project::with_database().await;
        project.ok(&["push"]);
        let client = connect(&db).await;
        client.batch_execute("insert into workers (name) values ('Ada')").await.unwrap();
        project.becomes(schema).ok(&["push"]);
        assert_eq!(project.ok(&["push"]), "the database is as the schema says\n");
        assert_eq!(value(&client, &format!("select full_name from {table}")).await, "Ada");
    }
}

#[test]
fn a_wrong_rename_is_refused() {
    let mut project = Project::new();
    project.ok(&["generate"]);
    project.becomes("renamed");
    for (rename, message) in [
        (
            "workers.name",
            "`workers.name` is no rename; write `--rename table=new_table`, or `--rename \
                          table.column=table.new_column`; the schema in front if it is not `public`",
        ),
        (
            "workers.nom=workers.full_name",
            "`workers.nom=workers.full_name` is no rename: there was no `workers.nom`",
        ),
        (
            "workers.name=workers.nom",
            "`workers.name=workers.nom` is no rename: the schema has no such `workers.nom`",
        ),
        (
            "workers.id=workers.full_name",
            "`workers.id=workers.full_name` is no rename: column `workers.id` is still in \
                                          the schema",
        ),
        (
            "workers.name=workers.id",
            "`workers.name=workers.id` is no rename: column `workers.id` is there already",
        ),
        ("workers=workers.full_name", "`workers=workers.full_name` is no rename: the schema has no such"),
    ] {
        project.run(&["generate", "--rename", rename]).code(1).says(&format!("error: {message}"));
    }
    assert_eq!(project.migrations(), ["create_workers"]);
}

#[test]
fn hints_answer_what_was_asked() {
    let mut project = Project::new();
    project.ok(&["generate"]);
    project.becomes("renamed");
    let asked = project.run(&["generate", "--output", "json"]).code(3).json();
    let answers = &asked["questions"][0]["answers"];

    project.write("rename.json", &json!([answers[0]]).to_string());
    let value =
        project.run(&["generate", "--explain", "--hints", "rename.json", "--output", "json"]).code(0).json();
    assert_eq!(value["changes"], json!(["~ column `workers.name` is called column `workers.full_name`"]));

    project.write("create.json", &json!([answers[1]]).to_string());
    let refused = project.run(&["generate", "--hints", "create.json", "--output", "json"]).code(3).json();
    assert_eq!(refused["status"], "refused");
    let kinds: Vec<_> = refused["hazards"].as_array().unwrap().iter().map(|hazard| &hazard["kind"]).collect();
    assert_eq!(kinds, ["may-fail", "data-loss"]);
    let mut hints = vec![answers[1].clone()];
    hints.extend(refused["hazards"].as_array().unwrap().iter().map(|hazard| hazard["answers"][0].clone()));
    let hints = json!(hints).to_string();
    project.run_with(&["generate", "--hints", "-"], &hints).code(0);
    assert_eq!(project.migrations().len(), 3);
}

#[test]
fn wrong_hints_are_refused() {
    let mut project = Project::new();
    project.ok(&["generate"]);
    project.becomes("renamed");
    project
        .run(&["generate", "--hints", "none.json"])
        .code(1)
        .says("error: none.json: the hints cannot be read");
    project.write("hints.json", "[\n  { \"type\": \"rename\" }\n]");
    project.run(&["generate", "--hints", "hints.json"]).code(1).says(
        "error: hints.json:3: found something that is no list of hints; give a list of the `answers` that `--output json` \
         prints with its questions",
    );
    project.write("hints.json", r#"[{ "type": "create", "kind": "column", "name": "workers.nom" }]"#);
    let error = "error: a hint says that column `workers.nom` is new: the schema has none\n";
    project.run(&["generate", "--hints", "hints.json"]).code(1).says(error);
    project.write(
        "hints.json",
        r#"[{ "type": "rename", "kind": "table", "from": "workers.name", "to": "workers.full_name" }]"#,
    );
    project
        .run(&["generate", "--hints", "hints.json"])
        .code(1)
        .says("is no rename: there was no `workers.name`");
    assert_eq!(project.migrations(), ["create_workers"]);
}

#[test]
fn what_loses_data_must_be_allowed() {
    let mut project = Project::new();
    project.becomes("email").ok(&["generate"]);
    let ran = project.becomes("first").run(&["generate"]).code(3);
    assert!(ran.err.contains("data-loss: column `workers.email`: "), "{}", ran.err);
    assert!(ran.err.ends_with("nothing is done; if this is meant, say `--allow data-loss`\n"), "{}", ran.err);
    assert_eq!(project.migrations(), ["create_workers"]);
    project.ok(&["generate", "--allow", "data-loss"]);
    assert_eq!(project.migrations(), ["create_workers", "drop_workers_email_contract"]);
    assert!(project.script("drop_workers_email_contract").starts_with("-- mizzle: contract\n"));
}

#[test]
fn a_custom_migration_is_to_be_filled_in() {
    let mut project = Project::new();
    project.ok(&["generate"]);
    project.without_schema().ok(&["generate", "--custom", "--name", "fill names"]);
    assert_eq!(project.migrations(), ["create_workers", "fill_names"]);
    assert!(project.script("fill_names").starts_with("-- Write SQL here"));
    project.becomes("first").run(&["generate"]).code(0).says("nothing differs");
}
