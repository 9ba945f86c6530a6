//! Time and allocations: every peer does every workload in each round, in an order that is shuffled anew.

use crate::peer::{Peer, PeerName};
use crate::workload::Workload;
use crate::{ALLOCATOR, Result};
use stats_alloc::Region;
use std::collections::BTreeMap;
use std::time::Duration;

pub const ROUNDS: u64 = 12;

/// What one operation takes.
#[derive(Default)]
pub struct Cost {
    times: Vec<Duration>,
    allocations: Vec<f64>,
}

impl Cost {
    /// Half of the operations took no longer.
    pub fn p50(&self) -> Duration {
        let mut times = self.times.clone();
        times.sort_unstable();
        times.get(times.len() / 2).copied().unwrap_or_default()
    }

    /// Heap allocations of an operation, as few as in any round.
    pub fn allocations(&self) -> f64 {
        self.allocations.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

pub type Costs = BTreeMap<(Workload, PeerName), Cost>;

pub async fn measure(url: &str) -> Result<Costs> {
    let mut peers = Vec::new();
    for name in PeerName::ALL {
        peers.push((name, name.connect(url).await?));
    }
    let mut costs = Costs::new();
    let mut random = Random(0x9e37_79b9);
    for round in 0..=ROUNDS {
        for workload in Workload::ALL {
            random.shuffle(&mut peers);
            for (name, peer) in &mut peers {
                let cost = costs.entry((workload, *name)).or_default();
                if round == 0 {
                    // Statements are prepared and caches filled.
                    peer.run(workload, workload.operations().min(10)).await?;
                } else {
                    once(peer, workload, cost).await?;
                }
            }
        }
    }
    Ok(costs)
}

async fn once(peer: &mut Peer, workload: Workload, cost: &mut Cost) -> Result<()> {
    let operations = (workload.operations() / 2).max(1);
    cost.times.extend(peer.time(workload, operations).await?);
    // What a run allocates beside its operations cancels out.
    let (few, many) = (operations, 2 * operations);
    let base = allocations(peer, workload, few).await?;
    let both = allocations(peer, workload, many).await?;
    cost.allocations.push((both as f64 - base as f64) / (many - few) as f64);
    Ok(())
}

async fn allocations(peer: &mut Peer, workload: Workload, operations: u64) -> Result<usize> {
    let region = Region::new(ALLOCATOR);
    peer.run(workload, operations).await?;
    let change = region.change();
    Ok(change.allocations + change.reallocations)
}

/// Numbers for shuffling, the same in each run (xorshift).
struct Random(u64);

impl Random {
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            items.swap(last, (self.0 % (last as u64 + 1)) as usize);
        }
    }
}
