//! A change as a line for a person: `+ column `workers.email` text`.

use crate::catalog::{Column, Object};
use crate::change::Change;
use std::fmt;

/// A change as a line: what is new, gone, different or called otherwise.
///
/// ```
/// use orm_kit::catalog::{Column, Name, Object};
/// use orm_kit::{change::Change, describe::Described};
///
/// let of = |ty| Object::Column(Name::new("public", "workers"), Column::new("email", ty));
/// let change = Change::Alter { from: of("integer"), to: of("bigint") };
/// assert_eq!(Described(&change).to_string(), "~ column `workers.email`: type integer -> bigint");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Described<'c>(pub &'c Change);

impl fmt::Display for Described<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Change::Create(object) => {
                write!(f, "+ {}", object.object_name())?;
                match object {
                    Object::Column(_, column) => write!(f, " {}", column.ty),
                    _ => Ok(()),
                }
            }
            Change::Drop(object) => write!(f, "- {}", object.object_name()),
            Change::Rename { from, to } => write!(f, "~ {from} is called {to}"),
            Change::Alter { from, to } => {
                write!(f, "~ {}", to.object_name())?;
                let differences = differences(from, to);
                if differences.is_empty() { Ok(()) } else { write!(f, ": {}", differences.join(", ")) }
            }
        }
    }
}

/// What differs, each as `field before -> after`.
fn differences(from: &Object, to: &Object) -> Vec<String> {
    if let (Object::Column(_, from), Object::Column(_, to)) = (from, to) {
        return column(from, to);
    }
    // Every other object is its fields: JSON has them by the names that snapshots use.
    let (Some(from), Some(to)) = (fields(from), fields(to)) else { return Vec::new() };
    let absent = serde_json::Value::Null;
    let mut names: Vec<_> = from.keys().chain(to.keys()).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter_map(|name| {
            let (before, after) = (from.get(name).unwrap_or(&absent), to.get(name).unwrap_or(&absent));
            (before != after).then(|| format!("{name} {} -> {}", shown(before), shown(after)))
        })
        .collect()
}

fn column(from: &Column, to: &Column) -> Vec<String> {
    let mut differences = Vec::new();
    let mut differ = |name: &str, before: Option<&str>, after: Option<&str>| {
        if before != after {
            let (before, after) = (before.unwrap_or("none"), after.unwrap_or("none"));
            differences.push(format!("{name} {before} -> {after}"));
        }
    };
    let null = |column: &Column| if column.nullable { "null" } else { "not null" };
    let identity = |column: &Column| column.identity.as_ref().map(|identity| format!("{identity:?}"));
    let generated = |column: &Column| column.generated.as_ref().map(|generated| generated.expression.clone());
    differ("type", Some(&from.ty), Some(&to.ty));
    differ("nullability", Some(null(from)), Some(null(to)));
    differ("default", from.default.as_deref(), to.default.as_deref());
    differ("identity", identity(from).as_deref(), identity(to).as_deref());
    differ("generated", generated(from).as_deref(), generated(to).as_deref());
    differ("storage", from.storage.as_deref(), to.storage.as_deref());
    differ("compression", from.compression.as_deref(), to.compression.as_deref());
    differ("comment", from.comment.as_deref(), to.comment.as_deref());
    let collation = |column: &Column| column.collation.as_ref().map(ToString::to_string);
    differ("collation", collation(from).as_deref(), collation(to).as_deref());
    differences
}

fn fields(object: &Object) -> Option<serde_json::Map<String, serde_json::Value>> {
    let value = match object {
        Object::Schema(object) => serde_json::to_value(object),
        Object::Extension(object) => serde_json::to_value(object),
        Object::Role(object) => serde_json::to_value(object),
        Object::Enum(object) => serde_json::to_value(object),
        Object::Domain(object) => serde_json::to_value(object),
        Object::Composite(object) => serde_json::to_value(object),
        Object::Sequence(object) => serde_json::to_value(object),
        Object::Routine(object) => serde_json::to_value(object),
        Object::Table(object) => serde_json::to_value(object),
        Object::Column(_, object) => serde_json::to_value(object),
        Object::Constraint(_, object) => serde_json::to_value(object),
        Object::Index(_, object) => serde_json::to_value(object),
        Object::Trigger(_, object) => serde_json::to_value(object),
        Object::Policy(_, object) => serde_json::to_value(object),
        Object::View(object) => serde_json::to_value(object),
        Object::Grant(object) => serde_json::to_value(object),
    };
    match value {
        Ok(serde_json::Value::Object(fields)) => Some(fields),
        _ => None,
    }
}

/// As much of a value as a line has room for.
fn shown(value: &serde_json::Value) -> String {
    const LONGEST: usize = 60;
    let text = match value {
        serde_json::Value::Null => "none".to_owned(),
        serde_json::Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}..", text.get(..at).unwrap_or_default()),
        None => text,
    }
}
