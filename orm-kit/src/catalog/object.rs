//! One object of a catalog, by itself: what a change is about.

use super::{
    Column, Composite, Constraint, Domain, Enum, Extension, Grant, Index, Name, Policy, Role, Routine,
    Schema, Sequence, Table, Trigger, View,
};
use std::fmt;

/// An object; one that belongs to a table comes with the table's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Object {
    /// A schema.
    Schema(Schema),
    /// An extension.
    Extension(Extension),
    /// A role.
    Role(Role),
    /// An enum type.
    Enum(Enum),
    /// A domain.
    Domain(Domain),
    /// A composite type.
    Composite(Composite),
    /// A sequence.
    Sequence(Sequence),
    /// A function or procedure.
    Routine(Routine),
    /// A table; in a change of it, what belongs to it changes by itself.
    Table(Table),
    /// A column.
    Column(Name, Column),
    /// A constraint.
    Constraint(Name, Constraint),
    /// An index of a table or a materialized view.
    Index(Name, Index),
    /// A trigger.
    Trigger(Name, Trigger),
    /// A policy.
    Policy(Name, Policy),
    /// A view.
    View(View),
    /// A privilege.
    Grant(Grant),
}

/// What sort of object it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the words are SQL's")]
pub enum Kind {
    Schema,
    Extension,
    Role,
    Enum,
    /// Of an enum; no object by itself, but one that can be renamed.
    Label,
    Domain,
    Composite,
    Sequence,
    Routine,
    Table,
    Column,
    Constraint,
    Index,
    Trigger,
    Policy,
    View,
    Grant,
}

/// What an object is called: enough to find it, and to name it in a message.
///
/// ```
/// use orm_kit::catalog::{Column, Name, Object};
///
/// let object = Object::Column(Name::new("public", "workers"), Column::new("email", "text"));
/// assert_eq!(object.object_name().to_string(), "column `workers.email`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName {
    /// What sort of object it is.
    pub kind: Kind,
    /// Its schema, empty for what is in none.
    pub schema: String,
    /// Its table, or a label's enum; empty for what belongs to none.
    pub table: String,
    /// Its own name, a routine's with its arguments.
    pub name: String,
}

impl Object {
    /// What it is called.
    pub fn object_name(&self) -> ObjectName {
        let free = |kind, name: &str| ObjectName {
            kind,
            schema: String::new(),
            table: String::new(),
            name: name.to_owned(),
        };
        let qualified = |kind, Name { schema, name }: &Name| ObjectName {
            kind,
            schema: schema.clone(),
            table: String::new(),
            name: name.clone(),
        };
        let part = |kind, Name { schema, name: table }: &Name, name: &str| ObjectName {
            kind,
            schema: schema.clone(),
            table: table.clone(),
            name: name.to_owned(),
        };
        match self {
            Object::Schema(schema) => free(Kind::Schema, &schema.name),
            Object::Extension(extension) => free(Kind::Extension, &extension.name),
            Object::Role(role) => free(Kind::Role, &role.name),
            Object::Enum(ty) => qualified(Kind::Enum, &ty.name),
            Object::Domain(ty) => qualified(Kind::Domain, &ty.name),
            Object::Composite(ty) => qualified(Kind::Composite, &ty.name),
            Object::Sequence(sequence) => qualified(Kind::Sequence, &sequence.name),
            Object::Routine(routine) => ObjectName {
                name: format!("{}({})", routine.name.name, routine.arguments),
                ..qualified(Kind::Routine, &routine.name)
            },
            Object::Table(table) => qualified(Kind::Table, &table.name),
            Object::Column(table, column) => part(Kind::Column, table, &column.name),
            Object::Constraint(table, constraint) => part(Kind::Constraint, table, constraint.name()),
            Object::Index(table, index) => part(Kind::Index, table, &index.name),
            Object::Trigger(table, trigger) => part(Kind::Trigger, table, &trigger.name),
            Object::Policy(table, policy) => part(Kind::Policy, table, &policy.name),
            Object::View(view) => qualified(Kind::View, &view.name),
            Object::Grant(grant) => free(Kind::Grant, &grant_words(grant)),
        }
    }
}

/// `select on workers to app`.
fn grant_words(Grant { on, privilege, columns, to, grantable: _ }: &Grant) -> String {
    let on = match on {
        super::GrantTarget::Schema(schema) => format!("schema {schema}"),
        super::GrantTarget::Table(name) => name.to_string(),
        super::GrantTarget::Sequence(name) => format!("sequence {name}"),
        super::GrantTarget::Routine(name, arguments) => format!("routine {name}({arguments})"),
        super::GrantTarget::Type(name) => format!("type {name}"),
    };
    let columns = if columns.is_empty() { String::new() } else { format!(" ({})", columns.join(", ")) };
    format!("{privilege}{columns} on {on} to {to}")
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Schema => "schema",
            Kind::Extension => "extension",
            Kind::Role => "role",
            Kind::Enum => "enum",
            Kind::Label => "label",
            Kind::Domain => "domain",
            Kind::Composite => "composite type",
            Kind::Sequence => "sequence",
            Kind::Routine => "routine",
            Kind::Table => "table",
            Kind::Column => "column",
            Kind::Constraint => "constraint",
            Kind::Index => "index",
            Kind::Trigger => "trigger",
            Kind::Policy => "policy",
            Kind::View => "view",
            Kind::Grant => "grant",
        })
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ObjectName { kind, schema, table, name } = self;
        write!(f, "{kind} `")?;
        if !schema.is_empty() && schema != "public" {
            write!(f, "{schema}.")?;
        }
        if !table.is_empty() {
            write!(f, "{table}.")?;
        }
        write!(f, "{name}`")
    }
}
