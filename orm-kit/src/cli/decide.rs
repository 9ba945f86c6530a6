//! What the structs cannot say: hazards that are meant, decided by flags, hints or, on a terminal, by an answer.

use super::args::Decisions;
use super::hints::Hint;
use super::output::Output;
use crate::error::Error;
use crate::plan::{Hazard, HazardKind};
use serde_json::{Value, json};

/// What a person, or a program, has decided.
pub(super) struct Decided<'a> {
    pub(super) flags: &'a Decisions,
    pub(super) hints: Vec<Hint>,
}

impl<'a> Decided<'a> {
    pub(super) fn new(flags: &'a Decisions) -> Result<Self, Error> {
        let hints = flags.hints.as_deref().map(Hint::read).transpose()?.unwrap_or_default();
        Ok(Decided { flags, hints })
    }

    /// The hazards that nobody has said are meant.
    pub(super) fn refused<'h>(&self, hazards: impl IntoIterator<Item = &'h Hazard>) -> Vec<&'h Hazard> {
        let allowed = |hazard: &Hazard| {
            self.flags.allow.contains(&hazard.kind) || self.hints.iter().any(|hint| hint.allows(hazard))
        };
        hazards.into_iter().filter(|hazard| !allowed(hazard)).collect()
    }
}

/// Whether a person agrees to what is not allowed yet.
pub(super) fn agree(refused: &[&Hazard], output: Output) -> Result<bool, Error> {
    for Hazard { kind, object, message } in refused {
        output.note(format_args!("{kind}: {object}: {message}"));
    }
    let kinds: Vec<HazardKind> = refused.iter().map(|hazard| hazard.kind).collect();
    is_meant(&kinds, hazards(refused), output)
}

/// Whether a person agrees to hazards of these kinds, which they were told of; a program is told in `hazards`.
pub(super) fn is_meant(kinds: &[HazardKind], hazards: Vec<Value>, output: Output) -> Result<bool, Error> {
    if output.can_ask() {
        let choices = ["no, stop".to_owned(), "yes, go on".to_owned()];
        return Ok(output.ask("is this meant?", &choices)? == 1);
    }
    let mut kinds = kinds.to_vec();
    kinds.sort();
    kinds.dedup();
    let kinds: Vec<_> = kinds.iter().map(ToString::to_string).collect();
    output.note(format_args!("nothing is done; if this is meant, say `--allow {}`", kinds.join(",")));
    output.json(&json!({ "status": "refused", "hazards": hazards }));
    Ok(false)
}

/// Hazards for a program.
pub(super) fn hazards(hazards: &[&Hazard]) -> Vec<Value> {
    let value = |hazard: &&Hazard| {
        let Hazard { kind, object, message } = hazard;
        json!({
            "kind": kind.to_string(),
            "object": object.to_string(),
            "message": message,
            "answers": [Hint::allow(hazard)],
        })
    };
    hazards.iter().map(value).collect()
}
