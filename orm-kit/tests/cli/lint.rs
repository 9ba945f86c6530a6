//! `lint`: which migrations it looks at, and how it ends.

use crate::run::Project;
use serde_json::json;

const BAD: &str =
    "create index workers_name on public.workers (name);\nalter table workers drop column name;\n";

/// A project whose second migration is bad, the first one applied.
async fn project() -> (Project, orm_testing::TestDb, String) {
    let (project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.ok(&["migrate"]);
    project.ok(&["generate", "--custom", "--name", "bad"]);
    let bad = project.migration("bad");
    project.write(&format!("migrations/{bad}/migration.sql"), BAD);
    (project, db, bad)
}

#[tokio::test]
async fn a_danger_is_told_with_exit_code_3() {
    let (project, _db, bad) = project().await;
    let ran = project.run(&["lint"]).code(3);
    assert_eq!(
        ran.out,
        format!(
            "\
migrations/{bad}/migration.sql:1: index-not-concurrent: nobody can write `public.workers` while the index is built
  locks: share on public.workers, until the index is built
  instead:
    -- mizzle: no transaction
    create index concurrently workers_name on public.workers (name);

migrations/{bad}/migration.sql:2: column-dropped: code that runs and names `name` fails from now on, and its values are gone
  instead:
    alter table workers alter column name drop not null;
    -- and in a migration of its own:
    -- mizzle: contract
    alter table workers drop column name;

"
        )
    );
    ran.says("1 migration looked at: 2 dangers\n`--advice` shows 1 finding more\n");

    let value = project.run(&["lint", "--advice", "--output", "json"]).code(3).json();
    assert_eq!(value["status"], "differs");
    assert_eq!(value["migrations"], json!([bad]));
    let rules: Vec<_> =
        value["findings"].as_array().unwrap().iter().map(|it| it["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["index-not-concurrent", "column-dropped", "name-without-schema"]);
    let lock = json!({ "level": "share", "table": "public.workers", "lasts": "until the index is built" });
    assert_eq!(value["findings"][0]["locks"], json!([lock]));
    assert_eq!(value["findings"][2]["level"], "advice");
}

#[tokio::test]
async fn the_migrations_that_the_database_lacks_are_looked_at() {
    let (project, _db, bad) = project().await;
    let first = project.migration("create_workers");
    project.run(&["lint", &first]).code(0).says("1 migration looked at: 0 dangers");
    project.run(&["lint", "--all"]).code(3).says("2 migrations looked at: 2 dangers");
    project.run(&["lint", "none"]).code(1).says("error: there is no migration `none`");

    let allowed = format!("-- mizzle: allow index-not-concurrent: ten rows\n{}", BAD.lines().next().unwrap());
    project.write(&format!("migrations/{bad}/migration.sql"), &allowed);
    project.run(&["lint"]).code(0).says("1 migration looked at: 0 dangers");
    let unknown = "-- mizzle: allow index-concurrent: ten rows\nselect 1;\n";
    project.write(&format!("migrations/{bad}/migration.sql"), unknown);
    let error = format!("error: migrations/{bad}/migration.sql");
    project.run(&["lint"]).code(1).says(&error).says("there is no rule `index-concurrent` to allow");
}

#[test]
fn without_a_database_all_are_looked_at() {
    let project = Project::new();
    project.ok(&["generate"]);
    let ran = project.run(&["lint"]).code(0);
    ran.says("no database is named, so these are all migrations").says("1 migration looked at: 0 dangers");
    assert!(project.ok(&["lint", "--rules"]).contains("index-not-concurrent"));
    let rules = project.run(&["lint", "--rules", "--output", "json"]).code(0).json();
    assert!(rules["rules"].as_array().unwrap().len() > 70);
}
