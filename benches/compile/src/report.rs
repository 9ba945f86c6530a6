//! The tables, and whether the lines are reached.

use crate::crates::Peer;
use crate::measure::{self, Cost};
use std::collections::BTreeMap;

pub type Costs = BTreeMap<(usize, Peer), measure::Costs>;

/// How much more a table may cost among many than among few.
const LINEAR: f64 = 1.15;

/// A line of the table, as soon as it is known.
pub fn row(costs: &Costs, size: usize) {
    if costs.len() == Peer::ALL.len() {
        println!("\nCPU seconds (of by hand) and the most memory of a rustc in MiB");
        println!(
            "{:<8}{:<10}{:>18}{:>18}{:>14}{:>14}",
            "tables", "peer", "check", "dev build", "check MiB", "build MiB"
        );
    }
    for peer in Peer::ALL {
        if let (Some(cost), Some(base)) = (costs.get(&(size, peer)), costs.get(&(size, Peer::ByHand))) {
            println!(
                "{size:<8}{:<10}{:>18}{:>18}{:>14.0}{:>14.0}",
                peer.name(),
                seconds(cost.check, base.check),
                seconds(cost.build, base.build),
                cost.check.memory,
                cost.build.memory
            );
        }
    }
}

fn seconds(cost: Cost, base: Cost) -> String {
    format!("{:.2} ({:.2})", cost.seconds, cost.seconds / base.seconds)
}

/// Whether each line is reached.
pub fn lines(costs: &Costs, sizes: &[usize]) {
    println!();
    for &size in sizes {
        if let (Some(cost), Some(base)) = (costs.get(&(size, Peer::Mizzle)), costs.get(&(size, Peer::ByHand)))
        {
            let check = cost.check.seconds / base.check.seconds;
            line(check <= 2.0, &format!("check of {size} tables: {check:.2} of by hand (at most 2.00)"));
            let build = cost.build.seconds / base.build.seconds;
            line(build <= 2.0, &format!("dev build of {size} tables: {build:.2} of by hand (at most 2.00)"));
        }
    }
    // What a crate of no tables costs does not count: the differences to the smallest are compared.
    let Some((least, few, many)) =
        sizes.first().zip(sizes.get(1)).zip(sizes.last()).map(|((a, b), c)| (a, b, c))
    else {
        return;
    };
    if few == many {
        return;
    }
    for (command, pick) in [("check", check as fn(&_) -> _), ("dev build", build)] {
        let at = |size: &usize| costs.get(&(*size, Peer::Mizzle)).map_or(f64::NAN, pick);
        let each = |size: &usize| (at(size) - at(least)) / (size - least) as f64;
        let growth = each(many) / each(few);
        let text = format!(
            "{command} is linear: a table costs {:.0} ms of {few}, {:.0} ms of {many}, {growth:.2} (at most {LINEAR})",
            each(few) * 1_000.0,
            each(many) * 1_000.0
        );
        line(growth <= LINEAR, &text);
    }
}

fn check(costs: &measure::Costs) -> f64 {
    costs.check.seconds
}

fn build(costs: &measure::Costs) -> f64 {
    costs.build.seconds
}

/// `met` or `missed`, and what.
pub fn line(met: bool, text: &str) {
    println!("{:<7} {text}", if met { "met" } else { "missed" });
}

/// Checks after an edit.
pub fn edits(edits: &[(Peer, Cost)]) {
    println!("\nCPU seconds of an incremental check after one query was edited, {} tables", crate::EDITED);
    for (peer, cost) in edits {
        println!("{:<10}{:>8.2}{:>8.0} MiB", peer.name(), cost.seconds, cost.memory);
    }
}
