//! Row security: policies, and that they count.

use super::{UNNAMED, table_of};
use crate::meta::{ObjectMeta, TableName};
use crate::table::Columns;

/// A policy of a table; made by [`policy`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyMeta {
    /// Its name.
    pub name: &'static str,
    /// The table it is on.
    pub table: TableName,
    /// Whether it allows by itself, not only narrows what others allow.
    pub permissive: bool,
    /// What it is for.
    pub command: PolicyCommandMeta,
    /// Whom it is for; nobody named is everyone.
    pub to: &'static [&'static str],
    /// Which rows are seen.
    pub using: Option<&'static str>,
    /// Which rows may be written.
    pub with_check: Option<&'static str>,
}

/// What a policy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyCommandMeta {
    /// Everything.
    All,
    /// `select`.
    Select,
    /// `insert`.
    Insert,
    /// `update`.
    Update,
    /// `delete`.
    Delete,
}

/// That a table's policies count; made by [`row_security`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowSecurityMeta {
    /// The table.
    pub table: TableName,
    /// Whether they count for its owner too.
    pub forced: bool,
}

/// The policy `name`, for every command and everyone (CREATE POLICY). It counts once [`row_security`] of its table is listed.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "notes")]
/// # struct Note { #[orm(primary_key, identity)] id: i64, author: String }
/// use mizzle::object::policy;
///
/// let own = policy("own_notes").on(Note).for_select().to(&["writer"]).using("author = current_user");
/// assert_eq!(own.table.name, "notes");
/// ```
pub const fn policy(name: &'static str) -> PolicyMeta {
    PolicyMeta {
        name,
        table: UNNAMED,
        permissive: true,
        command: PolicyCommandMeta::All,
        to: &[],
        using: None,
        with_check: None,
    }
}

/// Policies of this table count, its owner left out.
pub const fn row_security<C: Columns>(_: C) -> RowSecurityMeta {
    RowSecurityMeta { table: table_of::<C>(), forced: false }
}

impl PolicyMeta {
    /// It is on this table.
    pub const fn on<C: Columns>(mut self, _: C) -> Self {
        self.table = table_of::<C>();
        self
    }

    /// It narrows what others allow.
    pub const fn restrictive(mut self) -> Self {
        self.permissive = false;
        self
    }

    /// It is for `select`.
    pub const fn for_select(mut self) -> Self {
        self.command = PolicyCommandMeta::Select;
        self
    }

    /// It is for `insert`.
    pub const fn for_insert(mut self) -> Self {
        self.command = PolicyCommandMeta::Insert;
        self
    }

    /// It is for `update`.
    pub const fn for_update(mut self) -> Self {
        self.command = PolicyCommandMeta::Update;
        self
    }

    /// It is for `delete`.
    pub const fn for_delete(mut self) -> Self {
        self.command = PolicyCommandMeta::Delete;
        self
    }

    /// It is for these roles.
    pub const fn to(mut self, roles: &'static [&'static str]) -> Self {
        self.to = roles;
        self
    }

    /// Rows of this condition are seen.
    pub const fn using(mut self, condition: &'static str) -> Self {
        self.using = Some(condition);
        self
    }

    /// Rows of this condition may be written.
    pub const fn with_check(mut self, condition: &'static str) -> Self {
        self.with_check = Some(condition);
        self
    }

    #[doc(hidden)]
    pub const fn object(self) -> ObjectMeta {
        assert!(!self.table.name.is_empty(), "the policy is on no table: say `.on(Worker)`");
        ObjectMeta::Policy(self)
    }
}

impl RowSecurityMeta {
    /// They count for the table's owner too.
    pub const fn forced(mut self) -> Self {
        self.forced = true;
        self
    }

    #[doc(hidden)]
    pub const fn object(self) -> ObjectMeta {
        ObjectMeta::RowSecurity(self)
    }
}
