//! Privileges.

use super::table_of;
use crate::meta::{ObjectMeta, TableName};
use crate::table::Columns;

/// Privileges that a role has; made by [`grant`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantMeta {
    /// `select, insert`: the privileges, in SQL's words, with commas between them.
    pub privileges: &'static str,
    /// What they are on.
    pub on: Option<GrantTargetMeta>,
    /// The columns they are for; none named is all.
    pub columns: &'static [&'static str],
    /// Who has them; `public` is everyone.
    pub to: &'static str,
    /// Whether he may pass them on.
    pub grantable: bool,
}

/// What a privilege is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantTargetMeta {
    /// A schema.
    Schema(&'static str),
    /// A table or a view.
    Table(TableName),
    /// A sequence.
    Sequence(TableName),
    /// A function or procedure: its schema, and its signature.
    Routine(Option<&'static str>, &'static str),
    /// A type.
    Type(TableName),
}

/// These privileges, such as `select, insert`.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "notes")]
/// # struct Note { #[orm(primary_key, identity)] id: i64, author: String }
/// use mizzle::object::grant;
///
/// let reading = grant("select").on(Note).columns(&["id"]).to("reader");
/// assert_eq!(reading.to, "reader");
/// ```
pub const fn grant(privileges: &'static str) -> GrantMeta {
    GrantMeta { privileges, on: None, columns: &[], to: "", grantable: false }
}

impl GrantMeta {
    /// On this table.
    pub const fn on<C: Columns>(mut self, _: C) -> Self {
        self.on = Some(GrantTargetMeta::Table(table_of::<C>()));
        self
    }

    /// On this view.
    pub const fn on_view(mut self, schema: Option<&'static str>, name: &'static str) -> Self {
        self.on = Some(GrantTargetMeta::Table(TableName { schema, name }));
        self
    }

    /// On this schema.
    pub const fn on_schema(mut self, schema: &'static str) -> Self {
        self.on = Some(GrantTargetMeta::Schema(schema));
        self
    }

    /// On this sequence.
    pub const fn on_sequence(mut self, schema: Option<&'static str>, name: &'static str) -> Self {
        self.on = Some(GrantTargetMeta::Sequence(TableName { schema, name }));
        self
    }

    /// On this function or procedure: `touch()`.
    pub const fn on_routine(mut self, schema: Option<&'static str>, signature: &'static str) -> Self {
        self.on = Some(GrantTargetMeta::Routine(schema, signature));
        self
    }

    /// On this type.
    pub const fn on_type(mut self, schema: Option<&'static str>, name: &'static str) -> Self {
        self.on = Some(GrantTargetMeta::Type(TableName { schema, name }));
        self
    }

    /// For these columns only.
    pub const fn columns(mut self, columns: &'static [&'static str]) -> Self {
        self.columns = columns;
        self
    }

    /// To this role; `public` is everyone.
    pub const fn to(mut self, role: &'static str) -> Self {
        self.to = role;
        self
    }

    /// He may pass them on.
    pub const fn with_grant_option(mut self) -> Self {
        self.grantable = true;
        self
    }

    #[doc(hidden)]
    pub const fn object(self) -> ObjectMeta {
        assert!(self.on.is_some(), "the grant is on nothing: say `.on(Worker)`");
        assert!(!self.to.is_empty(), "the grant is to nobody: say `.to(\"app\")`");
        ObjectMeta::Grant(self)
    }
}
