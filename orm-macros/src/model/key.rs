//! Primary and unique keys.

use proc_macro2::Ident;

use super::column::{ColumnIr, ColumnRef, resolve};
use super::name::{Kind, Names};
use crate::attr::Sp;
use crate::attr::key::KeyAttr;
use crate::attr::table::TableAttr;
use crate::errors::Errors;

pub(crate) struct KeyIr {
    pub(crate) name: String,
    pub(crate) columns: Vec<ColumnRef>,
}

impl KeyIr {
    fn new(names: &mut Names, given: Option<&Sp<String>>, columns: Vec<ColumnRef>, label: &str) -> Self {
        let name = match given {
            Some(name) => name.value.clone(),
            // There is one primary key, so PostgreSQL leaves its columns out of the name.
            None if label == PRIMARY => names.choose(&[], label, Kind::Key),
            None => {
                let columns: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
                names.choose(&columns, label, Kind::Key)
            }
        };
        KeyIr { name, columns }
    }
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
        return Some(KeyIr::new(names, key.name.as_ref(), found?, PRIMARY));
    }
    let (_, column) = attr.columns.iter().zip(columns).find(|(attr, _)| attr.primary_key.is_some())?;
    Some(KeyIr::new(names, None, vec![column.reference()], PRIMARY))
}

/// The fields' keys in their order, then the struct's, as PostgreSQL numbers them.
pub(crate) fn build_uniques(
    attr: &TableAttr,
    columns: &[ColumnIr],
    names: &mut Names,
    errors: &Errors,
) -> Vec<KeyIr> {
    let mut keys = Vec::new();
    for (attr, column) in attr.columns.iter().zip(columns) {
        if let Some(unique) = &attr.unique {
            keys.push(KeyIr::new(names, unique.name.as_ref(), vec![column.reference()], UNIQUE));
        }
    }
    for unique in &attr.uniques {
        if let Some(found) = resolve_key(unique, columns, (&attr.ident, "unique"), errors) {
            keys.push(KeyIr::new(names, unique.name.as_ref(), found, UNIQUE));
        }
    }
    keys
}

fn resolve_key(
    key: &KeyAttr,
    columns: &[ColumnIr],
    place: (&Ident, &str),
    errors: &Errors,
) -> Option<Vec<ColumnRef>> {
    resolve(&key.columns, columns, place, errors).filter(|found| !found.is_empty())
}
