//! Code that reads and writes all the time, and how long it waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// How many tasks say the same.
const TASKS: u64 = 3;

/// What a load was like.
#[derive(Debug, Default)]
pub(super) struct Waits {
    pub(super) statements: u64,
    pub(super) longest: Duration,
    /// The statement that took so long.
    pub(super) said: String,
    pub(super) errors: Vec<String>,
}

impl Waits {
    pub(super) fn add(&mut self, other: Waits) {
        let Waits { statements, longest, said, errors } = other;
        self.statements += statements;
        self.errors.extend(errors);
        if longest > self.longest {
            (self.longest, self.said) = (longest, said);
        }
    }
}

/// A database with rows that a load can be put on.
pub(super) struct Load {
    url: String,
    rows: u64,
    /// The number of the newest row.
    next: Arc<AtomicU64>,
}

/// A load that goes on.
pub(super) struct Running {
    stop: Arc<AtomicBool>,
    tasks: Vec<JoinHandle<Waits>>,
}

impl Load {
    pub(super) fn new(url: &str, rows: u32) -> Self {
        Load { url: url.to_owned(), rows: rows.into(), next: Arc::new(AtomicU64::new(rows.into())) }
    }

    /// Several tasks that say one of these statements after the other, and one whose transactions last: whoever wants a lock
    /// that keeps others out must wait for it.
    pub(super) fn start(&self, statements: &[&str]) -> Running {
        let stop = Arc::new(AtomicBool::new(false));
        let statements: Vec<String> = statements.iter().map(ToString::to_string).collect();
        let task = |number: u64| {
            let (url, rows, next) = (self.url.clone(), self.rows, self.next.clone());
            let (stop, statements) = (stop.clone(), statements.clone());
            tokio::spawn(async move {
                let client = orm_postgres::connect_driver(&url).await.unwrap();
                let mut waits = Waits::default();
                let mut random = 88_172_645_463_325_252 + number;
                while !stop.load(Ordering::Relaxed) {
                    random ^= random << 13;
                    random ^= random >> 7;
                    random ^= random << 17;
                    let statement = &statements[usize::try_from(random >> 8).unwrap() % statements.len()];
                    let mut sql = statement.replace("{id}", &(1 + random % rows).to_string());
                    if sql.contains("{next}") {
                        sql = sql.replace("{next}", &(1 + next.fetch_add(1, Ordering::Relaxed)).to_string());
                    }
                    let lasts = number == TASKS;
                    if lasts {
                        client.batch_execute("begin").await.unwrap();
                    }
                    let begun = Instant::now();
                    let said = client.batch_execute(&sql).await;
                    let took = begun.elapsed();
                    if lasts {
                        // Now and then for longer than a migration waits.
                        let lasts = if random.is_multiple_of(16) { 1_200 } else { random % 200 };
                        tokio::time::sleep(Duration::from_millis(lasts)).await;
                        client.batch_execute("rollback").await.unwrap();
                    }
                    waits.statements += 1;
                    if took > waits.longest {
                        (waits.longest, waits.said) = (took, sql.clone());
                    }
                    if let Err(error) = said {
                        let message =
                            error.as_db_error().map_or_else(|| error.to_string(), ToString::to_string);
                        waits.errors.push(format!("{message} in {sql}"));
                        break;
                    }
                }
                waits
            })
        };
        let tasks = (0..=TASKS).map(task).collect();
        Running { stop, tasks }
    }
}

impl Running {
    /// Ends it.
    pub(super) async fn stop(self) -> Waits {
        self.stop.store(true, Ordering::Relaxed);
        let mut waits = Waits::default();
        for task in self.tasks {
            waits.add(task.await.unwrap());
        }
        waits
    }
}
