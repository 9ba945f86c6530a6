//! What PostgreSQL prints, as the catalog has it.

use crate::depend::{TokenKind, tokens};

/// `expression` without the parentheses around all of it; those of a subquery belong to it.
pub(super) fn without_parentheses(expression: &str) -> String {
    let mut expression = expression.trim();
    while let Some(inside) = inside_parentheses(expression) {
        expression = inside;
    }
    expression.to_owned()
}

/// `text` in lower case, names and constants left as they are.
pub(super) fn lower(text: &str) -> String {
    let pieces = tokens(text).into_iter().map(|token| match token.kind {
        TokenKind::Word => token.text.to_ascii_lowercase(),
        _ => token.text.to_owned(),
    });
    pieces.collect()
}

fn inside_parentheses(expression: &str) -> Option<&str> {
    let inside = expression.strip_prefix('(')?.strip_suffix(')')?.trim();
    let mut depth = 0_i32;
    for token in tokens(inside) {
        match token.text {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    let query = ["select", "with", "values"].iter().any(|word| {
        inside.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            && inside
                .get(word.len()..)
                .is_some_and(|rest| rest.starts_with(|char: char| char.is_whitespace()))
    });
    (!query).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parentheses_around_everything_are_taken_off() {
        assert_eq!(without_parentheses("((a > 0))"), "a > 0");
        assert_eq!(without_parentheses("((a > 0) AND (b > 0))"), "(a > 0) AND (b > 0)");
        assert_eq!(without_parentheses("(a > 0) AND (b > 0)"), "(a > 0) AND (b > 0)");
        assert_eq!(without_parentheses("(a = ')'::text)"), "a = ')'::text");
        assert_eq!(without_parentheses("lower(a)"), "lower(a)");
    }

    #[test]
    fn a_subquery_keeps_its_parentheses() {
        assert_eq!(without_parentheses("( SELECT true)"), "( SELECT true)");
        assert_eq!(without_parentheses("(selected)"), "selected");
    }

    #[test]
    fn keywords_get_lower_and_constants_stay() {
        assert_eq!(
            lower("FOR VALUES FROM ('A', MINVALUE) TO ('B', 5)"),
            "for values from ('A', minvalue) to ('B', 5)"
        );
        assert_eq!(lower("LIST (\"Kind\")"), "list (\"Kind\")");
    }
}
