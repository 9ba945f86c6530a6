//! What a database holds, as owned data: the common language of compiled schema, snapshot, diff and introspection.
//!
//! Every name is qualified and every list but that of a table's columns is sorted by name, so that equal databases are equal
//! catalogs. Types are as `format_type` prints them. Expressions are text: a person's own in a compiled schema
//! and its snapshot, PostgreSQL's where a server printed them; only those of one origin can be compared.

mod column;
mod constraint;
mod index;
mod name;
mod object;
mod put;
mod routine;
mod security;
mod sequence;
mod sql_type;
mod table;
mod types;
mod view;

pub use column::{Column, Generated, Identity};
pub use constraint::{
    Action, Check, Constraint, Exclusion, ExclusionElement, ForeignKey, Match, PrimaryKey, Timing, Unique,
};
pub use index::{Index, IndexKey, Nulls};
pub use name::Name;
pub use object::{Kind, Object, ObjectName};
pub use routine::{Routine, Trigger};
pub use security::{Grant, GrantTarget, Policy, PolicyCommand, Role};
pub use sequence::{Sequence, SequenceOptions};
pub use sql_type::type_name;
pub use table::{Partition, Partitioned, RowSecurity, Table};
pub use types::{Composite, Domain, DomainCheck, Enum, Extension, Field, Schema};
pub use view::View;

use serde::{Deserialize, Serialize};

/// Everything that a database holds and the kit knows of.
///
/// ```
/// use orm_kit::catalog::{Catalog, Name, Table};
///
/// let workers = Table::new(Name::new("public", "workers"));
/// let catalog = Catalog { tables: vec![workers], ..Catalog::default() };
/// assert!(catalog.table(&Name::new("public", "workers")).is_some());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Catalog {
    /// Namespaces, `public` left out: every database has it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schemas: Vec<Schema>,
    /// Extensions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<Extension>,
    /// Roles that are declared; a catalog from a server has those that it was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Enum types.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub enums: Vec<Enum>,
    /// Domains.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<Domain>,
    /// Composite types, those of tables left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub composites: Vec<Composite>,
    /// Sequences, those of identity columns left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sequences: Vec<Sequence>,
    /// Functions and procedures.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routines: Vec<Routine>,
    /// Tables, with what belongs to each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Table>,
    /// Views and materialized views.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<View>,
    /// Privileges that are given to a role.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Grant>,
}

impl Catalog {
    /// The table of this name.
    pub fn table(&self, name: &Name) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == *name)
    }

    /// Sorts every list but those whose order means something: columns, keys of an index, labels, fields.
    pub fn sort(&mut self) {
        let Catalog {
            schemas,
            extensions,
            roles,
            enums,
            domains,
            composites,
            sequences,
            routines,
            tables,
            views,
            grants,
        } = self;
        schemas.sort_by(|a, b| a.name.cmp(&b.name));
        extensions.sort_by(|a, b| a.name.cmp(&b.name));
        roles.sort_by(|a, b| a.name.cmp(&b.name));
        enums.sort_by(|a, b| a.name.cmp(&b.name));
        domains.sort_by(|a, b| a.name.cmp(&b.name));
        composites.sort_by(|a, b| a.name.cmp(&b.name));
        sequences.sort_by(|a, b| a.name.cmp(&b.name));
        routines.sort_by(|a, b| (&a.name, &a.arguments).cmp(&(&b.name, &b.arguments)));
        tables.sort_by(|a, b| a.name.cmp(&b.name));
        tables.iter_mut().for_each(Table::sort);
        views.sort_by(|a, b| a.name.cmp(&b.name));
        views.iter_mut().for_each(|view| view.indexes.sort_by(|a, b| a.name.cmp(&b.name)));
        grants.sort();
    }
}
