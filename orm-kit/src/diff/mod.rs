//! From two catalogs to what must change for the one to become the other.

mod broken;
mod candidate;
mod compare;
mod conflict;
mod create;
mod flat;
mod inherited;
mod merge;
mod order;
mod rename;
mod signature;
pub(crate) mod spot;

pub(crate) use candidate::may_be_renamed;
pub use candidate::{Candidate, candidates};
pub(crate) use flat::Flat;
pub(crate) use merge::{Clash, merge};
pub use rename::Rename;
pub(crate) use signature::signature;

use crate::catalog::Catalog;
use crate::change::Change;

/// What must change for `from` to become `to`, in an order in which the changes can be made one by one.
///
/// Objects are matched by name, after the renames; constraints, indexes and sequences that differ in nothing but their
/// names are renamed unasked. The order of a table's columns is no difference. Expressions are compared as text: both
/// catalogs must be as people wrote them, or both as a server prints them.
///
/// What depends on something that cannot be altered while it is there (a view on a column of another type, a foreign
/// key on a primary key that is replaced) is dropped before and created again behind, with the privileges on it. An
/// alter of an enum, domain or composite type may be one that PostgreSQL knows no statement for
/// ([`ddl::enum_type::add_values`](crate::ddl::enum_type::add_values) and its kin say so): then the type is to be replaced by
/// another, to which its columns are cast.
///
/// ```
/// use orm_kit::{catalog::{Catalog, Column, Name, Table}, change::Change, diff::diff};
///
/// let workers = |columns: &[&str]| {
///     let mut table = Table::new(Name::new("public", "workers"));
///     table.columns = columns.iter().map(|name| Column::new(*name, "text")).collect();
///     Catalog { tables: vec![table], ..Catalog::default() }
/// };
/// let changes = diff(&workers(&["name"]), &workers(&["email", "name"]), &[]);
/// assert_eq!(changes.len(), 1);
/// assert!(matches!(changes[0], Change::Create(_)));
/// assert_eq!(changes[0].object_name().to_string(), "column `workers.email`");
/// ```
pub fn diff(from: &Catalog, to: &Catalog, renames: &[Rename]) -> Vec<Change> {
    let renamed = rename::rename_all(from, to, renames);
    let (old, new) = (flat::Flat::of(&renamed.server), flat::Flat::of(to));
    let mut differences = compare::compare(&renamed, &old, to, &new);
    if differences.is_empty() {
        return renamed.changes;
    }
    broken::spread(&old, &new, &renamed.server, &mut differences);
    let meanwhile = broken::strip(&old, &new, &differences);
    let rest = order::order(&renamed.server, to, &new, differences, meanwhile);
    renamed.changes.into_iter().chain(rest).collect()
}
