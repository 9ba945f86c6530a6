//! A folder with a project, a database for it, and the command.

use orm_testing::TestDb;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, process};
use tokio_postgres::Client;

/// A folder of a test's own, removed with the value, and what the command is run with there.
pub(crate) struct Project {
    pub(crate) folder: PathBuf,
    schema: Option<&'static str>,
    url: Option<String>,
}

/// What the command did.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Project {
    /// A project with an empty folder, without a database.
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("mizzle_{}_cli_{number}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        Project { folder, schema: Some("first"), url: None }
    }

    /// A project with an empty folder and an empty database, which lives as long as the second.
    pub(crate) async fn with_database() -> (Self, TestDb) {
        let db = TestDb::new().await.unwrap();
        let mut project = Project::new();
        project.at(db.url());
        (project, db)
    }

    /// From now on the schema is this one.
    pub(crate) fn becomes(&mut self, schema: &'static str) -> &mut Self {
        self.schema = Some(schema);
        self
    }

    /// From now on the command is the one that holds no schema.
    pub(crate) fn without_schema(&mut self) -> &mut Self {
        self.schema = None;
        self
    }

    /// From now on `DATABASE_URL` is this one.
    pub(crate) fn at(&mut self, url: &str) -> &mut Self {
        self.url = Some(url.to_owned());
        self
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    /// Runs the command with this on its standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        self.finish(self.prepare(Command::new(env!("CARGO_BIN_EXE_project"))).args(arguments), input)
    }

    /// Runs the command where this is cargo.
    pub(crate) fn run_by(&self, cargo: &Path, arguments: &[&str]) -> Ran {
        let mut command = self.prepare(Command::new(env!("CARGO_BIN_EXE_project")));
        self.finish(command.args(arguments).env("CARGO", cargo), "")
    }

    fn finish(&self, command: &mut Command, input: &str) -> Ran {
        let file = self.folder.join(".input");
        fs::write(&file, input).unwrap();
        command.stdin(Stdio::from(fs::File::open(&file).unwrap()));
        let output = command.output().unwrap();
        let text =
            |bytes| String::from_utf8(bytes).unwrap().replace(&self.folder.display().to_string(), "..");
        Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Starts the command.
    pub(crate) fn start(&self, arguments: &[&str]) -> Running {
        let mut command = self.prepare(Command::new(env!("CARGO_BIN_EXE_project")));
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Running { child: command.spawn().unwrap() }
    }

    /// Starts the command on a terminal, on which somebody types this.
    pub(crate) fn on_terminal(&self, arguments: &[&str], typed: &str) -> Running {
        let line =
            [env!("CARGO_BIN_EXE_project")].iter().chain(arguments).copied().collect::<Vec<_>>().join(" ");
        let mut command = Command::new("script");
        command.args(["--quiet", "--return", "--echo", "never", "--command", &line, "/dev/null"]);
        let mut child = self.prepare(command).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.as_mut().unwrap().write_all(typed.as_bytes()).unwrap();
        Running { child }
    }

    /// Gives the command its folder and its variables.
    fn prepare(&self, mut command: Command) -> Command {
        command.current_dir(&self.folder).env_remove("DATABASE_URL").env_remove("PROJECT_SCHEMA");
        command.envs(self.url.iter().map(|url| ("DATABASE_URL", url)));
        command.envs(self.schema.iter().map(|schema| ("PROJECT_SCHEMA", schema)));
        command
    }

    /// Runs a command that must do what it is asked, and gives what it prints.
    #[track_caller]
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        self.run(arguments).code(0).out
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, file: impl AsRef<Path>) -> String {
        let path = self.folder.join(file);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The names of the migrations without their times, in order.
    pub(crate) fn migrations(&self) -> Vec<String> {
        self.folders().iter().map(|name| name.split_once('_').unwrap().1.to_owned()).collect()
    }

    /// The names of the migrations, in order.
    pub(crate) fn folders(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.folder.join("migrations")) else { return Vec::new() };
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The name of the migration that is called so behind its time.
    pub(crate) fn migration(&self, name: &str) -> String {
        let found = self.folders().into_iter().find(|folder| folder.split_once('_').unwrap().1 == name);
        found.unwrap_or_else(|| panic!("there is no migration {name} among {:?}", self.folders()))
    }

    /// The script of the migration that is called so behind its time.
    pub(crate) fn script(&self, name: &str) -> String {
        self.read(format!("migrations/{}/migration.sql", self.migration(name)))
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The command, while it runs.
pub(crate) struct Running {
    child: Child,
}

impl Running {
    /// Waits for its end; a terminal has all that was printed together.
    pub(crate) fn end(self) -> Ran {
        let output = self.child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Ran {
    /// It ended with this code.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n--- out\n{}\n--- err\n{}", self.out, self.err);
        self
    }

    /// It said this to the person.
    #[track_caller]
    pub(crate) fn says(self, part: &str) -> Self {
        assert!(
            self.err.contains(part) || self.out.contains(part),
            "\n--- out\n{}\n--- err\n{}",
            self.out,
            self.err
        );
        self
    }

    /// The one JSON value that it printed, and nothing else.
    #[track_caller]
    pub(crate) fn json(self) -> Value {
        let Ran { code: _, out, err } = self;
        assert_eq!(err, "", "a program reads the standard output only");
        assert_eq!(out.lines().count(), 1, "{out}");
        serde_json::from_str(&out).unwrap()
    }
}

/// A client of the database.
pub(crate) async fn connect(db: &TestDb) -> Client {
    orm_postgres::connect_driver(db.url()).await.unwrap()
}

/// The first column of the only row, as text.
pub(crate) async fn value(client: &Client, sql: &str) -> String {
    client.query_one(&format!("select ({sql})::text"), &[]).await.unwrap().get(0)
}
