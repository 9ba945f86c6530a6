//! Registering, logging in, and what is shown of a worker.

use super::page::{Page, PageRequest};
use crate::schema::{Loan, LoanStatus, Task, TaskId, TaskStatus, Transaction, Worker, WorkerId};
use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;
use std::fmt;

#[derive(Insert)]
#[orm(table = Worker)]
pub struct NewWorker<'a> {
    pub email: Option<&'a str>,
    pub password_hash: Option<&'a str>,
    pub display_name: &'a str,
    pub wallet_address: &'a str,
}

pub async fn register(db: &impl Executor, worker: NewWorker<'_>) -> Result<Worker, RegisterError> {
    Ok(insert(Worker).row(&worker).returning(Worker).one(db).await?)
}

#[derive(Debug)]
pub enum RegisterError {
    EmailTaken,
    WalletTaken,
    Database(mizzle::Error),
}

impl From<mizzle::Error> for RegisterError {
    fn from(error: mizzle::Error) -> Self {
        match error.constraint() {
            Some("workers_email_key") => RegisterError::EmailTaken,
            Some("workers_wallet_address_key") => RegisterError::WalletTaken,
            _ => RegisterError::Database(error),
        }
    }
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RegisterError::EmailTaken => "the email address is registered already",
            RegisterError::WalletTaken => "the wallet belongs to another worker",
            RegisterError::Database(_) => "the worker could not be registered",
        })
    }
}

impl std::error::Error for RegisterError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            RegisterError::Database(error) => Some(error),
            RegisterError::EmailTaken | RegisterError::WalletTaken => None,
        }
    }
}

/// What a password is checked against.
#[derive(Row, Debug, PartialEq)]
pub struct Credentials {
    pub id: WorkerId,
    pub display_name: String,
    pub password_hash: Option<String>,
}

pub async fn log_in(db: &impl Executor, email: &str) -> Result<Option<Credentials>, mizzle::Error> {
    select((Worker.id, Worker.display_name, Worker.password_hash))
        .from(Worker)
        .filter(Worker.email.eq(email))
        .filter(Worker.status.eq("active"))
        .to::<Credentials>()
        .optional(db)
        .await
}

/// Whether the worker that a token names is there and active.
pub async fn verify(db: &impl Executor, id: WorkerId) -> Result<bool, mizzle::Error> {
    select(Worker).find(id).filter(Worker.status.eq("active")).exists(db).await
}

pub async fn touch_last_login(db: &impl Executor, id: WorkerId) -> Result<(), mizzle::Error> {
    update(Worker).set(Worker.last_login_at, now()).find(id).execute(db).await?;
    Ok(())
}

#[derive(Debug, PartialEq)]
pub struct WorkerPage {
    pub profile: Worker,
    pub tasks: Vec<Task>,
    pub transactions: Vec<Transaction>,
    pub loans: Vec<Loan>,
}

pub async fn page(db: &impl Executor, id: WorkerId) -> Result<Option<WorkerPage>, mizzle::Error> {
    let Some(profile) = select(Worker).find(id).optional(db).await? else { return Ok(None) };
    let (tasks, transactions, loans) = tokio::try_join!(
        select(Task).filter(Task.worker_id.eq(id)).order_by(Task.created_at.desc()).limit(10).all(db),
        select(Transaction)
            .filter(Transaction.worker_id.eq(id))
            .order_by(Transaction.created_at.desc())
            .limit(10)
            .all(db),
        select(Loan)
            .filter(Loan.worker_id.eq(id))
            .filter(Loan.status.in_([LoanStatus::Disbursed, LoanStatus::Repaying]))
            .order_by(Loan.created_at.desc())
            .all(db),
    )?;
    Ok(Some(WorkerPage { profile, tasks, transactions, loans }))
}

#[derive(Debug, PartialEq)]
pub struct History {
    pub summary: Summary,
    pub recent: Vec<TaskLine>,
    pub age: Option<Interval>,
}

#[derive(Row, Debug, PartialEq)]
pub struct Summary {
    pub last_24_hours: i64,
    pub average_amount: Decimal,
    pub disputes: i64,
}

#[derive(Row, Debug, PartialEq)]
pub struct TaskLine {
    pub id: TaskId,
    pub title: String,
    pub status: TaskStatus,
    pub amount: Decimal,
    pub completed_at: Option<DateTime<Utc>>,
}

pub async fn history(db: &impl Executor, id: WorkerId) -> Result<Option<History>, mizzle::Error> {
    let age = select(now() - Worker.created_at).from(Worker).find(id).optional(db).await?;
    let Some(age) = age else { return Ok(None) };
    let (summary, recent) = tokio::try_join!(
        select((
            count().filter(Task.created_at.gt(now() - Interval::hours(24))),
            coalesce(avg(Task.payment_amount_usdc).filter(Task.status.eq(TaskStatus::Completed)), 0),
            count().filter(Task.status.eq(TaskStatus::Disputed)),
        ))
        .from(Task)
        .filter(Task.worker_id.eq(id))
        .to::<Summary>()
        .one(db),
        select((Task.id, Task.title, Task.status, Task.payment_amount_usdc, Task.completed_at))
            .from(Task)
            .filter(Task.worker_id.eq(id))
            .filter(Task.created_at.gt(now() - Interval::days(30)))
            .order_by(Task.created_at.desc())
            .limit(50)
            .to::<TaskLine>()
            .all(db),
    )?;
    Ok(Some(History { summary, recent, age }))
}

/// What is absent is not asked for.
#[derive(Debug, Default, Clone, Copy)]
pub struct WorkerFilter<'a> {
    pub status: Option<&'a str>,
    pub registered_from: Option<DateTime<Utc>>,
    pub registered_before: Option<DateTime<Utc>>,
    /// A part of the name or of the email address.
    pub search: Option<&'a str>,
}

pub async fn list(
    db: &impl Executor,
    filter: WorkerFilter<'_>,
    page: PageRequest,
) -> Result<Page<Worker>, mizzle::Error> {
    let found = select(Worker)
        .filter(filter.status.map(|status| Worker.status.eq(status)))
        .filter(filter.registered_from.map(|from| Worker.created_at.gte(from)))
        .filter(filter.registered_before.map(|before| Worker.created_at.lt(before)))
        .filter(
            filter.search.map(|part| Worker.display_name.icontains(part).or(Worker.email.icontains(part))),
        );
    let total = found.count(db).await?;
    let rows = found
        .order_by((Worker.created_at.desc(), Worker.id))
        .limit(page.size)
        .offset(page.offset())
        .all(db)
        .await?;
    Ok(Page { rows, total })
}
