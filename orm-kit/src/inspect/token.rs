//! The words of an SQL text, as far as telling names from strings needs it.

/// A piece of a text; all of them together are the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword, in quotes or not.
    Word,
    /// A string in single quotes.
    String,
    /// A string in single quotes behind an `e`: backslashes escape.
    EscapeString,
    /// A number, one character of punctuation or space, or what is not looked into: a comment, a string in dollar quotes.
    Other,
}

/// Takes `sql` apart; what has no end is one piece to the end of the text.
pub(super) fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let escape =
            tokens.last().is_some_and(|last| last.kind == Kind::Word && last.text.eq_ignore_ascii_case("e"));
        let (kind, length) = match first {
            '"' => (Kind::Word, quoted(rest, '"', false)),
            '\'' if escape => (Kind::EscapeString, quoted(rest, '\'', true)),
            '\'' => (Kind::String, quoted(rest, '\'', false)),
            '$' => (Kind::Other, dollar(rest).unwrap_or(1)),
            '-' if rest.starts_with("--") => (Kind::Other, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (Kind::Other, comment(rest)),
            first if first.is_ascii_digit() => (Kind::Other, while_(rest, |c| is_in_word(c) || c == '.')),
            first if is_in_word(first) => (Kind::Word, while_(rest, |c| is_in_word(c) || c == '$')),
            first => (Kind::Other, first.len_utf8()),
        };
        let Some((text, behind)) = rest.split_at_checked(length) else { break };
        tokens.push(Token { kind, text });
        rest = behind;
    }
    tokens
}

/// What a word names: `"Worker"` is `Worker`, `Worker` is `worker`.
pub(super) fn name_of(word: &str) -> String {
    match word.strip_prefix('"').and_then(|word| word.strip_suffix('"')) {
        Some(inside) => inside.replace("\"\"", "\""),
        None => word.to_lowercase(),
    }
}

fn is_in_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_' || !char.is_ascii()
}

fn while_(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|char| !belongs(char)).unwrap_or(text.len())
}

/// The length of what stands in quotes at the beginning; a doubled quote is none.
fn quoted(text: &str, quote: char, escapes: bool) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, char)) = chars.next() {
        if char == '\\' && escapes {
            chars.next();
        } else if char == quote && chars.next_if(|(_, next)| *next == quote).is_none() {
            return at + quote.len_utf8();
        }
    }
    text.len()
}

/// The length of the string in dollar quotes at the beginning, if it is one.
fn dollar(text: &str) -> Option<usize> {
    let (tag, _) = text.get(1..)?.split_once('$')?;
    let is_tag = tag.chars().all(is_in_word) && !tag.starts_with(|char: char| char.is_ascii_digit());
    let quote = is_tag.then(|| format!("${tag}$"))?;
    let end = text.get(quote.len()..)?.find(&quote);
    Some(end.map_or(text.len(), |end| end + 2 * quote.len()))
}

/// The length of the comment at the beginning; comments nest.
fn comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        if char == '/' && chars.next_if(|(_, next)| *next == '*').is_some() {
            depth += 1;
        } else if char == '*' && chars.next_if(|(_, next)| *next == '/').is_some() {
            depth -= 1;
            if depth == 0 {
                return at + 2;
            }
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(sql: &str) -> Vec<&str> {
        tokens(sql).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn names_strings_and_comments_are_one_piece_each() {
        assert_eq!(
            pieces(r#"a."b""c" 'it''s' e'\'' $1 $x$ ' $x$ 1.5e3 -- '"#),
            [
                "a",
                ".",
                r#""b""c""#,
                " ",
                "'it''s'",
                " ",
                "e",
                r"'\''",
                " ",
                "$",
                "1",
                " ",
                "$x$ ' $x$",
                " ",
                "1.5e3",
                " ",
                "-- '"
            ]
        );
        assert_eq!(pieces("/* /* */ ' */é1$ 'a"), ["/* /* */ ' */", "é1$", " ", "'a"]);
    }

    #[test]
    fn a_name_is_what_postgresql_takes_it_for() {
        assert_eq!(name_of("Worker"), "worker");
        assert_eq!(name_of(r#""Wor""ker""#), "Wor\"ker");
    }
}
