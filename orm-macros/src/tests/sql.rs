//! `sql!`: its expansion and its mistakes.

use super::messages;
use crate::sql::expand_sql;

fn expansion(call: &str) -> proc_macro2::TokenStream {
    expand_sql(&syn::parse_str(call).unwrap())
}

fn is_atom(text: &str) -> bool {
    expansion(&format!("{text:?}")).to_string().contains("bool = true")
}

#[track_caller]
fn complains(text: &str, start: &str) {
    let found = messages(expansion(&format!("{text:?}")));
    assert!(found.len() == 1 && found[0].starts_with(start), "{text}: {found:?}");
}

#[test]
fn expression() {
    let call = r#"crate = db::orm; "{Worker.*} {Task.id} exists ({Task} {Worker.name.eq(a)} {1})""#;
    super::expansion::check(&expansion(call), include_str!("sql.txt"));
}

#[test]
fn one_call_needs_no_parentheses() {
    for atom in
        ["random()", " current_date ", "a.b", "exists (select {a})", "(a or b)", "f('(', g(1))", "f({a})"]
    {
        assert!(is_atom(atom), "{atom}");
    }
    for other in
        ["a + b", "f(a) = b", "not (a)", "not(a) or (b)", "{a}", "'a'", "(a) (b)", "f(a) over w", "a f(b)"]
    {
        assert!(!is_atom(other), "{other}");
    }
}

#[test]
fn parts_inside_of_quotes_and_comments() {
    complains("'{name}'", "`{name}` is inside an SQL string");
    complains(r"E'\'{name}'", "`{name}` is inside an SQL string");
    complains("'it''s {name}'", "`{name}` is inside an SQL string");
    complains(r#"'{"a": 1}'::jsonb"#, r#"`{"a": 1}` is inside an SQL string"#);
    complains("'{}'", "`{}` is inside an SQL string");
    complains("\"{name}\"", "`{name}` is inside a quoted SQL name");
    complains("$$ {name} $$", "`{name}` is inside an SQL string");
    complains("$a$ $$ {name} $a$", "`{name}` is inside an SQL string");
    complains("1 -- {name}\n", "`{name}` is inside an SQL comment");
    complains("1 /* /* */ {name} */", "`{name}` is inside an SQL comment");
}

#[test]
fn what_would_swallow_the_rest() {
    complains("it's", "the last `'` is not closed");
    complains("\"a", "the last `\"` is not closed");
    complains("$a$ $b$", "the last `$a$` is not closed");
    complains("1 -- one", "the comment does not end");
    complains("1 /* /* */", "the last `/*` is not closed");
}

#[test]
fn what_the_statement_does() {
    complains("a = $1", "`$1` is a number that the statement gives; write the value in braces");
    complains("select 1;", "`;` ends a statement");
    complains("a; b", "`;` ends a statement");
    assert!(messages(expansion(r#""select a$1, '$1;' -- $1;\n, b ? 'c', 1 - - 1, a / b""#)).is_empty());
}

#[test]
fn braces() {
    complains("{", "`{` is not closed");
    complains("a }", "`}` closes no `{`");
    complains("{ }", "`{}` is empty");
    complains("{a b}", "`{a b}` is not a Rust expression");
    complains("{a:?}", "`{a:?}` is not a Rust expression");
    complains(" ", "`sql!` is empty");
}

#[test]
fn what_is_no_literal() {
    let mistake = |call: &str| syn::parse_str::<crate::sql::Sql>(call).err().unwrap().to_string();
    assert!(mistake("text").starts_with("`sql!` takes its text as a string literal"));
    assert!(mistake("").contains("`sql!` takes its text as a string literal"));
    assert_eq!(mistake("\"a = {}\", a"), "`sql!` takes one string literal; write the value into it: `{a}`");
}
