//! The service on a database of a test's own, and what it sends there.

use crate::calls::tasks::{self, NewTask};
use crate::calls::workers::{self, NewWorker};
use crate::calls::{payments, platforms};
use crate::schema::{Platform, SCHEMA, Task, TaskType, Transaction, Worker};
use mizzle::prelude::*;
use orm_testing::TestDb;
use rust_decimal::Decimal;
use std::error::Error;
use std::sync::mpsc::{self, Receiver};

pub(crate) struct Service {
    pub(crate) db: Db,
    sent: Receiver<String>,
    _database: TestDb,
}

type Made<T> = Result<T, Box<dyn Error>>;

impl Service {
    pub(crate) async fn start() -> Made<Self> {
        let database = TestDb::with_schema(&SCHEMA.create_sql()).await?;
        let (sender, sent) = mpsc::channel();
        let builder = Db::builder(database.url())
            .on_statement(move |statement| drop(sender.send(statement.sql.to_owned())));
        Ok(Service { db: builder.connect().await?, sent, _database: database })
    }

    /// The statements since the last time.
    pub(crate) fn sent(&self) -> Vec<String> {
        self.sent.try_iter().collect()
    }

    /// What follows the selections of the queries since the last time, sorted: some are sent at once.
    pub(crate) fn sent_after_from(&self) -> Vec<String> {
        let after =
            |sql: String| sql.split_once(" from ").map_or_else(String::new, |(_, from)| from.to_owned());
        let mut sent: Vec<_> = self.sent().into_iter().map(after).collect();
        sent.sort();
        sent
    }

    pub(crate) async fn worker(&self, name: &str) -> Made<Worker> {
        let email = format!("{name}@example.com");
        let wallet = format!("0x{name}");
        let worker = NewWorker {
            email: Some(&email),
            password_hash: Some("hash"),
            display_name: name,
            wallet_address: &wallet,
        };
        Ok(workers::register(&self.db, worker).await?)
    }

    pub(crate) async fn platform(&self, name: &str) -> Made<Platform> {
        Ok(platforms::register(&self.db, name, &format!("{name}@example.com"), name).await?)
    }

    /// An order of 12.50 USDC to change before it is made.
    pub(crate) fn order<'a>(platform: &Platform, worker: &Worker, title: &'a str) -> NewTask<'a> {
        NewTask {
            platform_id: platform.id,
            worker_id: Some(worker.id),
            external_task_id: None,
            title,
            kind: TaskType::Fixed,
            payment_amount_usdc: Decimal::new(1250, 2),
            due_date: None,
        }
    }

    pub(crate) async fn task(&self, platform: &Platform, worker: &Worker, title: &str) -> Made<Task> {
        Ok(tasks::create(&self.db, Service::order(platform, worker, title)).await?)
    }

    pub(crate) async fn payment(&self, task: &Task) -> Made<Transaction> {
        let order = payments::Order { task: task.id, from_wallet: "0xfrom", fee: Decimal::new(5, 2) };
        match payments::execute(&self.db, order).await? {
            payments::Payment::Made(payment) => Ok(payment),
            other => Err(format!("{other:?}").into()),
        }
    }

    /// The worker as it is now.
    pub(crate) async fn again(&self, worker: &Worker) -> Made<Worker> {
        Ok(select(Worker).find(worker.id).one(&self.db).await?)
    }
}

/// How many rows a table has.
#[macro_export]
macro_rules! rows {
    ($service:expr, $table:ident) => {
        mizzle::prelude::select($table).count(&$service.db).await?
    };
}
