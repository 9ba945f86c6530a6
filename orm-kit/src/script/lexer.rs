//! SQL text to tokens, by the rules of PostgreSQL's own lexer (`src/backend/parser/scan.l`).

use std::ops::Range;

/// A piece of the text; together they are the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) range: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Space,
    LineComment,
    BlockComment,
    /// A key word or a name without quotes.
    Word,
    /// A name in double quotes.
    Quoted,
    Number,
    /// `'..'` or `E'..'`; what else stands before a string is a word.
    Text,
    /// `$tag$ .. $tag$`.
    Dollar,
    Semicolon,
    Open,
    Close,
    Dot,
    Comma,
    /// One character of an operator, or something that is no SQL.
    Other,
}

impl TokenKind {
    /// Space or a comment.
    pub(crate) fn is_blank(self) -> bool {
        matches!(self, TokenKind::Space | TokenKind::LineComment | TokenKind::BlockComment)
    }
}

/// Something has no end: where it begins, what it is, and what would end it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unended {
    pub(crate) start: usize,
    pub(crate) what: &'static str,
    pub(crate) end: String,
}

/// All tokens of the text.
pub(crate) fn lex(text: &str) -> Result<Vec<Token>, Unended> {
    let lexer = Lexer { text, bytes: text.as_bytes() };
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(byte) = lexer.byte(at) {
        let (kind, end) = lexer.token(at, byte)?;
        tokens.push(Token { kind, range: at..end });
        at = end;
    }
    Ok(tokens)
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
}

impl Lexer<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// The end of the bytes from `at` on that are all `like` that.
    fn while_(&self, at: usize, like: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|byte| like(**byte)).count()
    }

    fn token(&self, at: usize, byte: u8) -> Result<(TokenKind, usize), Unended> {
        let next = self.byte(at + 1);
        Ok(match byte {
            _ if is_space(byte) => (TokenKind::Space, self.while_(at, is_space)),
            b'-' if next == Some(b'-') => (TokenKind::LineComment, self.line_end(at)),
            b'/' if next == Some(b'*') => (TokenKind::BlockComment, self.block_comment(at)?),
            b'\'' => (TokenKind::Text, self.quoted(at, at, b'\'', false)?),
            b'e' | b'E' if next == Some(b'\'') => (TokenKind::Text, self.escape_string(at)?),
            b'"' => (TokenKind::Quoted, self.quoted(at, at, b'"', false)?),
            b'$' => self.dollar(at)?,
            b'0'..=b'9' => (TokenKind::Number, self.while_(at, |byte| byte.is_ascii_digit() || byte == b'_')),
            _ if is_word_start(byte) => (TokenKind::Word, self.while_(at, is_word)),
            b';' => (TokenKind::Semicolon, at + 1),
            b'(' => (TokenKind::Open, at + 1),
            b')' => (TokenKind::Close, at + 1),
            b'.' => (TokenKind::Dot, at + 1),
            b',' => (TokenKind::Comma, at + 1),
            _ => (TokenKind::Other, at + 1),
        })
    }

    fn line_end(&self, at: usize) -> usize {
        self.while_(at, |byte| byte != b'\n' && byte != b'\r')
    }

    /// They nest.
    fn block_comment(&self, start: usize) -> Result<usize, Unended> {
        let mut depth = 1_usize;
        let mut at = start + 2;
        while let Some(byte) = self.byte(at) {
            match (byte, self.byte(at + 1)) {
                (b'/', Some(b'*')) => (depth, at) = (depth + 1, at + 2),
                (b'*', Some(b'/')) if depth == 1 => return Ok(at + 2),
                (b'*', Some(b'/')) => (depth, at) = (depth - 1, at + 2),
                _ => at += 1,
            }
        }
        Err(Unended { start, what: "comment", end: "*/".to_owned() })
    }

    /// The end of what the quote at `open` opens, as part of the token at `start`.
    fn quoted(&self, start: usize, open: usize, quote: u8, escapes: bool) -> Result<usize, Unended> {
        let mut at = open + 1;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'\\' if escapes => at += 2,
                _ if byte != quote => at += 1,
                _ if self.byte(at + 1) == Some(quote) => at += 2,
                _ => return Ok(at + 1),
            }
        }
        let what = if quote == b'"' { "name" } else { "string" };
        Err(Unended { start, what, end: char::from(quote).to_string() })
    }

    /// `E'..'`: its backslashes escape, also those of the pieces that follow on lines of their own.
    fn escape_string(&self, start: usize) -> Result<usize, Unended> {
        let mut open = start + 1;
        loop {
            let end = self.quoted(start, open, b'\'', true)?;
            let Some(continued) = self.continuation(end) else { return Ok(end) };
            open = continued;
        }
    }

    /// The quote that goes on with a string that has been closed at `end`.
    fn continuation(&self, end: usize) -> Option<usize> {
        let (mut at, mut line_feed) = (end, false);
        loop {
            match self.byte(at)? {
                b'-' if self.byte(at + 1) == Some(b'-') => at = self.line_end(at),
                byte if is_space(byte) => {
                    (line_feed, at) = (line_feed || matches!(byte, b'\n' | b'\r'), at + 1)
                }
                b'\'' if line_feed => return Some(at),
                _ => return None,
            }
        }
    }

    /// A dollar-quoted string, or the dollar of a parameter.
    fn dollar(&self, start: usize) -> Result<(TokenKind, usize), Unended> {
        let first = self.byte(start + 1);
        let tag_end = self.while_(start + 1, |byte| is_word(byte) && byte != b'$');
        let is_tag = first == Some(b'$') || first.is_some_and(is_word_start);
        if !is_tag || self.byte(tag_end) != Some(b'$') {
            return Ok((TokenKind::Other, start + 1));
        }
        let tag = self.text.get(start..=tag_end).unwrap_or_default();
        let body = self.text.get(tag_end + 1..).unwrap_or_default();
        match body.find(tag) {
            Some(length) => Ok((TokenKind::Dollar, tag_end + 1 + length + tag.len())),
            None => Err(Unended { start, what: "dollar-quoted string", end: tag.to_owned() }),
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii()
}

fn is_word(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit() || byte == b'$'
}
