//! What another type of a column costs, and what becomes of its values.
//!
//! Source: measured on PostgreSQL 15 by whether the file of the table and of its indexes is the same behind the statement.

use crate::catalog::{Catalog, Column, Domain, Enum};

/// What the server does with the rows there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cost {
    /// Nothing.
    Free,
    /// Nothing, if the time zone of the session is UTC.
    FreeInUtc,
    /// Nothing with the table, but it builds the column's indexes again.
    Reindex,
    /// It writes the table and its indexes again.
    Rewrite,
}

/// What becomes of the values there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// They stay what they are.
    Kept,
    /// There may be one that the new type does not hold.
    MayFail,
    /// They stay the same instants only if they are meant in UTC.
    TakenAsUtc,
    /// They lose what the new type does not hold.
    Narrowed,
}

/// A type as `format_type` prints it, taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Type {
    base: String,
    arguments: Vec<u32>,
    array: bool,
}

impl Type {
    fn parse(text: &str) -> Self {
        let (text, array) = match text.strip_suffix("[]") {
            Some(element) => (element, true),
            None => (text, false),
        };
        if let Some((head, (inside, tail))) =
            text.split_once('(').and_then(|(head, rest)| Some((head, rest.split_once(')')?)))
        {
            let arguments: Result<Vec<u32>, _> =
                inside.split(',').map(|argument| argument.trim().parse()).collect();
            if let Ok(arguments) = arguments {
                return Type { base: format!("{head}{tail}"), arguments, array };
            }
        }
        Type { base: text.to_owned(), arguments: Vec::new(), array }
    }

    /// The first argument, or what it is if there is none.
    fn argument_or(&self, default: u32) -> u32 {
        self.arguments.first().copied().unwrap_or(default)
    }

    fn is_text(&self) -> bool {
        matches!(self.base.as_str(), "text" | "character varying" | "character" | "citext")
            || self.base.ends_with(".citext")
    }

    /// How many bytes the integer has.
    fn integer(&self) -> Option<u8> {
        match self.base.as_str() {
            "smallint" => Some(2),
            "integer" => Some(4),
            "bigint" => Some(8),
            _ => None,
        }
    }

    /// Types that are cast to each other; one that is cast to none, or is not known, is a family of its own.
    fn family(&self) -> &str {
        match self.base.as_str() {
            "smallint" | "integer" | "bigint" | "numeric" | "real" | "double precision" | "oid" => "number",
            "date"
            | "timestamp without time zone"
            | "timestamp with time zone"
            | "time without time zone"
            | "time with time zone" => "time",
            "json" | "jsonb" => "json",
            "inet" | "cidr" => "address",
            "bit" | "bit varying" => "bits",
            own => own,
        }
    }

    fn has_precision(&self) -> bool {
        matches!(
            self.base.as_str(),
            "timestamp without time zone"
                | "timestamp with time zone"
                | "time without time zone"
                | "time with time zone"
                | "interval"
        )
    }
}

/// What the server does with a table when `from` becomes `to` by `alter column .. type`.
pub(crate) fn cost(catalog: &Catalog, from: &Column, to: &Column) -> Cost {
    if from.collation != to.collation {
        let others = cost_of_types(catalog, &from.ty, &to.ty);
        return if others == Cost::Rewrite { others } else { Cost::Reindex };
    }
    cost_of_types(catalog, &from.ty, &to.ty)
}

fn cost_of_types(catalog: &Catalog, from: &str, to: &str) -> Cost {
    if from == to {
        return Cost::Free;
    }
    if let Some(domain) = domain(catalog, to) {
        let unconstrained = domain.checks.is_empty() && !domain.not_null;
        return if unconstrained && domain.base == from { Cost::Free } else { Cost::Rewrite };
    }
    if let Some(domain) = domain(catalog, from) {
        return if domain.base == to { Cost::Free } else { Cost::Rewrite };
    }
    let (from, to) = (Type::parse(from), Type::parse(to));
    if from.array || to.array {
        return Cost::Rewrite;
    }
    match (from.base.as_str(), to.base.as_str()) {
        ("character varying", "character varying") | ("bit varying", "bit varying") => {
            free_if(to.argument_or(u32::MAX) >= from.argument_or(u32::MAX))
        }
        ("character varying", "text") => Cost::Free,
        ("text", "character varying") | ("bit", "bit varying") => free_if(to.arguments.is_empty()),
        ("text" | "character varying", _) if to.is_text() && to.base.ends_with("citext") => Cost::Reindex,
        ("numeric", "numeric") => match (from.arguments.as_slice(), to.arguments.as_slice()) {
            (_, []) => Cost::Free,
            ([precision, scale], [wider, same]) => free_if(wider >= precision && scale == same),
            _ => Cost::Rewrite,
        },
        ("timestamp without time zone", "timestamp with time zone")
        | ("timestamp with time zone", "timestamp without time zone")
            if to.argument_or(6) >= from.argument_or(6) =>
        {
            Cost::FreeInUtc
        }
        ("cidr", "inet") | ("oid", "integer") => Cost::Free,
        (one, other) if one == other && from.has_precision() => {
            free_if(to.argument_or(6) >= from.argument_or(6))
        }
        _ => Cost::Rewrite,
    }
}

fn free_if(free: bool) -> Cost {
    if free { Cost::Free } else { Cost::Rewrite }
}

/// What becomes of values of the type `from` as values of the type `to`.
pub(super) fn fate(catalog: &Catalog, from: &str, to: &str) -> Fate {
    match cost_of_types(catalog, from, to) {
        Cost::Free | Cost::Reindex => return Fate::Kept,
        Cost::FreeInUtc => return Fate::TakenAsUtc,
        Cost::Rewrite => {}
    }
    if let (Some(from), Some(to)) = (labels(catalog, from), labels(catalog, to)) {
        let kept = from.labels.iter().all(|label| to.labels.contains(label));
        return if kept { Fate::Kept } else { Fate::MayFail };
    }
    let (from, to) = (Type::parse(from), Type::parse(to));
    if to.is_text() && to.arguments.is_empty() && to.base != "character" {
        return Fate::Kept;
    }
    if let (Some(from), Some(to)) = (from.integer(), to.integer()) {
        return if to >= from { Fate::Kept } else { Fate::MayFail };
    }
    match (from.base.as_str(), to.base.as_str()) {
        ("numeric", "numeric") => {
            let scale = |ty: &Type| ty.arguments.get(1).copied().unwrap_or(u32::MAX);
            if scale(&to) < scale(&from) { Fate::Narrowed } else { Fate::MayFail }
        }
        ("numeric" | "double precision" | "real", "smallint" | "integer" | "bigint")
        | ("numeric" | "bigint" | "double precision", "real")
        | ("numeric" | "bigint", "double precision")
        | ("json", "jsonb")
        | ("timestamp without time zone" | "timestamp with time zone", "date" | "time without time zone") => {
            Fate::Narrowed
        }
        ("timestamp without time zone", "timestamp with time zone")
        | ("timestamp with time zone", "timestamp without time zone") => Fate::TakenAsUtc,
        ("smallint" | "integer" | "bigint", "numeric") if to.arguments.is_empty() => Fate::Kept,
        ("smallint" | "integer", "double precision")
        | ("smallint", "real")
        | ("real", "double precision")
        | ("jsonb", "json")
        | ("date", "timestamp without time zone")
        | ("character varying", "character varying")
            if to.arguments.is_empty() =>
        {
            Fate::Kept
        }
        (one, other) if one == other && from.has_precision() => Fate::Narrowed,
        (one, other) if one == other && from.arguments == to.arguments => Fate::Kept,
        _ => Fate::MayFail,
    }
}

/// `value`, of the type `from`, as a value of the type `to`.
pub(super) fn cast(catalog: &Catalog, value: &str, from: &str, to: &str) -> String {
    if from == to {
        return value.to_owned();
    }
    let (old, new) = (Type::parse(from), Type::parse(to));
    let to = &qualified(catalog, to);
    let zones = ["timestamp without time zone", "timestamp with time zone"];
    if old.base != new.base && zones.contains(&old.base.as_str()) && zones.contains(&new.base.as_str()) {
        return format!("({value} at time zone 'UTC')");
    }
    let limited = matches!(new.base.as_str(), "character varying" | "character" | "bit" | "bit varying");
    if limited && !new.arguments.is_empty() {
        // A cast would cut what is too long; an assignment refuses it.
        return if labels(catalog, from).is_some() || !(old.is_text() || old.base.starts_with("bit")) {
            format!("{value}::text")
        } else {
            value.to_owned()
        };
    }
    if old.array == new.array && (old.is_text() || new.is_text() || old.family() == new.family()) {
        return format!("{value}::{to}");
    }
    let text = if old.array && new.array { "text[]" } else { "text" };
    format!("{value}::{text}::{to}")
}

/// The type by its whole name, where it is one of the schema's own: a function has a search path of its own.
fn qualified(catalog: &Catalog, ty: &str) -> String {
    let element = ty.strip_suffix("[]").unwrap_or(ty);
    let names = catalog.enums.iter().map(|ty| &ty.name);
    let mut names = names
        .chain(catalog.domains.iter().map(|ty| &ty.name))
        .chain(catalog.composites.iter().map(|ty| &ty.name));
    match names.find(|name| super::names::is_type(name, element)) {
        Some(name) => ty.replacen(element, &super::names::quoted(name), 1),
        None => ty.to_owned(),
    }
}

/// What of a value two can be compared by: itself, or its text where the type has no `=` in `pg_catalog`.
pub(super) fn comparable(catalog: &Catalog, ty: &str) -> &'static str {
    let Type { base, .. } = Type::parse(ty);
    let known = labels(catalog, ty).is_some()
        || domain(catalog, ty).is_some()
        || !(ty.contains('.') || ty.contains('"'));
    let unequal = ["json", "xml", "point", "polygon", "path", "box", "line", "citext"];
    if known && !unequal.contains(&base.as_str()) { "" } else { "::text" }
}

/// The domain that the text of a type names.
pub(crate) fn domain<'a>(catalog: &'a Catalog, ty: &str) -> Option<&'a Domain> {
    catalog.domains.iter().find(|domain| super::names::is_type(&domain.name, ty))
}

/// The enum that the text of a type, or of an array of it, names.
pub(super) fn labels<'a>(catalog: &'a Catalog, ty: &str) -> Option<&'a Enum> {
    let element = ty.strip_suffix("[]").unwrap_or(ty);
    catalog.enums.iter().find(|labels| super::names::is_type(&labels.name, element))
}

#[cfg(test)]
mod tests;
