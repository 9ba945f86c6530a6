//! What of a routine `create or replace` cannot change: its arguments and its result.

use crate::depend::{TokenKind, tokens};

/// The words that may stand behind the result (CREATE FUNCTION).
const CLAUSES: &[&str] = &[
    "as",
    "begin",
    "called",
    "cost",
    "external",
    "immutable",
    "language",
    "leakproof",
    "not",
    "parallel",
    "return",
    "rows",
    "security",
    "set",
    "stable",
    "strict",
    "support",
    "transform",
    "volatile",
    "window",
];

/// The words of the definition from the arguments to the end of the result, in one spelling.
pub(crate) fn signature(definition: &str) -> String {
    let mut words = Vec::new();
    let mut depth = 0_i32;
    for token in tokens(definition) {
        match token.text {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        let word = token.text.to_lowercase();
        let in_arguments = depth > 0 || !words.iter().any(|word| word == ")");
        if !in_arguments && token.kind == TokenKind::Word && CLAUSES.contains(&word.as_str()) {
            break;
        }
        match token.kind {
            TokenKind::Blank => {}
            TokenKind::Word => words.push(word),
            _ => words.push(token.text.to_owned()),
        }
    }
    // `or replace` is of the statement, not of the routine.
    let name = words.iter().position(|word| word == "function" || word == "procedure").unwrap_or_default();
    words.into_iter().skip(name).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::signature;

    #[test]
    fn the_body_and_its_clauses_are_no_part_of_it() {
        let one = "create or replace function app.total(a integer, b text default 'x')\n returns setof numeric(10, 2)\n language sql as $$ select 1 $$";
        let two = "CREATE FUNCTION app.total(a integer, b text default 'x') RETURNS SETOF numeric(10, 2) STABLE LANGUAGE plpgsql AS 'begin end'";
        assert_eq!(signature(one), signature(two));
        assert_ne!(signature(one), signature(&one.replace("setof", "")));
        assert_ne!(signature(one), signature(&one.replace("a integer", "c integer")));
    }

    #[test]
    fn names_like_clauses_are_arguments_within_parentheses() {
        assert_ne!(
            signature("create function f(rows integer) returns integer language sql as ''"),
            signature("create function f(rows text) returns integer language sql as ''"),
        );
    }
}
