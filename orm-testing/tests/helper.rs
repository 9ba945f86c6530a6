//! A test process of its own, to be looked at from outside and killed.

use std::fs::{self, DirBuilder};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{env, process, thread};

use orm_testing::TestDb;
use tokio_postgres::{Client, NoTls};

/// A process that holds a database, killed with the value.
pub(crate) struct Helper {
    child: Child,
    /// What came of it: the URL, or the error.
    pub(crate) answer: Result<String, String>,
}

impl Helper {
    /// Starts a process with these variables, and waits for its database.
    pub(crate) fn start(variables: &[(&str, &str)]) -> Self {
        Self::spawn(variables).wait()
    }

    /// Starts a process and does not wait.
    pub(crate) fn spawn(variables: &[(&str, &str)]) -> Starting {
        let child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "helper::hold_a_database", "--ignored", "--nocapture"])
            .env_remove("DATABASE_URL")
            .env("MIZZLE_TEST_HELPER", "1")
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn();
        Starting(child.unwrap())
    }

    pub(crate) fn url(&self) -> &str {
        self.answer.as_ref().unwrap()
    }

    /// The part of the URL that says which server it is.
    pub(crate) fn server(&self) -> &str {
        self.url().rsplit_once('/').unwrap().0
    }

    /// Kills the process, which gets no chance to clean up.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.kill();
    }
}

pub(crate) struct Starting(pub(crate) Child);

impl Starting {
    pub(crate) fn wait(self) -> Helper {
        let Self(mut child) = self;
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let answer = lines.map(Result::unwrap).find_map(|line| {
            let (kind, answer) = line.split_once(": ")?;
            match kind {
                "helper has" => Some(Ok(answer.to_owned())),
                "helper failed" => Some(Err(answer.to_owned())),
                _ => None,
            }
        });
        Helper { child, answer: answer.expect("a line of the helper's") }
    }
}

/// What the process runs.
#[tokio::test]
#[ignore = "run by other tests"]
async fn hold_a_database() {
    if env::var_os("MIZZLE_TEST_HELPER").is_none() {
        return;
    }
    let made = match env::var("MIZZLE_TEST_SCHEMA") {
        Ok(schema) => TestDb::with_schema(&schema).await,
        Err(_) => TestDb::new().await,
    };
    let answer = match &made {
        Ok(db) => format!("helper has: {}", db.url()),
        Err(error) => format!("helper failed: {error}"),
    };
    writeln!(std::io::stdout(), "\n{}", answer.replace('\n', " ")).unwrap();
    tokio::time::sleep(Duration::from_secs(60)).await;
}

/// A folder for temporary files of the helpers' own, and with it a server of their own.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("orm-testing-{}-{}", process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let path = env::temp_dir().join(name);
        // The server's user has to get in.
        DirBuilder::new().mode(0o755).create(&path).unwrap();
        // As in the usual folder, the one who removes something must own it.
        fs::set_permissions(&path, fs::metadata(env::temp_dir()).unwrap().permissions()).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// The folder of the cluster inside.
    pub(crate) fn cluster(&self) -> Option<PathBuf> {
        let mut entries = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap());
        Some(entries.find(|entry| entry.file_name().to_string_lossy().starts_with("mizzle"))?.path())
    }

    /// Whether there is a cluster's folder inside, or a server that works in one.
    pub(crate) fn is_in_use(&self) -> bool {
        let list = Command::new("ps").args(["ax", "-o", "args"]).output().unwrap();
        self.cluster().is_some()
            || String::from_utf8_lossy(&list.stdout).contains(&format!("-D {}", self.path()))
    }

    /// Makes a folder inside.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        let path = Path::new(&self.0).join(name);
        fs::create_dir(&path).unwrap();
        path
    }
}

/// The helpers have to be gone before.
impl Drop for Scratch {
    fn drop(&mut self) {
        if !thread::panicking() {
            eventually("the end of the server", || !self.is_in_use());
        }
        fs::remove_dir_all(&self.0).unwrap();
    }
}

/// Waits until `done`, but not for long.
pub(crate) fn eventually(what: &str, done: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !done() {
        assert!(Instant::now() < deadline, "{what} did not happen in time");
        thread::sleep(Duration::from_millis(50));
    }
}

/// As [`eventually`], for what a query says.
pub(crate) async fn eventually_true(client: &Client, sql: &str) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !client.query_one(sql, &[]).await.unwrap().get::<_, bool>(0) {
        assert!(Instant::now() < deadline, "`{sql}` did not become true in time");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

pub(crate) async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// The name in a URL.
pub(crate) fn name(url: &str) -> &str {
    url.rsplit_once('/').unwrap().1
}
