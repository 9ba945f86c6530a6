//! Who applies the migrations: this process, or one of its own that can be killed.

use super::{Told, grouped};
use orm_kit::migrate::Event;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use tokio::task::spawn_blocking;
use video::migrations::until;

/// The step that the first process does not survive.
const KILLED_IN: &str = "rooms";

/// Applies them here, and says what was done.
pub(crate) async fn apply(url: &str, name: &str) -> Told {
    let mut say = |event: Event<'_>| {
        if let Event::Applied { .. } = event {
            say!("  {event}");
        }
    };
    until(name, url)?.contract(name.ends_with("contract")).run(&mut say).await?;
    Ok(())
}

/// What the other process does: all but the contract, with a line for the first batch of a step, and then for each that
/// has come a good deal further.
pub(crate) async fn work(url: &str) -> Told {
    let mut said = (0, 0);
    let mut say = |event: Event<'_>| match &event {
        Event::Batch { place, rows, of: Some(of) } => {
            let (position, before) = said;
            if position != place.line || *rows >= before + of / 4 {
                let step = place.sql.split_whitespace().nth(3).unwrap_or(place.sql);
                say!("{step}: {} of about {}", grouped(rows), grouped(of));
                said = (place.line, *rows);
            }
        }
        Event::Applied { .. } => say!("{event}"),
        _ => {}
    };
    until("move", url)?.run(&mut say).await?;
    Ok(())
}

/// Starts a process, and kills it when it has begun with [`KILLED_IN`], which it gives.
pub(crate) async fn start_and_kill(url: &str) -> Told<&'static str> {
    let (mut child, lines) = start(url)?;
    spawn_blocking(move || {
        for line in lines.lines() {
            let line = line?;
            say!("    {line}");
            if line.starts_with(KILLED_IN) {
                child.kill()?;
                child.wait()?;
                return Ok(KILLED_IN);
            }
        }
        Err("the process has ended before it could be killed".into())
    })
    .await?
}

/// Starts another process, which must begin with the step that the one before was at.
pub(crate) async fn finish(url: &str, at: &'static str) -> Told {
    let (mut child, lines) = start(url)?;
    spawn_blocking(move || {
        let mut first = true;
        for line in lines.lines() {
            let line = line?;
            say!("    {line}");
            if first && !line.starts_with(at) {
                return Err(format!("it does not go on with `{at}`").into());
            }
            first = false;
        }
        if child.wait()?.success() { Ok(()) } else { Err("the process has failed".into()) }
    })
    .await?
}

fn start(url: &str) -> Told<(Child, BufReader<ChildStdout>)> {
    let program = std::env::current_exe()?;
    let mut child = Command::new(program).args(["--migrate", url]).stdout(Stdio::piped()).spawn()?;
    let lines = child.stdout.take().ok_or("the process says nothing")?;
    Ok((child, BufReader::new(lines)))
}
