//! What mizzle costs over the driver, against a server: time, allocations and instructions of the same work by four
//! peers, side by side in one run.
//!
//! `cargo run --release` prints the table. `-- one PEER WORKLOAD OPERATIONS` does only that, on the server that
//! `DATABASE_URL` names, which must have the tables already: it is what runs under valgrind. `-- serve` makes such a
//! server's database, prints its URL and waits, for whoever wants to profile by hand.

// What the worker's page is, is the example's.
#[allow(dead_code, reason = "only one of its calls is measured")]
#[path = "../../../examples/gigstream/calls/mod.rs"]
mod calls;
mod gigstream;
mod instructions;
mod memory;
mod peer;
mod report;
mod round;
#[allow(dead_code, unused_imports, reason = "only one call is measured")]
#[path = "../../../examples/gigstream/schema/mod.rs"]
mod schema;
mod tables;
mod workload;

use peer::PeerName;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::alloc::System;
use std::error::Error;
use workload::Workload;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match args[..] {
        ["one", peer, workload, operations] => {
            let url = std::env::var("DATABASE_URL")?;
            let (peer, workload) = (PeerName::parse(peer)?, Workload::parse(workload)?);
            runtime.block_on(one(&url, peer, workload, operations.parse()?))
        }
        ["serve"] => {
            let database = runtime
                .block_on(orm_testing::TestDb::with_schema(&gigstream::with_tables(tables::SCHEMA)))?;
            println!("{}", database.url());
            std::io::stdin().read_line(&mut String::new())?;
            Ok(())
        }
        // `cargo bench` says `--bench`.
        [] | ["--bench"] => all(&runtime),
        _ => Err("usage: bench-runtime [one PEER WORKLOAD OPERATIONS | serve]".into()),
    }
}

/// Connects, warms up and does the work so many times.
async fn one(url: &str, peer: PeerName, workload: Workload, operations: u64) -> Result<()> {
    let mut peer = peer.connect(url).await?;
    peer.run(workload, operations).await
}

fn all(runtime: &tokio::runtime::Runtime) -> Result<()> {
    let database =
        runtime.block_on(orm_testing::TestDb::with_schema(&gigstream::with_tables(tables::SCHEMA)))?;
    println!("time and allocations, {} rounds in shuffled order ...", round::ROUNDS);
    let rounds = runtime.block_on(round::measure(database.url()))?;
    println!("memory ...");
    let memory = runtime.block_on(memory::measure(database.url()))?;
    println!("instructions, under valgrind ...");
    let instructions = instructions::measure(database.url())?;
    report::print(&rounds, &memory, instructions.as_ref());
    Ok(())
}
