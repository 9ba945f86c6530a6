//! Other names, and other schemas, for objects of all kinds.

use super::enum_type;
use super::words::qualified;
use crate::catalog::{Kind, Name, ObjectName};
use orm_core::sql::quote_ident;

/// The statements that give an object another name, another schema, or both; none for what has no name of its own: an
/// extension, a privilege.
///
/// What belongs to a table is found by the table's new name: the table is renamed before.
///
/// ```
/// use orm_kit::{catalog::{Kind, ObjectName}, ddl};
///
/// let workers = |schema: &str, name: &str| ObjectName {
///     kind: Kind::Table,
///     schema: schema.to_owned(),
///     table: String::new(),
///     name: name.to_owned(),
/// };
/// assert_eq!(
///     ddl::rename(&workers("public", "workers"), &workers("app", "people")),
///     [
///         r#"alter table "public"."workers" set schema "app""#,
///         r#"alter table "app"."workers" rename to "people""#,
///     ],
/// );
/// ```
pub fn rename(from: &ObjectName, to: &ObjectName) -> Vec<String> {
    let name = quote_ident(&to.name);
    let part = |words: &str| {
        let table = qualified(&Name::new(&to.schema, &to.table));
        let rename = format!("{words} {} to {name}", quote_ident(&from.name));
        vec![format!("alter table {table} rename {rename}")]
    };
    let on_table = |kind: &str| {
        let table = qualified(&Name::new(&to.schema, &to.table));
        vec![format!("alter {kind} {} on {table} rename to {name}", quote_ident(&from.name))]
    };
    let free = |kind: &str| vec![format!("alter {kind} {} rename to {name}", quote_ident(&from.name))];
    match to.kind {
        Kind::Schema => free("schema"),
        Kind::Role => free("role"),
        Kind::Extension | Kind::Grant => Vec::new(),
        Kind::Enum | Kind::Composite => in_schema("type", from, to),
        Kind::Label => {
            let ty = Name::new(&to.schema, &to.table);
            vec![enum_type::rename_value(&ty, &from.name, &to.name)]
        }
        Kind::Domain => in_schema("domain", from, to),
        Kind::Sequence => in_schema("sequence", from, to),
        // It takes views of both sorts.
        Kind::Table | Kind::View => in_schema("table", from, to),
        Kind::Routine => routine(from, to),
        Kind::Column => part("column"),
        Kind::Constraint => part("constraint"),
        Kind::Index => {
            let index = qualified(&Name::new(&to.schema, &from.name));
            vec![format!("alter index {index} rename to {name}")]
        }
        Kind::Trigger => on_table("trigger"),
        Kind::Policy => on_table("policy"),
    }
}

fn in_schema(kind: &str, from: &ObjectName, to: &ObjectName) -> Vec<String> {
    moved(kind, from, to, (&from.name, ""), &to.name)
}

/// The arguments, which are part of a routine's name, stay as they are.
fn routine(from: &ObjectName, to: &ObjectName) -> Vec<String> {
    let split = |name: &str| match name.split_once('(') {
        Some((name, arguments)) => (name.to_owned(), format!("({arguments}")),
        None => (name.to_owned(), String::new()),
    };
    let (name, arguments) = split(&from.name);
    moved("routine", from, to, (&name, &arguments), &split(&to.name).0)
}

fn moved(
    kind: &str,
    from: &ObjectName,
    to: &ObjectName,
    (name, arguments): (&str, &str),
    new: &str,
) -> Vec<String> {
    let mut statements = Vec::new();
    if from.schema != to.schema {
        let old = qualified(&Name::new(&from.schema, name));
        statements.push(format!("alter {kind} {old}{arguments} set schema {}", quote_ident(&to.schema)));
    }
    if name != new {
        let old = qualified(&Name::new(&to.schema, name));
        statements.push(format!("alter {kind} {old}{arguments} rename to {}", quote_ident(new)));
    }
    statements
}
