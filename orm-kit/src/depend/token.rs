//! SQL text as tokens that are the whole of it when put together again.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Space or a comment.
    Blank,
    /// A name or a word of the grammar.
    Word,
    /// A name in double quotes.
    Quoted,
    /// A literal in single quotes.
    Literal,
    /// A literal between dollars.
    Dollars,
    /// A number, an operator, punctuation.
    Other,
}

/// A piece of SQL text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: TokenKind,
    pub(crate) text: &'a str,
}

impl Token<'_> {
    /// The name that it is, folded as SQL folds it.
    pub(crate) fn name(&self) -> Option<String> {
        match self.kind {
            TokenKind::Word => Some(self.text.to_ascii_lowercase()),
            TokenKind::Quoted => {
                let inner = self.text.strip_prefix('"')?;
                Some(inner.strip_suffix('"').unwrap_or(inner).replace("\"\"", "\""))
            }
            _ => None,
        }
    }
}

/// The tokens of `text`; what does not end, ends with it.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = token(rest, first);
        let (text, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        tokens.push(Token { kind, text });
        rest = after;
    }
    tokens
}

/// The kind and the length of the token that `text` begins with.
fn token(text: &str, first: char) -> (TokenKind, usize) {
    use TokenKind::{Blank, Dollars, Literal, Other, Quoted, Word};
    let run = |of: fn(char) -> bool| text.find(|char| !of(char)).unwrap_or(text.len());
    match first {
        _ if first.is_whitespace() => (Blank, run(char::is_whitespace)),
        '-' if text.starts_with("--") => (Blank, text.find('\n').unwrap_or(text.len())),
        '/' if text.starts_with("/*") => (Blank, comment(text)),
        '\'' => (Literal, quoted(text, '\'', false)),
        'e' | 'E' if text.chars().nth(1) == Some('\'') => {
            (Literal, 1 + quoted(text.trim_start_matches(['e', 'E']), '\'', true))
        }
        '"' => (Quoted, quoted(text, '"', false)),
        '$' => dollars(text).map_or((Other, 1), |length| (Dollars, length)),
        _ if begins_name(first) => (Word, run(continues_name)),
        _ if first.is_ascii_digit() => (Other, run(|char| char.is_ascii_alphanumeric() || char == '_')),
        _ => (Other, first.len_utf8()),
    }
}

fn begins_name(char: char) -> bool {
    char.is_alphabetic() || char == '_' || !char.is_ascii()
}

fn continues_name(char: char) -> bool {
    begins_name(char) || char.is_ascii_digit() || char == '$'
}

/// The length of what stands between two of `quote`, which is doubled inside.
fn quoted(text: &str, quote: char, backslashes: bool) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, char)) = chars.next() {
        if char == '\\' && backslashes {
            chars.next();
        } else if char == quote && chars.next_if(|(_, next)| *next == quote).is_none() {
            return at + quote.len_utf8();
        }
    }
    text.len()
}

/// The length of a comment, those inside it included.
fn comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        if char == '/' && chars.next_if(|(_, next)| *next == '*').is_some() {
            depth += 1;
        } else if char == '*' && chars.next_if(|(_, next)| *next == '/').is_some() {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at + 2;
            }
        }
    }
    text.len()
}

/// The length of `$tag$ .. $tag$`, or `None` if the dollar begins something else.
fn dollars(text: &str) -> Option<usize> {
    let (tag, _) = text.strip_prefix('$')?.split_once('$')?;
    let is_tag = tag.is_empty()
        || (tag.starts_with(begins_name) && tag.chars().all(|char| continues_name(char) && char != '$'));
    let quote = text.get(..tag.len() + 2).filter(|_| is_tag)?;
    let body = text.strip_prefix(quote)?;
    Some(body.find(quote).map_or(text.len(), |end| quote.len() * 2 + end))
}

#[cfg(test)]
mod tests {
    use super::TokenKind::{Blank, Dollars, Literal, Other, Quoted, Word};
    use super::{Token, tokens};

    #[track_caller]
    fn check(text: &str, expected: &[(super::TokenKind, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(kind, text)| Token { kind: *kind, text }).collect();
        assert_eq!(tokens(text), expected);
    }

    #[test]
    fn every_kind_is_told() {
        check("a.\"b\"\"c\"", &[(Word, "a"), (Other, "."), (Quoted, "\"b\"\"c\"")]);
        check("'it''s' E'it\\'s'", &[(Literal, "'it''s'"), (Blank, " "), (Literal, "E'it\\'s'")]);
        check("$a$ $b$ $a$$1", &[(Dollars, "$a$ $b$ $a$"), (Other, "$"), (Other, "1")]);
        check(
            "/* /* */ */x--y\nz",
            &[(Blank, "/* /* */ */"), (Word, "x"), (Blank, "--y"), (Blank, "\n"), (Word, "z")],
        );
        check("12_000e3::ärger", &[(Other, "12_000e3"), (Other, ":"), (Other, ":"), (Word, "ärger")]);
    }

    #[test]
    fn what_does_not_end_ends_with_the_text() {
        for text in ["'a", "E'a\\", "\"a", "$$ a", "/* a", "$a", "e", "-", "/"] {
            assert_eq!(tokens(text).iter().map(|token| token.text).collect::<String>(), text);
        }
    }

    #[test]
    fn names_are_folded_unless_quoted() {
        let names: Vec<_> = tokens("Workers \"Workers\" 'x' 1").iter().filter_map(Token::name).collect();
        assert_eq!(names, ["workers", "Workers"]);
    }
}
