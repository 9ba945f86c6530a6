//! A service for video conferences moves to new tables while it runs: `cargo run -p video` does it, on a database made for it,
//! and tells how it goes.

/// Prints a line, for as long as somebody reads.
macro_rules! say {
    ($($text:tt)*) => {
        drop(std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{}\n", format_args!($($text)*))))
    };
}

mod story;

use std::error::Error;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo run -p video

Moves made-up users, meetings and logs from the tables that TypeORM made to new ones, on an empty database made for it, with
old and new code running all the while. It fails if anything is lost, or anybody is disturbed.

  --help          show this
  --migrate URL   the process that moves, and is killed: apply what is not applied, but contracts
";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let told = match arguments.as_slice() {
        [] => story::tell().await,
        ["--migrate", url] => story::mover::work(url).await,
        ["--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => {
            eprintln!("unknown arguments `{}`; expected none, or `--help`", arguments.join(" "));
            return ExitCode::from(2);
        }
    };
    match told {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&*error);
            ExitCode::FAILURE
        }
    }
}

fn report(error: &dyn Error) {
    eprintln!("{error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because {error}");
        cause = error.source();
    }
}
