//! Answers in a file, for programs: what `--rename`, `--no-renames` and `--allow` say, object by object.

use crate::error::Error;
use crate::plan::Hazard;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs;
use std::io::{self, Read};

/// One answer, as the question that it answers gives it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Hint {
    /// It is the same under another name.
    Rename { kind: String, from: String, to: String },
    /// It is new.
    Create { kind: String, name: String },
    /// This hazard of this object is meant.
    Allow { hazard: String, object: String },
}

impl Hint {
    /// Reads a file, `-` for the standard input.
    pub(super) fn read(file: &str) -> Result<Vec<Hint>, Error> {
        let mut text = String::new();
        let read = match file {
            "-" => io::stdin().read_to_string(&mut text).map(drop),
            file => fs::read_to_string(file).map(|found| text = found),
        };
        read.map_err(|error| Error::new("the hints cannot be read").in_file(file).caused_by(error))?;
        serde_json::from_str(&text).map_err(|error| {
            Error::new("found something that is no list of hints")
                .in_file(file)
                .at_line(error.line())
                .caused_by(error)
                .advise("give a list of the `answers` that `--output json` prints with its questions")
        })
    }

    pub(super) fn rename(kind: &str, from: &str, to: &str) -> Value {
        json!({ "type": "rename", "kind": kind, "from": from, "to": to })
    }

    pub(super) fn create(kind: &str, name: &str) -> Value {
        json!({ "type": "create", "kind": kind, "name": name })
    }

    pub(super) fn allow(Hazard { kind, object, message: _ }: &Hazard) -> Value {
        json!({ "type": "allow", "hazard": kind.to_string(), "object": object.to_string() })
    }

    /// Whether it says that this is meant.
    pub(super) fn allows(&self, of: &Hazard) -> bool {
        match self {
            Hint::Allow { hazard, object } => {
                *hazard == of.kind.to_string() && *object == of.object.to_string()
            }
            Hint::Rename { .. } | Hint::Create { .. } => false,
        }
    }
}
