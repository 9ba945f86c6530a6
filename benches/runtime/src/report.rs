//! The tables, and whether the lines are reached.

use crate::instructions::Instructions;
use crate::memory::Memory;
use crate::peer::PeerName;
use crate::round::Costs;
use crate::workload::Workload;

pub fn print(costs: &Costs, memory: &Memory, instructions: Option<&Instructions>) {
    println!("\np50 of the time in µs (of tokio-postgres)");
    table(|workload, peer| costs.get(&(workload, peer)).map(|cost| cost.p50().as_nanos() as f64 / 1_000.0));
    println!("\nheap allocations of an operation (of tokio-postgres)");
    table(|workload, peer| costs.get(&(workload, peer)).map(|cost| cost.allocations()));
    let Memory { all, streamed, streamed_by_hand } = memory;
    println!("\nmost heap held while {} rows are read, in KiB", crate::tables::READINGS);
    println!(
        "all {}, streamed {}, streamed by hand {}",
        all / 1024,
        streamed / 1024,
        streamed_by_hand / 1024
    );
    let Some(instructions) = instructions else {
        println!("\nno instructions: valgrind is not installed; `apt-get install valgrind`");
        return;
    };
    println!("\nuser-mode instructions of an operation, in thousands (of tokio-postgres)");
    table(|workload, peer| instructions.get(&(workload, peer)).map(|count| count / 1_000.0));
    println!("\nthe lines to reach, in instructions");
    lines(instructions);
}

fn table(cell: impl Fn(Workload, PeerName) -> Option<f64>) {
    print!("{:<18}", "");
    PeerName::ALL.iter().for_each(|peer| print!("{:>20}", peer.name()));
    println!();
    for workload in Workload::ALL {
        print!("{:<18}", workload.name());
        let base = cell(workload, PeerName::TokioPostgres);
        for peer in PeerName::ALL {
            match (cell(workload, peer), base) {
                (Some(value), Some(base)) => print!("{:>20}", format!("{value:.1} ({:.3})", value / base)),
                _ => print!("{:>20}", "-"),
            }
        }
        println!();
    }
}

fn lines(instructions: &Instructions) {
    for workload in Workload::ALL {
        let most = if workload.reads_many() { 1.00 } else { 1.08 };
        line(instructions, workload, PeerName::Mizzle, PeerName::TokioPostgres, most);
        line(instructions, workload, PeerName::MizzlePool, PeerName::Deadpool, 1.00);
    }
}

fn line(instructions: &Instructions, workload: Workload, peer: PeerName, base: PeerName, most: f64) {
    let get = |peer| instructions.get(&(workload, peer));
    if let (Some(count), Some(base_count)) = (get(peer), get(base)) {
        let ratio = count / base_count;
        let verdict = if ratio <= most { "met" } else { "missed" };
        let (workload, peer, base) = (workload.name(), peer.name(), base.name());
        println!("{verdict:<7} {workload:<18} {peer:<12} {ratio:.3} of {base} (at most {most:.2})");
    }
}
