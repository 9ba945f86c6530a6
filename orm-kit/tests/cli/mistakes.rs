//! What is wrong is said, and what to do: never a silent success.

use crate::run::Project;
use serde_json::json;
use std::net::TcpListener;

#[test]
fn the_database_must_be_named_and_there() {
    let mut project = Project::new();
    project.ok(&["generate"]);
    for command in [&["migrate"][..], &["status"], &["down"], &["push"], &["check"], &["pull"], &["repair"]] {
        project.run(command).code(1).says(
            "error: no database is named; say `--url postgres://user@host/name`, set DATABASE_URL, or write `url` into \
             mizzle.toml\n",
        );
    }
    project
        .at("mysql://localhost/app")
        .run(&["migrate"])
        .code(1)
        .says("error: no connection to the database");
    // Nobody listens there: the port was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    project.at(&format!("postgres://ada:secret@127.0.0.1:{port}/app"));
    let ran = project.run(&["migrate"]).code(1).says(&format!("127.0.0.1:{port}"));
    assert!(!ran.err.contains("secret"), "{}", ran.err);
    let value = project.run(&["status", "--output", "json"]).code(1).json();
    assert_eq!(
        (&value["status"], &value["message"]),
        (&json!("error"), &json!("no connection to the database"))
    );
}

#[tokio::test]
async fn the_url_of_the_command_is_before_that_of_the_environment_and_of_the_file() {
    let (mut project, db) = Project::with_database().await;
    project.ok(&["generate"]);
    project.at("postgres://127.0.0.1:1/none");
    project.ok(&["migrate", "--url", db.url()]);
    project.write("mizzle.toml", &format!("url = {:?}", db.url()));
    project.run(&["status"]).code(1);
    project.at("").ok(&["status"]);
}

#[test]
fn a_broken_configuration_names_file_and_line() {
    let project = Project::new();
    project.write("mizzle.toml", "bin = \"kit\"\nmigration = \"here\"\n");
    project
        .run(&["generate"])
        .code(1)
        .says("error: mizzle.toml:2: unknown field `migration`, expected one of `migrations`");
    project.write("mizzle.toml", "bin = \"kit\"\n\nmigrations =\n");
    project.run(&["generate"]).code(1).says("error: mizzle.toml:3: ");
    project.write("mizzle.toml", "bin = 3\n");
    project
        .run(&["generate"])
        .code(1)
        .says("error: mizzle.toml:1: invalid type: integer `3`, expected a string");
    project
        .run(&["generate", "--config", "other.toml"])
        .code(1)
        .says("error: other.toml: there is no such file");
    assert_eq!(project.migrations(), [""; 0]);
}

#[test]
fn the_configuration_says_where_things_are() {
    let project = Project::new();
    project.write("conf/kit.toml", "migrations = \"db\"\n");
    project.ok(&["generate", "--config", "conf/kit.toml"]);
    assert!(project.folder.join("db").is_dir());
}

#[test]
fn wrong_arguments_are_exit_code_2() {
    let project = Project::new();
    for arguments in [
        &["--nothing"][..],
        &["nothing"],
        &[],
        &["generate", "--allow", "everything"],
        &["generate", "--custom", "--explain"],
        &["generate", "--postgres", "9"],
        &["migrate", "--output", "xml"],
        &["diff", "schema"],
        &["execute"],
    ] {
        let ran = project.run(arguments).code(2);
        assert_eq!(ran.out, "", "{arguments:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_no_success() {
    let (project, _db) = Project::with_database().await;
    for command in [&["migrate"][..], &["status"], &["down"], &["merge"], &["squash"], &["up"], &["baseline"]]
    {
        project.run(command).code(1).says(
            "error: migrations: there is no such folder of migrations; run `mizzle generate`, which makes it, or correct \
             `migrations` in mizzle.toml\n",
        );
    }
}

#[tokio::test]
async fn broken_snapshots_are_named() {
    let (project, _db) = Project::with_database().await;
    project.ok(&["generate"]);
    let file = format!("migrations/{}/snapshot.json", project.migration("create_workers"));
    let text = project.read(&file);
    project.write(&file, &text.replace("\"version\": 1", "\"version\": 7"));
    for command in ["generate", "migrate", "status", "up"] {
        project.run(&[command]).code(1).says(&format!(
            "error: {file}: a newer mizzle wrote version 7 of the format, and this one reads up to 1; update it\n"
        ));
    }
    project.write(&file, &text.replace("\"name\": \"workers\"", "\"nom\": \"workers\""));
    project
        .run(&["generate"])
        .code(1)
        .says(&format!("error: {file}:"))
        .says("found something that is no snapshot; restore the file");
    project.write(&file, &text);
    assert_eq!(project.ok(&["up"]), "1 snapshot, all of version 1, which is the newest\n");
}

#[test]
fn a_binary_without_a_schema_says_what_it_needs() {
    let mut project = Project::new();
    project.without_schema();
    project.write("Cargo.toml", "[package]\nname = \"app\"\nedition = \"2024\"\n");
    project.write("src/lib.rs", "");
    let ran = project.run(&["generate"]).code(1);
    assert!(ran.err.contains("building `kit`, which holds the schema"), "{}", ran.err);
    assert!(ran.err.contains("`mizzle init` makes one"), "{}", ran.err);
}

#[test]
fn every_command_explains_itself() {
    let project = Project::new();
    let help = project.ok(&["--help"]);
    let commands =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(
        names,
        [
            "init", "generate", "migrate", "status", "down", "merge", "squash", "up", "push", "check",
            "diff", "export", "pull", "resolve", "baseline", "repair", "reset", "execute", "help"
        ]
    );
    for name in names {
        project.ok(&["help", name]);
    }
    assert_eq!(project.ok(&["--version"]), format!("mizzle {}\n", env!("CARGO_PKG_VERSION")));
}
