//! The peers: the same statements by each, on the same columns into the same structs.

mod by_hand;
mod deadpool;
mod mizzle;
mod page;
mod tokio_postgres;

use crate::Result;
use crate::gigstream::{WorkerId, WorkerPage};
use crate::tables::{Account, Filter, NewScore, NewSignup, Post, Reading, TOGETHER, User};
use crate::workload::{Input, Workload};
use std::time::{Duration, Instant};

/// What every peer can do.
pub trait Statements {
    async fn find(&self, id: i64) -> Result<Option<User>>;
    async fn users(&self) -> Result<Vec<User>>;
    async fn accounts(&self) -> Result<Vec<Account>>;
    async fn users_with_posts(&self) -> Result<Vec<(User, Option<Post>)>>;
    async fn insert_one(&self, row: &NewSignup) -> Result<i64>;
    async fn insert_many(&self, rows: &[NewSignup]) -> Result<u64>;
    async fn filtered(&self, filter: Filter<'_>) -> Result<Vec<Account>>;
    async fn update_in_transaction(&mut self, ids: &[i64; TOGETHER]) -> Result<u64>;
    async fn find_batch(&self, ids: &[i64; TOGETHER]) -> Result<Vec<Option<User>>>;
    async fn upsert(&self, rows: &[NewScore]) -> Result<u64>;
    async fn update_many(&self, rows: &[NewScore]) -> Result<u64>;
    async fn stream(&self, each: impl FnMut(Reading)) -> Result<()>;
    async fn worker_page(&self, id: WorkerId) -> Result<Option<WorkerPage>>;
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeerName {
    TokioPostgres,
    Mizzle,
    Deadpool,
    MizzlePool,
}

impl PeerName {
    pub const ALL: [PeerName; 4] =
        [PeerName::TokioPostgres, PeerName::Mizzle, PeerName::Deadpool, PeerName::MizzlePool];

    pub fn name(self) -> &'static str {
        match self {
            PeerName::TokioPostgres => "tokio-postgres",
            PeerName::Mizzle => "mizzle",
            PeerName::Deadpool => "deadpool-postgres",
            PeerName::MizzlePool => "mizzle-pool",
        }
    }

    pub fn parse(name: &str) -> Result<Self> {
        let found = PeerName::ALL.into_iter().find(|peer| peer.name() == name);
        found.ok_or_else(|| format!("unknown peer `{name}`").into())
    }

    pub async fn connect(self, url: &str) -> Result<Peer> {
        Ok(match self {
            PeerName::TokioPostgres => {
                Peer::TokioPostgres(Box::new(tokio_postgres::Prepared::connect(url).await?))
            }
            PeerName::Mizzle => Peer::Mizzle(mizzle::held(url).await?),
            PeerName::Deadpool => Peer::Deadpool(deadpool::Pooled::connect(url).await?),
            PeerName::MizzlePool => Peer::MizzlePool(mizzle::pooled(url).await?),
        })
    }
}

/// A connected peer.
pub enum Peer {
    TokioPostgres(Box<tokio_postgres::Prepared>),
    Mizzle(mizzle::On<::mizzle::Client>),
    Deadpool(deadpool::Pooled),
    MizzlePool(mizzle::On<::mizzle::Db>),
}

impl Peer {
    /// Does the work so many times.
    pub async fn run(&mut self, workload: Workload, operations: u64) -> Result<()> {
        match self {
            Peer::TokioPostgres(peer) => run(&mut **peer, workload, operations).await,
            Peer::Mizzle(peer) => run(peer, workload, operations).await,
            Peer::Deadpool(peer) => run(peer, workload, operations).await,
            Peer::MizzlePool(peer) => run(peer, workload, operations).await,
        }
    }

    /// Reads many rows, one after the other.
    pub async fn stream(&self, each: impl FnMut(Reading)) -> Result<()> {
        match self {
            Peer::TokioPostgres(peer) => peer.stream(each).await,
            Peer::Mizzle(peer) => peer.stream(each).await,
            Peer::Deadpool(peer) => peer.stream(each).await,
            Peer::MizzlePool(peer) => peer.stream(each).await,
        }
    }

    /// How long each of so many operations takes.
    pub async fn time(&mut self, workload: Workload, operations: u64) -> Result<Vec<Duration>> {
        match self {
            Peer::TokioPostgres(peer) => time(&mut **peer, workload, operations).await,
            Peer::Mizzle(peer) => time(peer, workload, operations).await,
            Peer::Deadpool(peer) => time(peer, workload, operations).await,
            Peer::MizzlePool(peer) => time(peer, workload, operations).await,
        }
    }
}

async fn run<S: Statements>(peer: &mut S, workload: Workload, operations: u64) -> Result<()> {
    let input = Input::new();
    for number in 0..operations {
        workload.once(peer, number, &input).await?;
    }
    Ok(())
}

async fn time<S: Statements>(peer: &mut S, workload: Workload, operations: u64) -> Result<Vec<Duration>> {
    let input = Input::new();
    let mut times = Vec::with_capacity(operations as usize);
    for number in 0..operations {
        let start = Instant::now();
        workload.once(peer, number, &input).await?;
        times.push(start.elapsed());
    }
    Ok(times)
}
