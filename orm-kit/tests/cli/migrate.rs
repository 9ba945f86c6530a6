//! `migrate`, `status`, `down` and what corrects a journal.

use crate::run::{Project, connect, value};
use serde_json::json;

#[tokio::test]
async fn migrations_are_applied_once() {
    let (mut project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.run(&["status"]).code(3).says("pending   ");
    let name = project.migration("create_workers");
    let ran = project.run(&["migrate"]).code(0);
    assert_eq!(ran.out, "applied 1 migration\n");
    assert!(
        ran.err.starts_with(&format!(
            "{name}: 1 statement\nmigrations/{name}/migration.sql:1: [1/1] create table"
        ))
    );
    assert_eq!(project.ok(&["migrate"]), "the database has all migrations\n");
    project.becomes("email").ok(&["generate"]);
    let value = project.run(&["migrate", "--output", "json"]).code(0).json();
    assert_eq!(
        value,
        json!({ "status": "done", "applied": [project.migration("add_workers_email")], "waiting": [] })
    );
    let client = connect(&db).await;
    client.execute("insert into workers (name, email) values ('Ada', 'ada@example.org')", &[]).await.unwrap();
    let ran = project.run(&["status"]).code(0).says("the database has all of 2 migrations");
    assert_eq!(ran.out, format!("applied   {name}\napplied   {}\n", project.migration("add_workers_email")));
}

#[tokio::test]
async fn a_dry_run_shows_the_locks_and_changes_nothing() {
    let (mut project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.ok(&["migrate"]);
    project.becomes("indexed").ok(&["generate"]);
    let name = project.migration("add_workers_name_idx");
    assert_eq!(
        project.ok(&["migrate", "--dry-run"]),
        format!(
            "-- {name}\n-- migrations/{name}/migration.sql:3: share update exclusive on \"public\".\"workers\"\n\
             create index concurrently \"workers_name_idx\" on \"public\".\"workers\" using \"btree\" (\"name\");\n"
        )
    );
    let value = project.run(&["migrate", "--dry-run", "--output", "json"]).code(0).json();
    assert_eq!(value["statements"][0]["migration"], json!(name));
    assert_eq!(value["statements"][0]["line"], 3);
    let client = connect(&db).await;
    assert_eq!(
        crate::run::value(&client, "select count(*) from pg_indexes where tablename = 'workers'").await,
        "1"
    );
    project.run(&["status"]).code(3);
}

#[tokio::test]
async fn what_is_only_to_be_applied_is_counted_as_that() {
    let (mut project, _db) = Project::with_database().await;
    project.ok(&["generate"]);
    assert_eq!(project.run(&["status"]).code(3).err, "1 migration to apply\n");
    project.becomes("renamed").ok(&["generate", "--rename", "workers.name=workers.full_name"]);
    assert_eq!(project.run(&["status"]).code(3).err, "3 migrations to apply, 1 of them a contract\n");
    project.becomes("first").ok(&["generate", "--rename", "workers.full_name=workers.name"]);
    assert_eq!(project.run(&["status"]).code(3).err, "5 migrations to apply, 2 of them contracts\n");
    project.ok(&["migrate"]);
    let file = format!("migrations/{}/migration.sql", project.migration("create_workers"));
    project.write(&file, &(project.read(&file) + "select 1;\n"));
    assert_eq!(project.run(&["status"]).code(3).err, "1 of 5 migrations not as they should be\n");
}

#[tokio::test]
async fn contracts_wait_until_they_are_asked_for() {
    let (mut project, db) = Project::with_database().await;
    project.becomes("email").ok(&["generate"]);
    project.ok(&["migrate"]);
    project.becomes("first").ok(&["generate", "--allow", "data-loss"]);
    let name = project.migration("drop_workers_email_contract");
    let only = format!("-- {name}, a contract: only with `--contract`\n");
    assert!(project.ok(&["migrate", "--dry-run"]).contains(&only));
    assert!(
        project.ok(&["migrate", "--dry-run", "--contract"]).contains(&format!("-- {name}, a contract\n"))
    );
    let ran = project.run(&["migrate"]).code(0).says("not applied without `--contract`");
    assert_eq!(ran.out, "applied 0 migrations; 1 left for `--contract`, when no older code runs any more\n");
    let ran = project.run(&["status"]).code(3).says("_drop_workers_email_contract, a contract");
    assert_eq!(ran.err, "1 migration to apply, a contract\n");
    assert_eq!(project.ok(&["migrate", "--contract"]), "applied 1 migration\n");
    let client = connect(&db).await;
    let columns = "select string_agg(column_name, ' ' order by ordinal_position) from information_schema.columns \
                   where table_name = 'workers'";
    assert_eq!(value(&client, columns).await, "id name");
}

#[tokio::test]
async fn a_new_database_gets_contracts_with_the_rest() {
    let (mut project, db) = Project::with_database().await;
    project.becomes("email").ok(&["generate"]);
    project.becomes("first").ok(&["generate", "--allow", "data-loss"]);
    let name = project.migration("drop_workers_email_contract");
    assert!(project.ok(&["migrate", "--dry-run"]).contains(&format!("-- {name}, a contract\n")));
    let shown = project.run(&["migrate", "--dry-run", "--output", "json"]).code(0).json();
    assert_eq!(
        (&shown["statements"][1]["contract"], &shown["statements"][1]["waits"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(project.ok(&["migrate"]), "applied 2 migrations\n");
    project.ok(&["check"]);
    let client = connect(&db).await;
    assert_eq!(value(&client, "select count(*) from workers").await, "0");
}

#[tokio::test]
async fn a_rename_lives_with_old_code_until_its_contract() {
    let (mut project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.ok(&["migrate"]);
    let client = connect(&db).await;
    client.batch_execute("insert into workers (name) values ('Ada')").await.unwrap();
    let rename = ["generate", "--name", "full name", "--rename", "workers.name=workers.full_name"];
    project.becomes("renamed").ok(&rename);
    project.ok(&["migrate"]);
    // Code of either day writes, and code of either day reads.
    client.batch_execute("insert into workers (name) values ('Bo')").await.unwrap();
    client.batch_execute("insert into workers (full_name) values ('Cy')").await.unwrap();
    for column in ["name", "full_name"] {
        let names = format!("select string_agg({column}, ' ' order by id) from workers");
        assert_eq!(value(&client, &names).await, "Ada Bo Cy");
    }
    project.run(&["check"]).code(3).says("- column `workers.name`");
    project.ok(&["migrate", "--contract"]);
    project.ok(&["check"]);
    project.ok(&["status"]);
    assert_eq!(
        value(&client, "select string_agg(full_name, ' ' order by id) from workers").await,
        "Ada Bo Cy"
    );
}

#[tokio::test]
async fn of_many_at_once_one_makes_the_database_and_migrates() {
    let (mut project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    let client = connect(&db).await;
    let name = format!("{}_many", value(&client, "current_database()").await);
    project.at(&db.url().replace(&value(&client, "current_database()").await, &name));
    let running: Vec<_> = (0..4).map(|_| project.start(&["migrate"])).collect();
    let ran: Vec<_> = running.into_iter().map(|running| running.end().code(0).out).collect();
    client.batch_execute(&format!("drop database \"{name}\"")).await.unwrap();
    let applied = ran.iter().filter(|out| *out == "applied 1 migration\n").count();
    let found = ran.iter().filter(|out| *out == "the database has all migrations\n").count();
    assert_eq!((applied, found), (1, 3), "{ran:?}");
}

#[tokio::test]
async fn migrations_are_taken_back() {
    let (mut project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.becomes("both").ok(&["generate"]);
    project.ok(&["migrate"]);
    let refused = project.run(&["down"]).code(3);
    refused.says("loses data").says("nothing is done; if this is meant, say `--allow data-loss`");
    let json = project.run(&["down", "--output", "json"]).code(3).json();
    let hazard = json!({ "kind": "data-loss", "migration": project.migration("create_jobs") });
    assert_eq!(json, json!({ "status": "refused", "hazards": [hazard] }));
    let client = connect(&db).await;
    assert_eq!(value(&client, "to_regclass('jobs') is not null").await, "true");
    assert_eq!(project.ok(&["down", "--allow", "data-loss"]), "took back 1 migration\n");
    assert_eq!(
        value(&client, "to_regclass('jobs') is null and to_regclass('workers') is not null").await,
        "true"
    );
    project.ok(&["migrate"]);
    let first = project.migration("create_workers");
    let ran =
        project.run(&["down", "--to", &first, "--allow", "data-loss", "--output", "json"]).code(0).json();
    assert_eq!(ran, json!({ "status": "done", "reverted": [project.migration("create_jobs")] }));
    assert_eq!(project.ok(&["down", "--to", &first]), "there is nothing to take back\n");
    project.run(&["down", "--to", "none"]).code(1).says("there is no migration `none`");
    project.run(&["down", "--steps", "1", "--to", &first]).code(2);
}

#[tokio::test]
async fn a_failure_names_file_line_and_statement_and_the_next_run_goes_on() {
    let (mut project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.without_schema().ok(&["generate", "--custom", "--name", "broken"]);
    let name = project.migration("broken");
    let file = format!("migrations/{name}/migration.sql");
    project.write(&file, "insert into public.workers (name) values ('Ada');\n\nselect 1 / 0;\n");
    let error = format!(
        "error: {file}:3: `select 1 / 0`: division by zero (SQLSTATE 22012); correct it and run `mizzle migrate`, which \
         goes on here\n"
    );
    let ran = project.run(&["migrate"]).code(1);
    assert!(ran.err.ends_with(&error), "{}", ran.err);
    let client = connect(&db).await;
    assert_eq!(value(&client, "select count(*) from workers").await, "0");
    let json = project.run(&["migrate", "--output", "json"]).code(1).json();
    assert_eq!(json["status"], "error");
    assert_eq!((&json["file"], &json["line"], &json["sqlstate"]), (&json!(file), &json!(3), &json!("22012")));
    project.run(&["status"]).code(3).says(": begun, 0 statements done: ");
    project.write(&file, "insert into public.workers (name) values ('Ada');\n");
    assert_eq!(project.ok(&["migrate"]), "applied 1 migration\n");
    assert_eq!(value(&client, "select count(*) from workers").await, "1");
}

#[tokio::test]
async fn an_edited_migration_is_refused_until_it_is_restored_or_accepted() {
    let (project, _db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.ok(&["migrate"]);
    let file = format!("migrations/{}/migration.sql", project.migration("create_workers"));
    let text = project.read(&file);
    project.write(&file, &(text.clone() + "select 1;\n"));
    project
        .run(&["migrate"])
        .code(1)
        .says(&format!("error: {file}: migration `"))
        .says("was edited after it was applied");
    project.run(&["status"]).code(3).says("edited    ");
    project.write(&file, &text);
    project.ok(&["migrate"]);
    project.write(&file, &(text + "select 1;\n"));
    project.run(&["repair"]).code(0).says("its file is accepted as it is");
    assert_eq!(project.ok(&["repair"]), "there is nothing to repair\n");
    project.ok(&["migrate"]);
}

#[tokio::test]
async fn the_journal_is_told_what_was_done_by_hand() {
    let (project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    let name = project.migration("create_workers");
    project.run(&["baseline"]).code(1).says("the database is empty").says("`mizzle migrate` applies them");
    let client = connect(&db).await;
    client.batch_execute(&project.script("create_workers")).await.unwrap();
    project
        .run(&["migrate"])
        .code(1)
        .says("and no journal of migrations; say which migration made them by `mizzle baseline");
    assert_eq!(project.ok(&["baseline"]), format!("{name}: noted as applied\n"));
    assert_eq!(project.ok(&["baseline"]), format!("the database has {name} already\n"));
    assert_eq!(project.ok(&["migrate"]), "the database has all migrations\n");
    project.run(&["resolve", "--applied", &name]).code(1).says("is applied already");
    project.run(&["resolve", "--rolled-back", &name]).code(1).says("take it back by `mizzle down`");
    project.run(&["resolve"]).code(2).says("--applied <NAME>");
    client.execute("update mizzle.migrations set finished_at = null", &[]).await.unwrap();
    project.run(&["baseline"]).code(1).says("is half applied");
    assert_eq!(project.ok(&["resolve", "--applied", &name]), format!("{name}: noted as applied\n"));
    project.run(&["status"]).code(0);
}

#[tokio::test]
async fn a_reset_begins_anew() {
    let (project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.ok(&["migrate"]);
    let client = connect(&db).await;
    client.batch_execute("insert into workers (name) values ('Ada'); create table other ()").await.unwrap();
    project
        .run(&["reset"])
        .code(1)
        .says("error: everything in the database would go; if this is meant, say `--force`");
    assert_eq!(value(&client, "select count(*) from workers").await, "1");
    assert_eq!(project.ok(&["reset", "--force"]), "emptied the database, and applied 1 migration\n");
    assert_eq!(value(&client, "select count(*) from workers").await, "0");
    assert_eq!(value(&client, "to_regclass('other') is null").await, "true");
}

#[tokio::test]
async fn a_database_that_is_missing_is_made() {
    let (mut project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    let name = format!("{} \"x\"", db.url().rsplit('/').next().unwrap().split('?').next().unwrap());
    let (server, _) = db.url().rsplit_once('/').unwrap();
    let options = db.url().split_once('?').map(|(_, options)| format!("?{options}")).unwrap_or_default();
    let url = format!("{server}/{}{options}", name.replace(' ', "%20").replace('"', "%22"));
    project.at(&url);
    project
        .run(&["status"])
        .code(1)
        .says("no connection to the database; `mizzle migrate` and `mizzle push` make it");
    project.run(&["migrate"]).code(0).says(&format!("created the database `{name}`\n"));
    project.run(&["migrate"]).code(0).says("the database has all migrations");
    let client = connect(&db).await;
    client.batch_execute(&format!("drop database \"{}\"", name.replace('"', "\"\""))).await.unwrap();
    assert_eq!(project.run(&["push"]).code(0).says("created the database").out, "1 change made\n");
    client.batch_execute(&format!("drop database \"{}\"", name.replace('"', "\"\""))).await.unwrap();
}
