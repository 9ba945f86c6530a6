//! Sequences, and what they and identity columns can be told.

use super::comment;
use super::words::qualified;
use crate::catalog::{Name, Sequence, SequenceOptions};
use orm_core::sql::quote_ident;

/// `create sequence`; its owner is not said, as the owner may be younger: [`set_owner`].
pub fn create(sequence: &Sequence) -> Vec<String> {
    let Sequence { name, ty, options: counts, owned_by: _, comment } = sequence;
    let name = qualified(name);
    let words: String = options(counts).iter().map(|word| format!(" {word}")).collect();
    let mut statements = vec![format!("create sequence {name} as {ty}{words}")];
    statements.extend(comment::create(&format!("sequence {name}"), comment.as_ref()));
    statements
}

/// `drop sequence`.
pub fn drop(name: &Name) -> String {
    format!("drop sequence {}", qualified(name))
}

/// `alter sequence .. owned by`.
pub fn set_owner(name: &Name, owner: Option<&(Name, String)>) -> String {
    let owner = match owner {
        Some((table, column)) => format!("{}.{}", qualified(table), quote_ident(column)),
        None => "none".to_owned(),
    };
    format!("alter sequence {} owned by {owner}", qualified(name))
}

/// What makes `to` from `from`. The next value stays what it is, so that it fails if that is outside the new bounds.
pub fn alter(from: &Sequence, to: &Sequence) -> Vec<String> {
    let Sequence { name, ty, options: counts, owned_by, comment } = to;
    let quoted = qualified(name);
    let mut words = Vec::new();
    if from.ty != *ty {
        words.push(format!("as {ty}"));
    }
    words.extend(changed_options(&from.options, counts));
    let mut statements = Vec::new();
    if !words.is_empty() {
        statements.push(format!("alter sequence {quoted} {}", words.join(" ")));
    }
    if from.owned_by != *owned_by {
        statements.push(set_owner(name, owned_by.as_ref()));
    }
    let what = format!("sequence {quoted}");
    statements.extend(comment::alter(&what, from.comment.as_ref(), comment.as_ref()));
    statements
}

/// The words of what is asked for.
pub(super) fn options(options: &SequenceOptions) -> Vec<String> {
    let SequenceOptions { increment, min, max, start, cache, cycle } = options;
    let number = |word: &str, value: &Option<i64>| value.map(|value| format!("{word} {value}"));
    let mut words = Vec::new();
    words.extend(number("increment by", increment));
    words.extend(number("minvalue", min));
    words.extend(number("maxvalue", max));
    words.extend(number("start with", start));
    words.extend(number("cache", cache));
    words.extend(cycle.then(|| "cycle".to_owned()));
    words
}

/// The words of what differs; what is no longer asked for is put back to its default.
pub(super) fn changed_options(from: &SequenceOptions, to: &SequenceOptions) -> Vec<String> {
    let SequenceOptions { increment, min, max, start, cache, cycle } = to;
    let descending = increment.is_some_and(|step| step < 0);
    let first = if descending { max.unwrap_or(-1) } else { min.unwrap_or(1) };
    let number = |word: &str, value: &Option<i64>, default: String| {
        value.map_or(default, |value| format!("{word} {value}"))
    };
    let mut words = Vec::new();
    if from.increment != *increment {
        words.push(number("increment by", increment, "increment by 1".to_owned()));
    }
    if from.min != *min {
        words.push(number("minvalue", min, "no minvalue".to_owned()));
    }
    if from.max != *max {
        words.push(number("maxvalue", max, "no maxvalue".to_owned()));
    }
    // A first value that nobody asked for follows the bounds when the sequence is made, and no more.
    let bounds = (from.increment, from.min, from.max) != (*increment, *min, *max);
    if from.start != *start || (start.is_none() && bounds) {
        words.push(number("start with", start, format!("start with {first}")));
    }
    if from.cache != *cache {
        words.push(number("cache", cache, "cache 1".to_owned()));
    }
    if from.cycle != *cycle {
        words.push(if *cycle { "cycle" } else { "no cycle" }.to_owned());
    }
    words
}
