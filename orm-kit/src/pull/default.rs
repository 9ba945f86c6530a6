//! A column's default as an attribute.

use super::rust_name::Names;
use super::rust_type::unquoted;
use crate::catalog::Catalog;
use orm_core::sql::quote_literal;

/// What a column takes by default.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    /// What Rust and SQL write alike: a number, `true`, `now()`.
    Same(String),
    /// A text, not quoted.
    Text(String),
    /// A label of an enum, and the variant that stands for it.
    Label(String, String),
    /// SQL that has no shorter form.
    Sql(String),
}

impl Value {
    /// Of PostgreSQL's own text, for a column of the type `ty`.
    pub(super) fn of(catalog: &Catalog, names: &Names, ty: &str, text: &str) -> Value {
        literal(ty, text)
            .or_else(|| label(catalog, names, ty, text))
            .unwrap_or_else(|| Value::Sql(text.to_owned()))
    }

    /// `default = 0`, `default = now()`.
    pub(super) fn attribute(&self) -> String {
        match self {
            Value::Same(text) => format!("default = {text}"),
            Value::Text(text) => format!("default = {text:?}"),
            Value::Label(_, variant) => format!("default = {variant}"),
            Value::Sql(text) => format!("default = sql({text:?})"),
        }
    }

    /// The SQL that the attribute says.
    pub(super) fn sql(&self) -> String {
        match self {
            Value::Same(text) | Value::Sql(text) => text.clone(),
            Value::Text(text) | Value::Label(text, _) => quote_literal(text),
        }
    }
}

/// A variant, for the label of an enum: `'open'::app.status`.
fn label(catalog: &Catalog, names: &Names, ty: &str, text: &str) -> Option<Value> {
    let name = unquoted(ty)?;
    let ident = names.get(&name)?;
    let declared = catalog.enums.iter().find(|declared| declared.name == name)?;
    let (label, rest) = quoted(text)?;
    let is_whole = declared.labels.contains(&label) && rest.starts_with("::");
    let variant = format!("{ident}::{}", names.part(&name, &label)?);
    is_whole.then_some(Value::Label(label, variant))
}

/// A literal of Rust that stands for the same value and has the column's own type.
fn literal(ty: &str, text: &str) -> Option<Value> {
    match ty {
        "smallint" | "integer" | "bigint" => {
            number(text).filter(|_| !text.contains('.')).or_else(|| call(text))
        }
        "real" | "double precision" => number(text).or_else(|| call(text)),
        _ if ty.starts_with("numeric") => number(text).or_else(|| call(text)),
        "boolean" => matches!(text, "true" | "false").then(|| Value::Same(text.to_owned())),
        "text" => whole(text).map(Value::Text).or_else(|| call(text)),
        _ if ty.starts_with("character varying(") => whole(text).map(Value::Text),
        _ => call(text),
    }
}

/// A number that PostgreSQL prints just so when it reads it: `5`, `'-5'::integer`, `1.50`.
fn number(text: &str) -> Option<Value> {
    let number = quoted(text).map_or_else(|| text.to_owned(), |(number, _)| number);
    let digits = number.strip_prefix('-').unwrap_or(&number);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_whole = whole.parse::<u64>().is_ok_and(|number| number.to_string() == whole);
    if !is_whole || fraction.is_empty() || !fraction.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let printed = match (number.contains('.'), number.parse::<i32>(), number.parse::<i64>()) {
        (true, ..) if number.starts_with('-') => format!("'{number}'::numeric"),
        (false, Ok(value), _) if value < 0 => format!("'{number}'::integer"),
        (true, ..) | (false, Ok(_), _) => number.clone(),
        (false, Err(_), Ok(_)) => format!("'{number}'::bigint"),
        (false, Err(_), Err(_)) => return None,
    };
    (printed == text).then_some(Value::Same(number))
}

/// `now()`: a function without arguments, in no schema.
fn call(text: &str) -> Option<Value> {
    let name = text.strip_suffix("()")?;
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (is_name && name != "sql" && syn::parse_str::<syn::Ident>(name).is_ok())
        .then(|| Value::Same(text.to_owned()))
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
    use super::{Value, literal};

    #[test]
    fn literals_are_those_that_mean_the_same() {
        for (ty, text, rust) in [
            ("integer", "100", Some(Value::Same("100".to_owned()))),
            ("integer", "-5", None),
            ("bigint", "'5000000000'::bigint", Some(Value::Same("5000000000".to_owned()))),
            ("bigint", "'5'::bigint", None),
            ("integer", "'-5'::integer", Some(Value::Same("-5".to_owned()))),
            ("numeric", "1.50", Some(Value::Same("1.50".to_owned()))),
            ("double precision", "'NaN'::double precision", None),
            ("integer", "007", None),
            ("integer", "(1 + 2)", None),
            ("boolean", "true", Some(Value::Same("true".to_owned()))),
            ("text", "'it''s'::text", Some(Value::Text("it's".to_owned()))),
            ("text", "('a'::text || 'b'::text)", None),
            ("character varying(20)", "'a'::character varying", Some(Value::Text("a".to_owned()))),
            ("timestamp with time zone", "now()", Some(Value::Same("now()".to_owned()))),
            ("uuid", "public.gen()", None),
            ("numeric(20,6)", "0", Some(Value::Same("0".to_owned()))),
        ] {
            assert_eq!(literal(ty, text), rust, "{text}");
        }
    }
}
