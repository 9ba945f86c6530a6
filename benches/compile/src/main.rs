//! What mizzle costs the compiler: generated crates of tables and queries, checked and built, beside the same crates
//! on tokio-postgres by hand; what one large query adds; and the size of a minimal program.
//!
//! `cargo run` measures all of it, `-- --quick` only the small crates, `-- query` only what large queries add,
//! `-- binary` only the minimal program. What is generated stays in a temporary folder, which is printed; the
//! dependencies are built there once.

mod binary;
mod by_hand;
mod by_mizzle;
mod crates;
mod measure;
mod query;
mod report;
mod table;

use std::error::Error;
use std::ffi::OsString;
use std::path::PathBuf;

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

const SIZES: [usize; 4] = [10, 50, 100, 200];

/// Tables of the crate in which one query is edited.
const EDITED: usize = 100;

fn main() -> Result<()> {
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let Some(log) = std::env::var_os(measure::LOG) {
        return measure::wrap_rustc(&args, &PathBuf::from(log));
    }
    let args: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    let args: Vec<&str> = args.iter().map(AsRef::as_ref).collect();
    match args[..] {
        [] => {
            tables(&SIZES)?;
            query::measure()?;
            binary::compare()
        }
        ["--quick"] => tables(&SIZES[..2]),
        ["query"] => query::measure(),
        ["binary"] => binary::compare(),
        _ => Err("usage: bench-compile [--quick | query | binary]".into()),
    }
}

fn tables(sizes: &[usize]) -> Result<()> {
    let folder = crates::folder()?;
    println!(
        "generated crates, {} columns and 4 queries a table, in {}",
        table::COLUMNS.len(),
        folder.display()
    );
    let mut costs = report::Costs::new();
    for &size in sizes {
        let mut packages = Vec::new();
        for peer in crates::Peer::ALL {
            packages.push(crates::generate(&folder, peer, size)?);
        }
        let keys = crates::Peer::ALL.map(|peer| (size, peer));
        costs.extend(keys.into_iter().zip(measure::measure(&packages)?));
        report::row(&costs, size);
    }
    report::lines(&costs, sizes);
    if sizes.contains(&EDITED) {
        let mut edits = Vec::new();
        for peer in crates::Peer::ALL {
            edits.push((peer, measure::edit(&crates::generate(&folder, peer, EDITED)?)?));
        }
        report::edits(&edits);
    }
    Ok(())
}
