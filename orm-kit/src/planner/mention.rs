//! Which names an SQL text mentions, and the text with one of them changed.
//!
//! It reads words, not grammar: a name that means something else counts as mentioned, so that what is called free of
//! a column is.

use orm_core::sql::quote_ident;

/// A piece of an SQL text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    /// A word as written, unquoted.
    Word(&'a str),
    /// A quoted name, with its quotes.
    Quoted(&'a str),
    /// What is neither: strings, comments, numbers, signs.
    Other(&'a str),
}

impl Piece<'_> {
    fn is_blank(&self) -> bool {
        matches!(self, Piece::Other(text) if text.trim().is_empty())
    }

    fn is(&self, name: &str) -> bool {
        match self {
            Piece::Word(word) => word.to_lowercase() == name,
            Piece::Quoted(quoted) => *quoted == quote_ident(name),
            Piece::Other(_) => false,
        }
    }
}

/// Whether `sql` has the name `name` in it, quoted or not.
pub(super) fn mentions(sql: &str, name: &str) -> bool {
    pieces(sql).iter().any(|piece| piece.is(name))
}

/// Whether `sql` takes all columns of something: `*` behind `select`, a comma or a dot.
pub(super) fn takes_all_columns(sql: &str) -> bool {
    let mut before = "";
    for piece in pieces(sql) {
        let text = match piece {
            Piece::Word(text) | Piece::Quoted(text) | Piece::Other(text) => text,
        };
        if text == "*" && (before.eq_ignore_ascii_case("select") || matches!(before, "," | "." | "distinct")) {
            return true;
        }
        if !text.trim().is_empty() {
            before = text;
        }
    }
    false
}

/// `sql` with `to` wherever `from` is mentioned.
pub(super) fn replaced(sql: &str, from: &str, to: &str) -> String {
    pieces(sql)
        .iter()
        .map(|piece| match piece {
            piece if piece.is(from) => quote_ident(to),
            Piece::Word(text) | Piece::Quoted(text) | Piece::Other(text) => (*text).to_owned(),
        })
        .collect()
}

/// The functions that `sql` calls, and other words before parentheses, as written.
pub(super) fn calls(sql: &str) -> Vec<&str> {
    let pieces: Vec<_> = pieces(sql).into_iter().filter(|piece| !piece.is_blank()).collect();
    let next = pieces.iter().skip(1);
    let called = pieces.iter().zip(next).filter(|(_, next)| **next == Piece::Other("("));
    called
        .filter_map(|(piece, _)| match piece {
            Piece::Word(text) | Piece::Quoted(text) => Some(*text),
            Piece::Other(_) => None,
        })
        .collect()
}

fn pieces<'a>(mut sql: &'a str) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    while let Some(first) = sql.chars().next() {
        let (length, make): (usize, fn(&'a str) -> Piece<'a>) = if let Some(length) = string(sql) {
            (length, Piece::Other)
        } else if first == '"' {
            (closed(sql, 1, '"'), Piece::Quoted)
        } else if first.is_alphabetic() || first == '_' {
            (sql.find(|char: char| !is_word(char)).unwrap_or(sql.len()), Piece::Word)
        } else if first.is_ascii_digit() {
            (sql.find(|char: char| !is_word(char)).unwrap_or(sql.len()), Piece::Other)
        } else {
            (first.len_utf8(), Piece::Other)
        };
        let Some((piece, rest)) = sql.split_at_checked(length) else {
            pieces.push(Piece::Other(sql));
            break;
        };
        pieces.push(make(piece));
        sql = rest;
    }
    pieces
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_' || char == '$'
}

/// The length of the string or comment that `sql` begins with.
fn string(sql: &str) -> Option<usize> {
    if sql.starts_with("--") {
        return Some(sql.find('\n').unwrap_or(sql.len()));
    }
    if let Some(rest) = sql.strip_prefix("/*") {
        return Some(rest.find("*/").map_or(sql.len(), |at| at + 4));
    }
    if sql.starts_with('\'') {
        return Some(closed(sql, 1, '\''));
    }
    if let Some(rest) = sql.strip_prefix(['e', 'E']).and_then(|rest| rest.strip_prefix('\'')) {
        let mut escaped = false;
        for (at, char) in rest.char_indices() {
            match char {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '\'' => return Some(at + 3),
                _ => {}
            }
        }
        return Some(sql.len());
    }
    None
}

/// The length up to the closing `quote`, with it; a doubled one is the sign itself, which splits into two pieces for a
/// string and does no harm there.
fn closed(sql: &str, from: usize, quote: char) -> usize {
    let mut chars = sql.char_indices().skip(from).peekable();
    while let Some((at, char)) = chars.next() {
        if char == quote {
            if chars.peek().is_some_and(|(_, next)| *next == quote) {
                chars.next();
            } else {
                return at + 1;
            }
        }
    }
    sql.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_mentioned_quoted_or_not_but_not_in_a_string() {
        assert!(mentions("lower(email) <> ''", "email"));
        assert!(mentions("LOWER(Email)", "email"));
        assert!(mentions(r#""e""m" > 0"#, "e\"m"));
        assert!(!mentions(r#""Email" > 0"#, "email"));
        assert!(!mentions("'email' = e'it\\'s email' -- email\n/* email */", "email"));
        assert!(!mentions("email_2 > 1e5", "email"));
    }

    #[test]
    fn a_name_is_replaced_where_it_is_mentioned() {
        assert_eq!(replaced("(a > 0 and \"a\" <> 'a')", "a", "b"), r#"("b" > 0 and "b" <> 'a')"#);
    }

    #[test]
    fn a_star_is_all_columns_or_a_product() {
        assert!(takes_all_columns("select * from t"));
        assert!(takes_all_columns("select a, t.* from t"));
        assert!(!takes_all_columns("select a * b, count(*) from t"));
    }
}
