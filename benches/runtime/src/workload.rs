//! What is done: the work, once for every peer.

use crate::Result;
use crate::peer::Statements;
use crate::tables::{NewSignup, ROWS};
use std::hint::black_box;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Workload {
    Find,
    Users,
    Accounts,
    LeftJoin,
    InsertOne,
    InsertMany,
}

impl Workload {
    pub const ALL: [Workload; 6] = [
        Workload::Find,
        Workload::Users,
        Workload::Accounts,
        Workload::LeftJoin,
        Workload::InsertOne,
        Workload::InsertMany,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Workload::Find => "find-by-key",
            Workload::Users => "1000-rows-of-3",
            Workload::Accounts => "1000-rows-of-8",
            Workload::LeftJoin => "left-join-1000",
            Workload::InsertOne => "insert-1",
            Workload::InsertMany => "insert-100",
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
            Workload::InsertMany => 40,
        }
    }

    /// Does it once, and checks that it was done.
    pub async fn once<S: Statements>(self, peer: &S, number: u64, rows: &[NewSignup]) -> Result<()> {
        let done = match self {
            Workload::Find => {
                // All over the table, the same for every peer.
                let id = (number.wrapping_mul(7_919) % ROWS as u64) as i64 + 1;
                black_box(peer.find(id).await?).is_some_and(|user| user.id == id)
            }
            Workload::Users => black_box(peer.users().await?).len() == ROWS as usize,
            Workload::Accounts => black_box(peer.accounts().await?).len() == ROWS as usize,
            Workload::LeftJoin => black_box(peer.users_with_posts().await?).len() == ROWS as usize,
            Workload::InsertOne => peer.insert_one(&rows[number as usize % rows.len()]).await? > 0,
            Workload::InsertMany => peer.insert_many(rows).await? == rows.len() as u64,
        };
        if done { Ok(()) } else { Err(format!("{} was not done", self.name()).into()) }
    }
}
