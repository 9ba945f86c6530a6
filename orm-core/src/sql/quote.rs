//! Quoting names and literals at run time.
//!
//! Values never pass here: they are parameters. These two serve the DDL, whose names and constants come from the
//! program's own attributes.

/// `name` as a quoted identifier: `worker"s` is `"worker""s"`.
///
/// ```
/// assert_eq!(orm_core::sql::quote_ident("worker\"s"), "\"worker\"\"s\"");
/// ```
pub fn quote_ident(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// `text` as a string literal that means the same whatever `standard_conforming_strings` is.
///
/// ```
/// assert_eq!(orm_core::sql::quote_literal("it's"), "'it''s'");
/// assert_eq!(orm_core::sql::quote_literal(r"a\b"), r"E'a\\b'");
/// ```
pub fn quote_literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if quoted.contains('\\') { format!("E'{}'", quoted.replace('\\', "\\\\")) } else { format!("'{quoted}'") }
}
