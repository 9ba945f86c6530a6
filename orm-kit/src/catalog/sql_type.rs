//! The one spelling of a type's name.

use orm_core::sql::quote_ident;

/// What people write, and what `format_type` prints; `%` stands where the modifiers go.
const BUILT_IN: &[(&str, &str)] = &[
    ("bigint", "bigint"),
    ("bit", "bit%"),
    ("bit varying", "bit varying%"),
    ("bool", "boolean"),
    ("boolean", "boolean"),
    ("box", "box"),
    ("bpchar", "bpchar%"),
    ("bytea", "bytea"),
    ("char", "character%"),
    ("char varying", "character varying%"),
    ("character", "character%"),
    ("character varying", "character varying%"),
    ("cidr", "cidr"),
    ("circle", "circle"),
    ("date", "date"),
    ("datemultirange", "datemultirange"),
    ("daterange", "daterange"),
    ("dec", "numeric%"),
    ("decimal", "numeric%"),
    ("double precision", "double precision"),
    ("float", "double precision"),
    ("float4", "real"),
    ("float8", "double precision"),
    ("inet", "inet"),
    ("int", "integer"),
    ("int2", "smallint"),
    ("int4", "integer"),
    ("int4multirange", "int4multirange"),
    ("int4range", "int4range"),
    ("int8", "bigint"),
    ("int8multirange", "int8multirange"),
    ("int8range", "int8range"),
    ("integer", "integer"),
    ("json", "json"),
    ("jsonb", "jsonb"),
    ("jsonpath", "jsonpath"),
    ("line", "line"),
    ("lseg", "lseg"),
    ("macaddr", "macaddr"),
    ("macaddr8", "macaddr8"),
    ("money", "money"),
    ("name", "name"),
    ("numeric", "numeric%"),
    ("nummultirange", "nummultirange"),
    ("numrange", "numrange"),
    ("oid", "oid"),
    ("path", "path"),
    ("pg_lsn", "pg_lsn"),
    ("point", "point"),
    ("polygon", "polygon"),
    ("real", "real"),
    ("regclass", "regclass"),
    ("regtype", "regtype"),
    ("smallint", "smallint"),
    ("text", "text"),
    ("time", "time% without time zone"),
    ("time with time zone", "time% with time zone"),
    ("time without time zone", "time% without time zone"),
    ("timestamp", "timestamp% without time zone"),
    ("timestamp with time zone", "timestamp% with time zone"),
    ("timestamp without time zone", "timestamp% without time zone"),
    ("timestamptz", "timestamp% with time zone"),
    ("timetz", "time% with time zone"),
    ("tsmultirange", "tsmultirange"),
    ("tsquery", "tsquery"),
    ("tsrange", "tsrange"),
    ("tstzmultirange", "tstzmultirange"),
    ("tstzrange", "tstzrange"),
    ("tsvector", "tsvector"),
    ("uuid", "uuid"),
    ("varbit", "bit varying%"),
    ("varchar", "character varying%"),
    ("xid", "xid"),
    ("xml", "xml"),
];

/// The one spelling of a type: a built-in one as `format_type` prints it, any other with its schema and quoted, which is
/// `schema` if the name has none; one pair of brackets for an array, as PostgreSQL keeps no more of it.
///
/// ```
/// use orm_kit::catalog::type_name;
///
/// assert_eq!(type_name("VARCHAR(20)[]", "public"), "character varying(20)[]");
/// assert_eq!(type_name("timestamptz(3)", "public"), "timestamp(3) with time zone");
/// assert_eq!(type_name("\"status\"", "app"), "\"app\".\"status\"");
/// assert_eq!(type_name("ext.vector(3)", "public"), "\"ext\".\"vector\"(3)");
/// ```
pub fn type_name(text: &str, schema: &str) -> String {
    let (element, is_array) = element(text.trim());
    let name = built_in(element).unwrap_or_else(|| user_type(element, schema));
    if is_array { name + "[]" } else { name }
}

/// The type without its brackets, and whether it had any.
fn element(text: &str) -> (&str, bool) {
    let mut rest = text;
    while let Some((before, _)) = rest.strip_suffix(']').and_then(|open| open.rsplit_once('[')) {
        rest = before.trim_end();
    }
    (rest, rest.len() < text.len())
}

fn built_in(text: &str) -> Option<String> {
    if text.contains('"') {
        return None;
    }
    let (words, modifiers) = without_modifiers(text);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let words = words.strip_prefix("pg_catalog.").unwrap_or(&words);
    if words.starts_with("interval") {
        return Some(format!("{words}{modifiers}"));
    }
    let (_, printed) = BUILT_IN.iter().find(|(written, _)| *written == words)?;
    let modifiers = match (*printed, modifiers.as_str()) {
        ("bit%" | "character%", "") => "(1)".to_owned(),
        // A scale is printed where none was written.
        ("numeric%", given) if !given.is_empty() && !given.contains(',') => given.replace(')', ",0)"),
        _ => modifiers,
    };
    Some(printed.replace('%', &modifiers))
}

/// The words of a type, and what stands in its parentheses with them, without spaces.
fn without_modifiers(text: &str) -> (String, String) {
    let Some((before, rest)) = text.split_once('(') else {
        return (text.to_owned(), String::new());
    };
    let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
    let inside: String = inside.chars().filter(|c| !c.is_whitespace()).collect();
    (format!("{before} {after}"), format!("({inside})"))
}

fn user_type(text: &str, schema: &str) -> String {
    let (first, rest) = identifier(text);
    match rest.strip_prefix('.') {
        Some(rest) => {
            let (second, modifiers) = identifier(rest);
            format!("{}.{}{}", quote_ident(&first), quote_ident(&second), modifiers.trim())
        }
        None => format!("{}.{}{}", quote_ident(schema), quote_ident(&first), rest.trim()),
    }
}

/// The name that `text` begins with, unquoted or folded as SQL does, and what is behind it.
fn identifier(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(['.', '(']).unwrap_or(text.len());
        let (name, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        return (name.trim().to_lowercase(), rest);
    };
    let mut name = String::new();
    let mut rest = quoted;
    while let Some((part, behind)) = rest.split_once('"') {
        name += part;
        match behind.strip_prefix('"') {
            Some(more) => {
                name.push('"');
                rest = more;
            }
            None => return (name, behind),
        }
    }
    (name + rest, "")
}

#[cfg(test)]
mod tests {
    use super::type_name;

    #[test]
    fn a_type_has_one_spelling() {
        for (written, name) in [
            ("int4", "integer"),
            ("char", "character(1)"),
            ("CHAR (3)", "character(3)"),
            ("numeric(20, 6)", "numeric(20,6)"),
            ("decimal(8)", "numeric(8,0)"),
            ("numeric", "numeric"),
            ("timestamp(3) without time zone", "timestamp(3) without time zone"),
            ("time", "time without time zone"),
            ("double  precision[3][]", "double precision[]"),
            ("pg_catalog.int8", "bigint"),
            ("interval day to second(3)", "interval day to second(3)"),
            ("citext", "\"public\".\"citext\""),
            ("\"a\"\".b\".\"C d\"[]", "\"a\"\".b\".\"C d\"[]"),
            ("\"unended", "\"public\".\"unended\""),
            ("", "\"public\".\"\""),
        ] {
            assert_eq!(type_name(written, "public"), name, "{written}");
        }
    }
}
