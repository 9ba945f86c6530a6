//! The Rust type of a column.

use super::rust_name::Names;
use crate::catalog::Name;

/// A type of Rust, and the attribute that says what it is in SQL if Rust does not.
pub(super) struct RustType {
    pub(super) name: String,
    pub(super) attribute: Option<String>,
}

/// What stands for a type, as `type_name` spells it.
pub(super) fn rust_type(names: &Names, ty: &str) -> RustType {
    let (element, is_array) = match ty.strip_suffix("[]") {
        Some(element) => (element, true),
        None => (ty, false),
    };
    let found = element_type(names, element);
    let RustType { name, attribute } = found.unwrap_or_else(|| RustType {
        name: "mizzle::value::Opaque".to_owned(),
        attribute: Some(format!("type = {ty:?}")),
    });
    if is_array {
        // A length is one of the elements', which only the type's own name can say.
        let attribute = attribute.map(|_| format!("type = {ty:?}"));
        return RustType { name: format!("Vec<Option<{name}>>"), attribute };
    }
    RustType { name, attribute }
}

fn element_type(names: &Names, ty: &str) -> Option<RustType> {
    let plain = |name: &str| Some(RustType { name: name.to_owned(), attribute: None });
    let typed =
        |name: &str| Some(RustType { name: name.to_owned(), attribute: Some(format!("type = {ty:?}")) });
    let (word, modifiers) = ty.split_once('(').unwrap_or((ty, ""));
    let sized = |name: &str, attribute: &str| {
        let size = modifiers.trim_end_matches(')').replace(',', ", ");
        Some(RustType { name: name.to_owned(), attribute: Some(format!("{attribute}({size})")) })
    };
    match (word, modifiers.is_empty()) {
        ("smallint", _) => plain("i16"),
        ("integer", _) => plain("i32"),
        ("bigint", _) => plain("i64"),
        ("real", _) => plain("f32"),
        ("double precision", _) => plain("f64"),
        ("boolean", _) => plain("bool"),
        ("text", _) => plain("String"),
        ("character varying", false) => sized("String", "varchar"),
        ("character", false) => sized("String", "char"),
        ("character varying" | "bpchar" | "name", true) => typed("String"),
        ("bytea", _) => plain("Vec<u8>"),
        ("numeric", true) => plain("rust_decimal::Decimal"),
        ("numeric", false) => sized("rust_decimal::Decimal", "numeric"),
        ("uuid", _) => plain("uuid::Uuid"),
        ("date", _) => plain("chrono::NaiveDate"),
        ("time without time zone", _) => plain("chrono::NaiveTime"),
        ("timestamp without time zone", _) => plain("chrono::NaiveDateTime"),
        ("timestamp with time zone", _) => plain("chrono::DateTime<chrono::Utc>"),
        ("time", false) if ty.ends_with("without time zone") => typed("chrono::NaiveTime"),
        ("timestamp", false) if ty.ends_with("without time zone") => typed("chrono::NaiveDateTime"),
        ("timestamp", false) => typed("chrono::DateTime<chrono::Utc>"),
        ("interval", true) => plain("Interval"),
        (interval, _) if interval.starts_with("interval") => typed("Interval"),
        ("jsonb", _) => plain("serde_json::Value"),
        ("json", _) => typed("serde_json::Value"),
        ("inet", _) => plain("std::net::IpAddr"),
        ("macaddr", _) => plain("MacAddr"),
        ("int4range", _) => plain("Range<i32>"),
        ("int8range", _) => plain("Range<i64>"),
        ("numrange", _) => plain("Range<rust_decimal::Decimal>"),
        ("daterange", _) => plain("Range<chrono::NaiveDate>"),
        ("tsrange", _) => plain("Range<chrono::NaiveDateTime>"),
        ("tstzrange", _) => plain("Range<chrono::DateTime<chrono::Utc>>"),
        ("int4multirange", _) => plain("Multirange<i32>"),
        ("int8multirange", _) => plain("Multirange<i64>"),
        ("nummultirange", _) => plain("Multirange<rust_decimal::Decimal>"),
        ("datemultirange", _) => plain("Multirange<chrono::NaiveDate>"),
        ("tsmultirange", _) => plain("Multirange<chrono::NaiveDateTime>"),
        ("tstzmultirange", _) => plain("Multirange<chrono::DateTime<chrono::Utc>>"),
        _ => user_type(names, ty),
    }
}

fn user_type(names: &Names, ty: &str) -> Option<RustType> {
    let name = unquoted(ty)?;
    if let Some(ident) = names.get(&name) {
        return Some(RustType { name: ident.to_owned(), attribute: None });
    }
    // The extension's type is text in all but comparisons.
    (name.name == "citext")
        .then(|| RustType { name: "String".to_owned(), attribute: Some(format!("type = {ty:?}")) })
}

/// `"app"."status"` as a name.
pub(super) fn unquoted(ty: &str) -> Option<Name> {
    let inner = ty.strip_prefix('"')?.strip_suffix('"')?;
    let (schema, name) = inner.split_once("\".\"")?;
    Some(Name::new(schema.replace("\"\"", "\""), name.replace("\"\"", "\"")))
}
