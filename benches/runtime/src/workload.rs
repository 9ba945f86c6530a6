//! What is done: the work, once for every peer.

use crate::Result;
use crate::gigstream;
use crate::peer::Statements;
use crate::tables::{self, Filter, NewScore, NewSignup, READINGS, ROWS, TOGETHER};
use std::hint::black_box;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Workload {
    Find,
    Users,
    Accounts,
    LeftJoin,
    InsertOne,
    InsertMany,
    Filter,
    Transaction,
    Batch,
    Upsert,
    UpdateMany,
    Stream,
    WorkerPage,
}

/// What the operations take, made before they are measured.
pub struct Input {
    signups: Vec<NewSignup>,
    scores: Vec<NewScore>,
}

impl Input {
    pub fn new() -> Self {
        Input { signups: tables::signups(), scores: tables::scores() }
    }
}

impl Workload {
    pub const ALL: [Workload; 13] = [
        Workload::Find,
        Workload::Users,
        Workload::Accounts,
        Workload::LeftJoin,
        Workload::InsertOne,
        Workload::InsertMany,
        Workload::Filter,
        Workload::Transaction,
        Workload::Batch,
        Workload::Upsert,
        Workload::UpdateMany,
        Workload::Stream,
        Workload::WorkerPage,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Workload::Find => "find-by-key",
            Workload::Users => "1000-rows-of-3",
            Workload::Accounts => "1000-rows-of-8",
            Workload::LeftJoin => "left-join-1000",
            Workload::InsertOne => "insert-1",
            Workload::InsertMany => "insert-100",
            Workload::Filter => "filter-of-3",
            Workload::Transaction => "tx-of-20-updates",
            Workload::Batch => "batch-of-20",
            Workload::Upsert => "upsert-100",
            Workload::UpdateMany => "update-100",
            Workload::Stream => "stream-100000",
            Workload::WorkerPage => "worker-page",
        }
    }

    pub fn parse(name: &str) -> Result<Self> {
        let found = Workload::ALL.into_iter().find(|workload| workload.name() == name);
        found.ok_or_else(|| format!("unknown workload `{name}`").into())
    }

    /// Whether it reads a thousand rows, where mizzle is to be as fast as the driver by hand.
    pub fn reads_many(self) -> bool {
        matches!(self, Workload::Users | Workload::Accounts | Workload::LeftJoin)
    }

    /// Operations of one measurement: enough of them to weigh more than what varies.
    pub fn operations(self) -> u64 {
        match self {
            Workload::Find | Workload::InsertOne => 400,
            Workload::Users | Workload::Accounts | Workload::LeftJoin => 20,
            Workload::InsertMany | Workload::Upsert | Workload::UpdateMany => 40,
            // Each combination equally often.
            Workload::Filter => 160,
            Workload::Transaction | Workload::Batch => 20,
            Workload::Stream => 1,
            Workload::WorkerPage => 60,
        }
    }

    /// Does it once, and checks that it was done.
    pub async fn once<S: Statements>(self, peer: &mut S, number: u64, input: &Input) -> Result<()> {
        let done = match self {
            Workload::Find => {
                // All over the table, the same for every peer.
                let id = (number.wrapping_mul(7_919) % ROWS as u64) as i64 + 1;
                black_box(peer.find(id).await?).is_some_and(|user| user.id == id)
            }
            Workload::Users => black_box(peer.users().await?).len() == ROWS as usize,
            Workload::Accounts => black_box(peer.accounts().await?).len() == ROWS as usize,
            Workload::LeftJoin => black_box(peer.users_with_posts().await?).len() == ROWS as usize,
            Workload::InsertOne => {
                let rows = &input.signups;
                peer.insert_one(&rows[number as usize % rows.len()]).await? > 0
            }
            Workload::InsertMany => peer.insert_many(&input.signups).await? == input.signups.len() as u64,
            Workload::Filter => !black_box(peer.filtered(Filter::of(number % 8)).await?).is_empty(),
            Workload::Transaction => {
                peer.update_in_transaction(&tables::ids(number)).await? == TOGETHER as u64
            }
            Workload::Batch => {
                black_box(peer.find_batch(&tables::ids(number)).await?).iter().flatten().count() == TOGETHER
            }
            Workload::Upsert => peer.upsert(&input.scores).await? == input.scores.len() as u64,
            Workload::UpdateMany => peer.update_many(&input.scores).await? == input.scores.len() as u64,
            Workload::Stream => {
                let mut rows = 0;
                peer.stream(|reading| rows += u64::from(black_box(reading).id > 0)).await?;
                rows == READINGS
            }
            Workload::WorkerPage => {
                let page = black_box(peer.worker_page(gigstream::WORKER).await?);
                page.is_some_and(|page| page.tasks.len() == 10 && page.loans.len() == 2)
            }
        };
        if done { Ok(()) } else { Err(format!("{} was not done", self.name()).into()) }
    }
}
