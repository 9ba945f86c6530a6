//! Text to statements: where each begins and ends.

use super::lexer::{Token, TokenKind, lex};
use crate::error::Error;
use std::ops::Range;

/// A statement and what is around it; the pieces of a text, put together, are the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Space and comments before it.
    pub(crate) before: Range<usize>,
    /// From its first token to its last; empty where there is no statement.
    pub(crate) body: Range<usize>,
    /// Space and comments behind it, and the semicolon.
    pub(crate) after: Range<usize>,
    /// The line comments in the three of them.
    pub(crate) comments: Vec<Range<usize>>,
}

/// The statements of the text.
pub(crate) fn split(text: &str) -> Result<Vec<Piece>, Error> {
    let fail = |at: usize, message: String| Err(Error::new(message).at_line(line(text, at)));
    if let Some(at) = text.find('\0') {
        return fail(at, "found a NUL character; PostgreSQL takes none, remove it".to_owned());
    }
    let tokens = match lex(text) {
        Ok(tokens) => tokens,
        Err(unended) => {
            let (what, end) = (unended.what, unended.end);
            let message = format!("the {what} that begins here has no end; close it with `{end}`");
            return fail(unended.start, message);
        }
    };
    let mut splitter = Splitter { text, pieces: Vec::new(), open: Vec::new(), statement: Statement::at(0) };
    for token in &tokens {
        if token.kind == TokenKind::Other && text.get(token.range.clone()) == Some("\\") {
            let rest = text.get(token.range.start..).unwrap_or_default();
            let command = rest.split_whitespace().next().unwrap_or_default();
            return fail(
                token.range.start,
                format!(
                    "`{command}` is a command of psql, which the server does not know; write SQL in its place"
                ),
            );
        }
        splitter.take(token);
    }
    if let Some(at) = splitter.open.first() {
        return fail(*at, "the parenthesis that opens here is not closed; add a `)`".to_owned());
    }
    if splitter.statement.depth > 0 {
        let at = splitter.statement.body.start;
        return fail(at, "the `begin atomic` of this statement has no `end`; add `end;`".to_owned());
    }
    splitter.end(text.len());
    Ok(splitter.pieces)
}

/// The line of a place, counted from one.
pub(crate) fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

struct Splitter<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
    /// Where the parentheses begin that are open.
    open: Vec<usize>,
    statement: Statement,
}

/// The statement that is being read.
struct Statement {
    start: usize,
    body: Range<usize>,
    comments: Vec<Range<usize>>,
    /// Its first words, in lower case.
    words: Vec<String>,
    /// The token before, in lower case.
    last: String,
    /// How many `end`s there are to come of `begin atomic` and the `case`s in it.
    depth: usize,
}

impl Statement {
    fn at(start: usize) -> Self {
        let (comments, words, last) = (Vec::new(), Vec::new(), String::new());
        Statement { start, body: start..start, comments, words, last, depth: 0 }
    }

    /// Only a routine has a body of statements.
    fn is_routine(&self) -> bool {
        let mut words = self.words.iter().map(String::as_str);
        let rest = match (words.next(), words.next()) {
            (Some("create"), Some("or")) => (words.next(), words.next()).1,
            (Some("create"), second) => second,
            _ => None,
        };
        matches!(rest, Some("function" | "procedure"))
    }
}

impl Splitter<'_> {
    fn take(&mut self, token: &Token) {
        match token.kind {
            TokenKind::LineComment => return self.statement.comments.push(token.range.clone()),
            kind if kind.is_blank() => return,
            TokenKind::Semicolon if self.open.is_empty() && self.statement.depth == 0 => {
                return self.end(token.range.end);
            }
            TokenKind::Open => self.open.push(token.range.start),
            TokenKind::Close => drop(self.open.pop()),
            _ => {}
        }
        let statement = &mut self.statement;
        if statement.body.is_empty() {
            statement.body.start = token.range.start;
        }
        statement.body.end = token.range.end;
        let word = self.text.get(token.range.clone()).unwrap_or_default().to_ascii_lowercase();
        if token.kind == TokenKind::Word {
            if statement.words.len() < 4 {
                statement.words.push(word.clone());
            }
            // Behind these two it is a name.
            let is_name = matches!(statement.last.as_str(), "." | "as");
            match word.as_str() {
                _ if !self.open.is_empty() => {}
                "atomic" if statement.last == "begin" && statement.is_routine() => statement.depth += 1,
                "case" if statement.depth > 0 && !is_name => statement.depth += 1,
                "end" if !is_name => statement.depth = statement.depth.saturating_sub(1),
                _ => {}
            }
        }
        statement.last = word;
    }

    fn end(&mut self, end: usize) {
        let done = std::mem::replace(&mut self.statement, Statement::at(end));
        let body = if done.body.is_empty() { end..end } else { done.body };
        // A semicolon of nothing belongs to what is behind the nothing.
        let piece =
            Piece { before: done.start..body.start, after: body.end..end, body, comments: done.comments };
        if done.start < end {
            self.pieces.push(piece);
        }
    }
}
