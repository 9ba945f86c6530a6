//! `merge`, `squash` and `up`: the folder of migrations, and databases that are at different places of it.

use crate::run::{Project, connect, value};
use orm_testing::TestDb;
use serde_json::json;
use std::fs;

/// Two branches behind the first migration: the folder of the one is put aside while the other is written. Some changes must
/// be allowed, or said to be renames.
fn branches(project: &mut Project, one: &'static str, other: &'static str) -> (String, String) {
    let decided = ["--allow", "may-fail", "--rename", "workers.name=workers.full_name"];
    let generate = |project: &Project, name, decided: &[&str]| {
        project.ok(&[&["generate", "--name", name], decided].concat());
        project.migration(name)
    };
    project.becomes("first").ok(&["generate"]);
    let first = generate(project.becomes(one), "one", &decided[..2]);
    let (here, aside) = (project.folder.join("migrations").join(&first), project.folder.join("aside"));
    fs::rename(&here, &aside).unwrap();
    let rename = if other == "renamed" { &decided[..] } else { &decided[..2] };
    let second = generate(project.becomes(other), "other", rename);
    fs::rename(&aside, &here).unwrap();
    (first, second)
}

#[tokio::test]
async fn branches_that_get_along_are_joined() {
    let (mut project, _db) = Project::with_database().await;
    let (one, other) = branches(&mut project, "email", "jobs");
    let message = format!(
        "2 migrations have none behind them: `{one}`, `{other}`; join the branches by `mizzle merge`"
    );
    for command in ["generate", "migrate"] {
        project.run(&[command]).code(1).says(&format!("error: {message}\n"));
    }
    assert_eq!(project.ok(&["merge", "--explain"]), format!("{one} and {other} get along\n"));
    assert_eq!(project.migrations(), ["create_workers", "one", "other"]);
    let value = project.run(&["merge", "--output", "json"]).code(0).json();
    let merge = format!("migrations/{}", project.migration("merge"));
    assert_eq!(
        value,
        json!({ "status": "written", "heads": [one, other], "not_compared": [], "written": [merge] })
    );
    assert_eq!(project.script("merge"), format!("-- It joins {one}, {other}; there is nothing to do.\n"));
    project.run(&["merge"]).code(0).says("there is one branch, and so nothing to join");
    project.ok(&["migrate"]);
    project.becomes("both").run(&["generate"]).code(0).says("nothing differs");
    project.ok(&["check"]);
    // There is a way back from a merge, too.
    assert_eq!(project.ok(&["down", "--allow", "data-loss"]), "took back 1 migration\n");
    assert_eq!(project.ok(&["migrate"]), "applied 1 migration\n");
}

#[tokio::test]
async fn a_database_of_either_branch_comes_to_the_same() {
    for first in ["one", "other"] {
        let (mut project, db) = Project::with_database().await;
        branches(&mut project, "email", "jobs");
        let mut branch = Project::new();
        for name in ["create_workers", first] {
            let folder = project.migration(name);
            for file in ["migration.sql", "down.sql", "snapshot.json"] {
                let path = format!("migrations/{folder}/{file}");
                branch.write(&path, &project.read(&path));
            }
        }
        branch.at(db.url()).ok(&["migrate"]);
        project.ok(&["merge"]);
        assert_eq!(project.ok(&["migrate"]), "applied 2 migrations\n");
        project.becomes("both").ok(&["check"]);
    }
}

#[test]
fn branches_that_do_not_get_along_are_named() {
    let mut project = Project::new();
    let (one, other) = branches(&mut project, "email", "required");
    let ran = project.run(&["merge"]).code(3);
    assert_eq!(
        ran.out,
        format!(
            "+ column `workers.email` text ({one})\n    does not get along with\n+ column `workers.email` text ({other})\n\n"
        )
    );
    assert!(ran.err.starts_with("nothing is written: "), "{}", ran.err);
    let value = project.run(&["merge", "--output", "json"]).code(3).json();
    assert_eq!(value["status"], "conflicts");
    assert_eq!(
        value["conflicts"][0],
        json!({
            "one": { "migration": one, "object": "column `workers.email`", "change": "+ column `workers.email` text" },
            "other": { "migration": other, "object": "column `workers.email`", "change": "+ column `workers.email` text" },
        })
    );
    assert_eq!(project.migrations(), ["create_workers", "one", "other"]);
}

#[test]
fn what_no_snapshot_says_is_left_to_a_person() {
    let mut project = Project::new();
    let (one, _) = branches(&mut project, "email", "jobs");
    let file = format!("migrations/{one}/migration.sql");
    project.write(&file, &(project.read(&file) + "insert into public.workers (name) values ('Ada');\n"));
    project
        .run(&["merge"])
        .code(0)
        .says(&format!("{file}:2: insert into public.workers (name) values ('Ada')\nno snapshot"));
}

#[test]
fn what_one_branch_drops_the_other_may_not_need() {
    let mut project = Project::new();
    let (one, _) = branches(&mut project, "indexed", "renamed");
    let ran = project.run(&["merge"]).code(3);
    assert!(ran.out.contains(&format!("+ index `workers.workers_name_idx` ({one})")), "{}", ran.out);
    assert!(ran.out.contains("- column `workers.name` ("), "{}", ran.out);
}

/// Three migrations, and a database that has so many of them.
async fn three(applied: usize) -> (Project, TestDb) {
    let (mut project, db) = Project::with_database().await;
    for (at, schema) in ["first", "email", "both"].into_iter().enumerate() {
        project.becomes(schema).ok(&["generate"]);
        if at < applied {
            project.ok(&["migrate"]);
        }
    }
    (project, db)
}

#[tokio::test]
async fn a_squash_stands_for_all_where_all_were_applied_and_runs_where_none_was() {
    for applied in [0, 3] {
        let (project, db) = three(applied).await;
        let names = project.folders();
        let (stamp, _) = names[2].split_once('_').unwrap();
        let ran = project.run(&["squash", "--name", "all"]).code(0);
        assert_eq!(ran.out, format!("it stands for 3 migrations\nwrote migrations/{stamp}_all\n"));
        let head: String = names.iter().map(|name| format!("-- mizzle: replaces {name}\n")).collect();
        assert!(project.script("all").starts_with(&format!("{head}\ncreate table \"public\".\"jobs\" (")));
        assert_eq!(project.migrations(), ["all"]);
        project.run(&["status"]).code(if applied == 0 { 3 } else { 0 });
        let expected =
            if applied == 0 { "applied 1 migration\n" } else { "the database has all migrations\n" };
        assert_eq!(project.ok(&["migrate"]), expected);
        project.ok(&["status"]);
        project.ok(&["check"]);
        project.run(&["generate"]).code(0).says("nothing differs");
        let client = connect(&db).await;
        let rows = "select string_agg(split_part(name, '_', 2) || ' ' || origin, ', ' order by name) from mizzle.migrations \
                    where finished_at is not null";
        let journal = value(&client, rows).await;
        assert_eq!(
            journal,
            if applied == 0 {
                "all migrate"
            } else {
                "create migrate, add migrate, all squash, create migrate"
            },
        );
        project.run(&["down"]).code(1).says("it stands for several migrations");
    }
}

#[tokio::test]
async fn a_database_that_has_some_of_them_must_have_the_rest_first() {
    let (project, _db) = three(2).await;
    let names = project.folders();
    project.ok(&["squash"]);
    let squash = project.migration("squash");
    let error = format!(
        "error: migrations/{squash}/migration.sql: the database has `{}`, but not all that `{squash}` stands for, up to \
         `{}`; first run `mizzle migrate` with the migrations as they were before they were squashed\n",
        names[1], names[2]
    );
    for command in [&["migrate"][..], &["migrate", "--allow-missing"], &["migrate", "--dry-run"]] {
        project.run(command).code(1).says(&error);
    }
    project.run(&["status"]).code(3).says("missing   ").says("pending   ");
}

#[tokio::test]
async fn what_comes_behind_a_squash_follows_it() {
    let (mut project, _db) = three(3).await;
    let second = project.folders()[1].clone();
    project.ok(&["squash", "--to", &second]);
    assert_eq!(project.migrations(), ["squash", "create_jobs"]);
    assert_eq!(project.ok(&["migrate"]), "the database has all migrations\n");
    // And once more, over the squash.
    project.ok(&["squash", "--name", "all"]);
    assert_eq!(project.migrations(), ["all"]);
    assert_eq!(project.script("all").matches("-- mizzle: replaces").count(), 4);
    assert_eq!(project.ok(&["migrate"]), "the database has all migrations\n");
    project.ok(&["status"]);
    project.run(&["squash"]).code(1).says("is the only one up to there");
    project.run(&["squash", "--to", "none"]).code(1).says("there is no migration `none`");
    project.becomes("both").ok(&["check"]);
}

#[tokio::test]
async fn rows_that_migrations_insert_are_not_lost() {
    let (mut project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.ok(&["generate", "--custom", "--name", "ada"]);
    let ada = project.migration("ada");
    project.write(
        &format!("migrations/{ada}/migration.sql"),
        "-- mizzle: allow data-loss\ninsert into public.workers (name) values ('Ada');\nselect 1 -- one",
    );
    project.becomes("email").ok(&["generate"]);
    let ran =
        project.run(&["squash"]).code(3).says("say `--keep-statements` to keep every statement as it is");
    assert_eq!(
        ran.out,
        format!(
            "migrations/{ada}/migration.sql:2: insert into public.workers (name) values ('Ada')\n\
             migrations/{ada}/migration.sql:3: select 1\n"
        )
    );
    assert_eq!(project.run(&["squash", "--output", "json"]).code(3).json()["statements"][0]["line"], 2);
    project.run(&["squash", "--keep-statements", "--explain"]).code(0).says("insert into public.workers");
    project.ok(&["squash", "--keep-statements"]);
    assert_eq!(project.ok(&["migrate"]), "applied 1 migration\n");
    assert_eq!(value(&connect(&db).await, "select name from workers").await, "Ada");
    project.ok(&["check"]);
}

#[tokio::test]
async fn a_migration_and_its_contract_stay_together() {
    let mut project = Project::new();
    project.ok(&["generate"]);
    project.becomes("renamed").ok(&[
        "generate",
        "--name",
        "two",
        "--rename",
        "workers.name=workers.full_name",
    ]);
    let two = project.migration("two");
    project.run(&["squash", "--to", &two]).code(1).says("is the contract of");
    project.ok(&["squash"]);
    assert_eq!(project.migrations(), ["squash"]);
}
