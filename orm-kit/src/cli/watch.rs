//! What a migrator says while it works: lines, and for a person who watches one line that changes.

use super::output::{Output, print};
use crate::migrate::{Event, Progress};
use anstyle::{AnsiColor, Style};
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// How often a file is told how far something is.
const PLAIN: Duration = Duration::from_secs(10);

/// Tells a person, or a file, what a migrator does.
pub(super) struct Watch {
    output: Output,
    /// Somebody watches.
    is_terminal: bool,
    /// The line that changes is there.
    is_open: bool,
    said: Instant,
}

impl Watch {
    pub(super) fn new(output: Output) -> Self {
        let is_terminal = !output.is_json() && io::stderr().is_terminal();
        Watch { output, is_terminal, is_open: false, said: Instant::now() }
    }

    /// Writes the line that changes, short enough for any terminal; nothing clears it.
    fn change(&mut self, line: &str) {
        self.is_open = !line.is_empty();
        print(io::stderr(), format_args!("\r\x1b[2K{line}"));
    }
}

impl Progress for Watch {
    fn event(&mut self, event: Event<'_>) {
        match how_far(&event) {
            Some(line) if self.is_terminal => return self.change(&line),
            Some(_) if self.said.elapsed() < PLAIN => return,
            Some(_) => self.said = Instant::now(),
            None if self.is_open => self.change(""),
            None => {}
        }
        let style = style(&event);
        self.output.note(format_args!("{style}{event}{style:#}"));
    }
}

/// How far a statement is, in a few words.
fn how_far(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Batch { place: _, rows, of: Some(of) } => {
            Some(format!("  {rows} rows changed, of about {of}"))
        }
        Event::Batch { place: _, rows, of: None } => Some(format!("  {rows} rows changed")),
        Event::Building { place: _, phase, percent: Some(percent) } => {
            Some(format!("  {phase}, {percent} %"))
        }
        Event::Building { place: _, phase, percent: None } => Some(format!("  {phase}")),
        _ => None,
    }
}

fn style(event: &Event<'_>) -> Style {
    let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
    match event {
        Event::Begins { .. } => Style::new().bold(),
        Event::Applied { .. } | Event::Reverted { .. } => color(AnsiColor::Green),
        Event::Waiting { .. } | Event::Busy { .. } | Event::Contract { .. } | Event::Dropped { .. } => {
            color(AnsiColor::Yellow)
        }
        _ => Style::new(),
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if self.is_open {
            self.change("");
        }
    }
}
