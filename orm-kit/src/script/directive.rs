//! What a comment `-- mizzle: ..` says.

use super::cursor::Cursor;
use super::lexer::TokenKind;
use crate::error::Error;
use crate::plan::Mode;

/// What a directive asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Directive {
    /// A segment begins.
    Segment(Mode),
    /// The migration takes away what code of before it may still use.
    Contract,
    /// There is no way back, and why.
    Irreversible(String),
    /// The migration stands for this one, which is no longer there.
    Replaces(String),
    /// A hazard or a rule of the linter that a person accepts, and why.
    Allow(Allow),
}

/// Something that a person accepts: the word of a hazard, or a rule of the linter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The word.
    pub word: String,
    /// Why it is right here; empty if nobody said.
    pub reason: String,
}

/// The directive of this comment, if it is one.
pub(crate) fn directive(comment: &str) -> Result<Option<Directive>, Error> {
    let Some(words) = comment.trim_start_matches('-').trim().strip_prefix("mizzle:") else { return Ok(None) };
    let words = words.trim();
    let (first, reason) = match words.split_once(':') {
        Some((first, reason)) => (first.trim(), reason.trim().to_owned()),
        None => (words, String::new()),
    };
    Ok(Some(match first.split_whitespace().collect::<Vec<_>>().as_slice() {
        ["transaction"] => Directive::Segment(Mode::Transaction),
        ["no", "transaction"] => Directive::Segment(Mode::Direct),
        ["contract"] => Directive::Contract,
        ["irreversible"] => Directive::Irreversible(reason),
        ["replaces", name] => Directive::Replaces((*name).to_owned()),
        ["allow", word] => Directive::Allow(Allow { word: (*word).to_owned(), reason }),
        ["batches", ..] => Directive::Segment(batches(words)?),
        ["step", ..] => Directive::Segment(step(words)?),
        _ => {
            return Err(Error::new(format!(
                "unknown directive `{words}`; expected one of `transaction`, `no transaction`, \
                 `batches by <table> (<key>)`, `step <function> of <table>`, `contract`, `allow <rule>: <reason>`, `irreversible: <reason>`, \
                 `replaces <migration>`"
            )));
        }
    }))
}

/// `batches by "public"."workers" ("id")`.
fn batches(words: &str) -> Result<Mode, Error> {
    let mut cursor = Cursor::new(words);
    let by = cursor.eat("batches by");
    let table = cursor.name().filter(|_| by);
    let open = cursor.eat_kind(TokenKind::Open);
    let key = cursor.names();
    let closed = cursor.eat_kind(TokenKind::Close) && cursor.is_at_end();
    match table {
        Some(table) if open && closed && !key.is_empty() => Ok(Mode::Batches { table, key }),
        _ => Err(Error::new(format!(
            "found `{words}`; expected the table and the columns of its key, as in \
             `batches by \"public\".\"workers\" (\"id\")`"
        ))),
    }
}

/// `step usernames of "public"."users"`, or without the table.
fn step(words: &str) -> Result<Mode, Error> {
    let mut cursor = Cursor::new(words);
    let is_step = cursor.eat("step");
    let name = cursor.name().filter(|name| is_step && !name.contains('.'));
    let table = if cursor.eat("of") { cursor.name().map(Some) } else { Some(None) };
    match (name, table) {
        (Some(name), Some(table)) if cursor.is_at_end() => Ok(Mode::Step { name, table }),
        _ => Err(Error::new(format!(
            "found `{words}`; expected the name of a function and of the table that it goes through, as in \
             `step usernames of public.users`"
        ))),
    }
}
