//! Comments on objects.

use super::words::qualified;
use crate::catalog::Name;
use orm_core::sql::{quote_ident, quote_literal};

/// `comment on column "public"."workers"."email" is 'Where to write to'`: `what` is a kind of object and its name as SQL.
///
/// ```
/// use orm_kit::ddl::comment::comment_on;
///
/// assert_eq!(comment_on(r#"schema "app""#, Some("It's ours")), r#"comment on schema "app" is 'It''s ours'"#);
/// assert_eq!(comment_on(r#"schema "app""#, None), r#"comment on schema "app" is null"#);
/// ```
pub fn comment_on(what: &str, comment: Option<&str>) -> String {
    match comment {
        Some(comment) => format!("comment on {what} is {}", quote_literal(comment)),
        None => format!("comment on {what} is null"),
    }
}

/// The comment of a new object, if it has one.
pub(super) fn create(what: &str, comment: Option<&String>) -> Option<String> {
    comment.map(|comment| comment_on(what, Some(comment)))
}

/// What makes comment `to` from `from`.
pub(super) fn alter(what: &str, from: Option<&String>, to: Option<&String>) -> Option<String> {
    (from != to).then(|| comment_on(what, to.map(String::as_str)))
}

/// What a comment on a part of a table names: `constraint "n" on "public"."workers"`.
pub(super) fn part(kind: &str, table: &Name, name: &str) -> String {
    format!("{kind} {} on {}", quote_ident(name), qualified(table))
}
