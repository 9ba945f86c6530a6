//! What a command prints: lines for a person on the standard error and output, or one JSON value.

use super::args::Format;
use crate::error::Error;
use serde_json::{Value, json};
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

/// Where a command's words go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    format: Format,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It did what it was asked, or there was nothing to do.
    Done,
    /// Something differs, waits or needs a decision.
    Differs,
}

impl Outcome {
    pub(super) fn exit_code(self) -> ExitCode {
        match self {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::Differs => ExitCode::from(3),
        }
    }
}

/// Prints at once; a reader who has gone away, as `head` does, needs no answer.
pub(super) fn print(mut to: impl Write, text: fmt::Arguments<'_>) {
    let _ = to.write_fmt(text).and_then(|()| to.flush());
}

/// `1 migration`, `2 migrations`.
pub(super) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

impl Output {
    pub(super) fn new(format: Format) -> Self {
        Output { format }
    }

    pub(super) fn is_json(self) -> bool {
        self.format == Format::Json
    }

    /// Whether a person can be asked.
    pub(super) fn can_ask(self) -> bool {
        !self.is_json() && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// What goes on, for a person who watches.
    pub(super) fn note(self, line: impl std::fmt::Display) {
        if !self.is_json() {
            print(anstream::stderr(), format_args!("{line}\n"));
        }
    }

    /// The result, for a person or a file.
    pub(super) fn line(self, line: impl std::fmt::Display) {
        if !self.is_json() {
            print(anstream::stdout(), format_args!("{line}\n"));
        }
    }

    /// The result, for a program.
    pub(super) fn json(self, value: &Value) {
        if self.is_json() {
            print(io::stdout(), format_args!("{value}\n"));
        }
    }

    /// Why it failed, with everything below.
    pub(super) fn error(self, error: &Error) {
        let mut causes = Vec::new();
        let mut cause = std::error::Error::source(error);
        while let Some(error) = cause {
            causes.push(error.to_string());
            cause = error.source();
        }
        if self.is_json() {
            self.json(&json!({
                "status": "error",
                "message": error.to_string(),
                "causes": causes,
                "file": error.file(),
                "line": error.line(),
                "statement": error.statement(),
                "sqlstate": error.sqlstate(),
            }));
            return;
        }
        let style = anstyle::Style::new().bold().fg_color(Some(anstyle::AnsiColor::Red.into()));
        self.note(format_args!("{style}error{style:#}: {error}"));
        for cause in causes {
            self.note(format_args!("  because: {cause}"));
        }
    }

    /// Asks a question that is answered by one of `choices`, the first of which is what an empty line means.
    pub(super) fn ask(self, question: &str, choices: &[String]) -> Result<usize, Error> {
        let failed = |error| Error::new("the answer cannot be read").caused_by(error);
        loop {
            self.note(question);
            for (number, choice) in choices.iter().enumerate() {
                self.note(format_args!("  {}) {choice}", number + 1));
            }
            print(anstream::stderr(), format_args!("[1] "));
            let mut answer = String::new();
            if io::stdin().read_line(&mut answer).map_err(failed)? == 0 {
                return Err(Error::new("there is no answer"));
            }
            match answer.trim() {
                "" => return Ok(0),
                text => {
                    if let Some(number) = text.parse().ok().and_then(|number: usize| number.checked_sub(1))
                        && number < choices.len()
                    {
                        return Ok(number);
                    }
                }
            }
        }
    }
}
