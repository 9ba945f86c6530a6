//! GigStream: gig workers, paid by the second. `./dev demo` runs a day of it with made-up data; `--sql` shows how.

/// Prints a line, for as long as somebody reads.
macro_rules! say {
    ($($text:tt)*) => {
        drop(std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{}\n", format_args!($($text)*))))
    };
}

#[allow(unreachable_pub, reason = "written as a library's modules, which two programs include")]
mod calls;
mod day;
#[allow(unreachable_pub, reason = "written as a library's modules, which two programs include")]
mod schema;

use mizzle::{StatementEvent, prelude::*};
use std::error::Error;
use std::process::ExitCode;

const USAGE: &str = "\
usage: ./dev demo [--sql]

Runs a day of GigStream, a service that pays gig workers by the second, on an empty database made for it.

  --sql    show each statement with its duration and rows
  --help   show this
";

#[tokio::main]
async fn main() -> ExitCode {
    let mut shows_sql = false;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--sql" => shows_sql = true,
            "--help" | "-h" => {
                print!("{USAGE}");
                return ExitCode::SUCCESS;
            }
            _ => {
                eprintln!("unknown argument `{argument}`; expected `--sql` or `--help`");
                return ExitCode::from(2);
            }
        }
    }
    match run(shows_sql).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(shows_sql: bool) -> Result<(), Box<dyn Error>> {
    let database = orm_testing::TestDb::new().await?;
    let mut builder = Db::builder(database.url());
    if shows_sql {
        builder = builder.on_statement(show);
    }
    let db = builder.connect().await?;
    db.batch_execute(&schema::SCHEMA.create_sql()).await?;
    day::live(&db).await
}

fn show(statement: &StatementEvent<'_>) {
    let outcome = match (statement.success, statement.rows) {
        (false, _) => "failed".to_owned(),
        (true, 1) => "1 row".to_owned(),
        (true, rows) => format!("{rows} rows"),
    };
    say!("    [{:.1} ms, {outcome}] {}", statement.duration.as_secs_f64() * 1e3, statement.sql);
}
