//! User-mode instructions of an operation: this program again, under valgrind.
//!
//! Each figure is the difference of two runs, one with twice the operations of the other, so that start, connecting
//! and the first use of each statement cancel out.

use crate::Result;
use crate::peer::PeerName;
use crate::workload::Workload;
use std::collections::BTreeMap;
use std::process::Command;

/// Instructions of one operation.
pub type Instructions = BTreeMap<(Workload, PeerName), f64>;

/// How often a figure is taken; the lowest counts, as what varies (how the server's answer is cut into pieces, at what
/// moment it comes) only adds to the work itself.
const REPEATS: usize = 3;

/// Nothing without valgrind.
pub fn measure(url: &str) -> Result<Option<Instructions>> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Ok(None);
    }
    let mut all = Instructions::new();
    for _ in 0..REPEATS {
        for workload in Workload::ALL {
            for peer in PeerName::ALL {
                let operations = workload.operations();
                let few = count(url, peer, workload, operations)?;
                let many = count(url, peer, workload, 2 * operations)?;
                let each = (many as f64 - few as f64) / operations as f64;
                let lowest = all.entry((workload, peer)).or_insert(f64::INFINITY);
                *lowest = lowest.min(each);
            }
        }
    }
    Ok(Some(all))
}

fn count(url: &str, peer: PeerName, workload: Workload, operations: u64) -> Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args(["one", peer.name(), workload.name(), &operations.to_string()])
        .env("DATABASE_URL", url)
        .output()?;
    let log = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("{} of {}: {log}", workload.name(), peer.name()).into());
    }
    // `==42== Collected : 11235813`
    let collected = log.lines().find_map(|line| line.split_once("Collected :"));
    let (_, count) = collected.ok_or_else(|| format!("callgrind tells no count: {log}"))?;
    Ok(count.trim().parse()?)
}
