//! A column's default as an attribute.

use super::Pull;
use super::rust_name::type_ident;
use super::rust_type::unquoted;

impl Pull<'_> {
    /// `default = 0`, `default = now()`, or in SQL what has no shorter form. `text` is PostgreSQL's own.
    pub(super) fn default(&self, ty: &str, text: &str) -> String {
        let value = literal(ty, text).or_else(|| self.label(ty, text));
        format!("default = {}", value.unwrap_or_else(|| format!("sql({text:?})")))
    }

    /// A variant, for the label of an enum: `'open'::app.status`.
    fn label(&self, ty: &str, text: &str) -> Option<String> {
        let name = unquoted(ty)?;
        let ident = self.names.get(&name)?;
        let declared = self.catalog.enums.iter().find(|declared| declared.name == name)?;
        let (label, _) = quoted(text)?;
        declared.labels.contains(&label).then(|| format!("{ident}::{}", type_ident(&label)))
    }
}

/// A literal of Rust that stands for the same value and has the column's own type.
fn literal(ty: &str, text: &str) -> Option<String> {
    let number = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        (!digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())).then(|| text.to_owned())
    };
    match ty {
        "smallint" | "integer" | "bigint" => number(text),
        _ if ty.starts_with("numeric") => number(text),
        "boolean" => matches!(text, "true" | "false").then(|| text.to_owned()),
        "text" => whole(text).map(|value| format!("{value:?}")),
        _ if ty.starts_with("character varying(") => whole(text).map(|value| format!("{value:?}")),
        _ => call(text),
    }
}

/// `now()`: a function without arguments, in no schema.
fn call(text: &str) -> Option<String> {
    let name = text.strip_suffix("()")?;
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (is_name && name != "sql").then(|| text.to_owned())
}

/// The text of `'open'::text`, which is all of the default.
fn whole(text: &str) -> Option<String> {
    let (value, rest) = quoted(text)?;
    (rest.is_empty() || matches!(rest, "::text" | "::character varying")).then_some(value)
}

/// The string literal that `text` begins with, and what is behind it. One with an escape is nobody's literal.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('\'')?;
    let mut value = String::new();
    loop {
        let (part, behind) = rest.split_once('\'')?;
        value += part;
        match behind.strip_prefix('\'') {
            Some(more) => {
                value.push('\'');
                rest = more;
            }
            None => return Some((value, behind)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn literals_are_those_that_mean_the_same() {
        for (ty, text, rust) in [
            ("integer", "100", Some("100")),
            ("integer", "-5", Some("-5")),
            ("integer", "(1 + 2)", None),
            ("boolean", "true", Some("true")),
            ("text", "'it''s'::text", Some("\"it's\"")),
            ("text", "('a'::text || 'b'::text)", None),
            ("character varying(20)", "'a'::character varying", Some("\"a\"")),
            ("timestamp with time zone", "now()", Some("now()")),
            ("uuid", "public.gen()", None),
            ("numeric(20,6)", "0", Some("0")),
        ] {
            assert_eq!(literal(ty, text).as_deref(), rust, "{text}");
        }
    }
}
