//! Primary and unique keys.

use proc_macro2::Ident;

use super::column::{ColumnIr, ColumnRef, resolve};
use super::name::{Kind, Names};
use crate::attr::key::{KeyAttr, TimingAttr};
use crate::attr::table::TableAttr;
use crate::errors::Errors;

pub(crate) struct KeyIr {
    pub(crate) name: String,
    pub(crate) columns: Vec<ColumnRef>,
    pub(crate) include: Vec<ColumnRef>,
    pub(crate) nulls_not_distinct: bool,
    pub(crate) timing: Timing,
}

/// When a constraint is checked.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Timing {
    NotDeferrable,
    Deferrable,
    InitiallyDeferred,
}

impl Timing {
    pub(super) fn of(attr: &TimingAttr) -> Self {
        match attr {
            TimingAttr { initially_deferred: Some(()), .. } => Timing::InitiallyDeferred,
            TimingAttr { deferrable: Some(()), .. } => Timing::Deferrable,
            TimingAttr { .. } => Timing::NotDeferrable,
        }
    }
}

impl KeyIr {
    /// The key `name` of these columns and nothing else.
    pub(crate) fn new(name: String, columns: Vec<ColumnRef>) -> Self {
        let timing = Timing::NotDeferrable;
        KeyIr { name, columns, include: Vec::new(), nulls_not_distinct: false, timing }
    }

    fn of(
        attr: &KeyAttr,
        names: &mut Names,
        columns: Vec<ColumnRef>,
        include: Vec<ColumnRef>,
        label: &str,
    ) -> Self {
        let name = match &attr.name {
            Some(name) => name.value.clone(),
            None if label == PRIMARY => primary_key_name(names),
            None => {
                // PostgreSQL counts the included columns in.
                let columns: Vec<&str> =
                    columns.iter().chain(&include).map(|column| column.name.as_str()).collect();
                names.choose(&columns, label, Kind::Key)
            }
        };
        let timing = Timing::of(&attr.timing);
        KeyIr {
            include,
            nulls_not_distinct: attr.nulls_not_distinct.is_some(),
            timing,
            ..Self::new(name, columns)
        }
    }
}

/// There is one primary key, so PostgreSQL leaves its columns out of the name.
fn primary_key_name(names: &mut Names) -> String {
    names.choose(&[], PRIMARY, Kind::Key)
}

const PRIMARY: &str = "pkey";
const UNIQUE: &str = "key";

/// The struct's key, or the field's.
pub(crate) fn build_primary_key(
    attr: &TableAttr,
    columns: &[ColumnIr],
    names: &mut Names,
    errors: &Errors,
) -> Option<KeyIr> {
    let lists: Vec<_> = attr
        .primary_keys
        .iter()
        .map(|key| (key, resolve_key(key, columns, (&attr.ident, "primary_key"), errors)))
        .collect();
    if let Some((key, found)) = lists.into_iter().next() {
        let (found, include) = found?;
        return Some(KeyIr::of(key, names, found, include, PRIMARY));
    }
    let (_, column) = attr.columns.iter().zip(columns).find(|(attr, _)| attr.primary_key.is_some())?;
    Some(KeyIr::new(primary_key_name(names), vec![column.reference()]))
}

/// The fields' keys in their order, then the struct's, as PostgreSQL numbers them.
pub(crate) fn build_uniques(
    attr: &TableAttr,
    columns: &[ColumnIr],
    names: &mut Names,
    errors: &Errors,
) -> Vec<KeyIr> {
    let mut keys = Vec::new();
    for (field, column) in attr.columns.iter().zip(columns) {
        if let Some(unique) = &field.unique
            && let Some(include) = resolve_include(unique, columns, &attr.ident, errors)
        {
            keys.push(KeyIr::of(unique, names, vec![column.reference()], include, UNIQUE));
        }
    }
    for unique in &attr.uniques {
        if let Some((found, include)) = resolve_key(unique, columns, (&attr.ident, "unique"), errors) {
            keys.push(KeyIr::of(unique, names, found, include, UNIQUE));
        }
    }
    keys
}

fn resolve_key(
    key: &KeyAttr,
    columns: &[ColumnIr],
    place: (&Ident, &str),
    errors: &Errors,
) -> Option<(Vec<ColumnRef>, Vec<ColumnRef>)> {
    // Both are resolved before either is given up, so that one compile shows the mistakes in both.
    let found = resolve(&key.columns, columns, place, errors).filter(|found| !found.is_empty());
    let include = resolve_include(key, columns, place.0, errors);
    Some((found?, include?))
}

fn resolve_include(
    key: &KeyAttr,
    columns: &[ColumnIr],
    table: &Ident,
    errors: &Errors,
) -> Option<Vec<ColumnRef>> {
    let include = key.include.as_deref().unwrap_or_default();
    resolve(include, columns, (table, "include"), errors)
}
