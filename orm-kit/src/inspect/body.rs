//! Bodies of functions, which the server keeps as they are written.

use crate::depend::{TokenKind, tokens};
use orm_core::sql::quote_literal;

/// A routine's definition around its body.
pub(super) struct Body<'d> {
    before: &'d str,
    /// The body with its quotes.
    quoted: &'d str,
    after: &'d str,
    /// What it says.
    pub(super) text: String,
}

impl<'d> Body<'d> {
    /// The string behind `as`, if there is one: a body that is parsed stands behind `begin atomic` or `return`.
    pub(super) fn of(definition: &'d str) -> Option<Self> {
        let mut at = 0;
        let mut behind_as = false;
        for token in tokens(definition) {
            let end = at + token.text.len();
            match token.kind {
                TokenKind::Blank => {}
                TokenKind::Literal | TokenKind::Dollars if behind_as => {
                    return Some(Body {
                        before: definition.get(..at)?,
                        quoted: token.text,
                        after: definition.get(end..)?,
                        text: said(token.text),
                    });
                }
                _ => behind_as = token.text.eq_ignore_ascii_case("as"),
            }
            at = end;
        }
        None
    }

    /// The definition with another body.
    pub(super) fn with(&self, text: &str) -> String {
        let Body { before, quoted, after, text: _ } = self;
        let quote = quoted.find('$').and_then(|start| quoted.get(start + 1..)?.split_once('$'));
        let quote =
            quote.map(|(tag, _)| format!("${tag}$")).filter(|quote| quoted.starts_with(quote.as_str()));
        let body = match quote.filter(|quote| !text.contains(quote.as_str())) {
            Some(quote) => format!("{quote}{text}{quote}"),
            None => quote_literal(text),
        };
        format!("{before}{body}{after}")
    }
}

/// What a string in any quotes says.
fn said(quoted: &str) -> String {
    if let Some((tag, rest)) = quoted.strip_prefix('$').and_then(|rest| rest.split_once('$')) {
        let end = format!("${tag}$");
        return rest.strip_suffix(end.as_str()).unwrap_or(rest).to_owned();
    }
    let Some(escaped) = quoted.strip_prefix(['e', 'E']) else {
        return inside(quoted).replace("''", "'");
    };
    let mut said = String::new();
    let escaped = inside(escaped).replace("''", "'");
    let mut chars = escaped.chars();
    while let Some(char) = chars.next() {
        match (char, if char == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => said.push('\n'),
            ('\\', Some('t')) => said.push('\t'),
            ('\\', Some('r')) => said.push('\r'),
            ('\\', Some(other)) => said.push(other),
            (char, _) => said.push(char),
        }
    }
    said
}

fn inside(quoted: &str) -> &str {
    quoted.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(definition: &str, text: &str, with_x: &str) {
        let body = Body::of(definition).unwrap();
        assert_eq!(body.text, text);
        assert_eq!(body.with("x'"), with_x);
    }

    #[test]
    fn a_body_is_the_string_behind_as() {
        check(
            "create function f(a text default 'as') as $b$ it's $b$ language sql",
            " it's ",
            "create function f(a text default 'as') as $b$x'$b$ language sql",
        );
        check("create function f() AS\n'it''s'", "it's", "create function f() AS\n'x'''");
        check(r"create function f() as e'a\nb\\''' stable", "a\nb\\'", "create function f() as 'x''' stable");
        assert!(Body::of("create function f(a text default 'x') return 'y'").is_none());
    }
}
