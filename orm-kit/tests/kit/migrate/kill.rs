//! Migrators and servers that die at any moment: the next run finishes, and nothing tells what happened.

use super::helper::{connect, migrator, state, value};
use super::segments::MIXED;
use orm_kit::migrate::{Event, Migrator, Progress};
use orm_testing::{TestDb, TestServer};
use std::io::{self, ErrorKind};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::sync::watch;
use tokio_postgres::Client;

/// Ends every other connection of the database.
const TERMINATE: &str = "select pg_terminate_backend(pid) from pg_stat_activity \
    where datname = current_database() and pid <> pg_backend_pid()";

/// Who dies.
#[derive(Debug, Clone, Copy)]
enum Victim {
    /// The connection.
    Connection,
    /// The task that migrates.
    Task,
    /// The server: one of its processes is killed, so that it throws out everyone and recovers from its log.
    Server,
}

/// Lets one die when the migrator says something for the nth time.
struct Killer {
    victim: Victim,
    url: String,
    left: usize,
    said: Option<String>,
    task: watch::Sender<bool>,
}

impl Progress for Killer {
    fn event(&mut self, event: Event<'_>) {
        if self.left > 0 {
            self.left -= 1;
        } else if self.said.is_none() {
            self.said = Some(event.to_string());
            match self.victim {
                Victim::Task => drop(self.task.send(true)),
                Victim::Connection => elsewhere(&self.url, async |client| {
                    client.batch_execute(TERMINATE).await.unwrap();
                }),
                Victim::Server => elsewhere(&self.url, async |client| {
                    let pid = value(&client, "pg_backend_pid()").await;
                    let killed = Command::new("kill").args(["-KILL", &pid]).status().unwrap();
                    assert!(killed.success());
                    // The others hear of it a moment later.
                    while client.batch_execute("select 1").await.is_ok() {}
                }),
            }
        }
    }
}

/// Does something on a connection of its own while all else waits.
fn elsewhere(url: &str, what: impl AsyncFnOnce(Client) + Send + 'static) {
    let url = url.to_owned();
    let run = async move || what(orm_postgres::connect_driver(&url).await.unwrap()).await;
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    thread::spawn(move || runtime().block_on(run())).join().unwrap();
}

/// What the migrations leave behind when nobody dies.
async fn expected() -> Vec<String> {
    let db = TestDb::new().await.unwrap();
    migrator(db.url(), MIXED).run(&mut ()).await.unwrap();
    state(&connect(&db).await).await
}

/// Runs the migrations again, and looks for what is lost, left over or done twice.
async fn finishes(migrator: &Migrator, url: &str, expected: &[String], after: &str) {
    migrator.run(&mut ()).await.unwrap_or_else(|error| panic!("after {after}: {error}"));
    let client = orm_postgres::connect_driver(url).await.unwrap();
    assert_eq!(state(&client).await, expected, "after {after}");
    let invalid = "select count(*) from pg_index where not indisvalid or not indisready";
    assert_eq!(value(&client, invalid).await, "0", "after {after}");
    let rows = "select count(*) || ' ' || count(*) filter (where town = 'town of ' || name) from workers";
    assert_eq!(value(&client, rows).await, "1501 1500", "after {after}");
}

/// Kills at the first event, then at the second, and so on.
async fn at_any_statement(victim: Victim, database: impl AsyncFn(usize) -> String) {
    let expected = expected().await;
    for left in 0.. {
        let url = database(left).await;
        let (task, mut cancelled) = watch::channel(false);
        let mut killer = Killer { victim, url: url.clone(), left, said: None, task };
        let migrator = migrator(&url, MIXED);
        tokio::select! {
            _ = migrator.run(&mut killer) => {}
            _ = cancelled.wait_for(|now| *now) => {}
        }
        let Some(said) = killer.said else {
            assert!(left > 20);
            return;
        };
        back(&url).await;
        finishes(&migrator, &url, &expected, &format!("{victim:?} at `{said}`")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_may_end_at_any_statement() {
    let databases = tokio::sync::Mutex::new(Vec::new());
    at_any_statement(Victim::Connection, async |_| {
        let database = TestDb::new().await.unwrap();
        let url = database.url().to_owned();
        *databases.lock().await = vec![database];
        url
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_task_may_be_dropped_at_any_statement() {
    let databases = tokio::sync::Mutex::new(Vec::new());
    at_any_statement(Victim::Task, async |_| {
        let database = TestDb::new().await.unwrap();
        let url = database.url().to_owned();
        *databases.lock().await = vec![database];
        url
    })
    .await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_may_crash_at_any_statement() {
    // What is committed must outlive a crash, as it does where nobody trades that for speed.
    let server = TestServer::builder().setting("synchronous_commit", "on").start().await.unwrap();
    at_any_statement(Victim::Server, async |number| {
        let client = back(server.url()).await;
        let name = format!("crash_{number}");
        client.batch_execute(&format!("create database {name}")).await.unwrap();
        let (before, after) = server.url().rsplit_once("/postgres").unwrap();
        format!("{before}/{name}{after}")
    })
    .await;
}

/// A connection to a server that may be recovering.
async fn back(url: &str) -> Client {
    for _ in 0..500 {
        if let Ok(client) = orm_postgres::connect_driver(url).await {
            return client;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the server does not come back");
}

/// A way to a server that ends, both ways, when the migrator has sent the nth piece: the server has it, and the migrator never
/// hears what became of it.
async fn cut_behind(server: &str, pieces: usize) -> (String, Arc<AtomicUsize>) {
    let (before, rest) = server.split_once('@').unwrap();
    let (address, after) = rest.split_once('/').unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("{before}@{}/{after}", listener.local_addr().unwrap());
    let left = Arc::new(AtomicUsize::new(pieces));
    let (address, count) = (address.to_owned(), left.clone());
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(&address).await.unwrap();
            tokio::spawn(forward(client, server, count.clone()));
        }
    });
    (url, left)
}

async fn forward(client: TcpStream, server: TcpStream, left: Arc<AtomicUsize>) -> io::Result<()> {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let there = async {
        let cut = || io::Error::from(ErrorKind::ConnectionReset);
        let mut piece = vec![0; 64 * 1024];
        loop {
            let length = from_client.read(&mut piece).await?;
            if length == 0 || left.load(Ordering::SeqCst) == 0 {
                return Err(cut());
            }
            to_server.write_all(&piece[..length]).await?;
            if left.fetch_sub(1, Ordering::SeqCst) == 1 {
                return Err::<(), _>(cut());
            }
        }
    };
    tokio::select! {
        ended = there => ended,
        ended = copy(&mut from_server, &mut to_client) => ended.map(drop),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_may_end_behind_anything_that_is_sent() {
    let expected = Arc::new(expected().await);
    // Several at once, as each mostly waits for the server.
    let rounds: Vec<_> = (1..=4)
        .map(|first| {
            let expected = expected.clone();
            tokio::spawn(async move {
                for pieces in (first..).step_by(4) {
                    if !cut_and_finish(pieces, &expected).await {
                        return pieces;
                    }
                }
                unreachable!("a migration ends")
            })
        })
        .collect();
    for round in rounds {
        let pieces = round.await.unwrap();
        assert!(pieces > 60, "{pieces} pieces are all");
    }
}

/// Whether the migrator had that much to say.
async fn cut_and_finish(pieces: usize, expected: &[String]) -> bool {
    let db = TestDb::new().await.unwrap();
    let (url, left) = cut_behind(db.url(), pieces).await;
    let ran = migrator(&url, MIXED).run(&mut ()).await;
    if left.load(Ordering::SeqCst) > 0 {
        ran.unwrap();
        return false;
    }
    finishes(&migrator(db.url(), MIXED), db.url(), expected, &format!("piece {pieces}")).await;
    true
}
