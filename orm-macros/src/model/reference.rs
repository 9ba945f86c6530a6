//! Foreign keys.

use proc_macro2::Ident;
use syn::Path;

use super::column::{ColumnIr, ColumnRef, resolve};
use super::key::Timing;
use super::name::{Kind, Names};
use crate::attr::reference::ForeignKeyAttr;
use crate::attr::table::TableAttr;
use crate::attr::words::ActionWord;
use crate::errors::Errors;

pub(crate) struct ForeignKeyIr {
    pub(crate) name: String,
    pub(crate) columns: Vec<ColumnRef>,
    /// A path to the other table's constant.
    pub(crate) table: Path,
    /// Its fields.
    pub(crate) targets: Vec<(Path, Ident)>,
    pub(crate) on_delete: Option<ActionWord>,
    pub(crate) on_update: Option<ActionWord>,
    pub(crate) match_full: bool,
    pub(crate) timing: Timing,
}

/// The fields' references in their order, then the struct's.
pub(crate) fn build_foreign_keys(
    attr: &TableAttr,
    columns: &[ColumnIr],
    names: &mut Names,
    errors: &Errors,
) -> Vec<ForeignKeyIr> {
    let mut keys = Vec::new();
    for (attr, column) in attr.columns.iter().zip(columns) {
        let reference = attr.references.as_ref();
        keys.extend(reference.and_then(|key| build_foreign_key(key, vec![column.reference()], names)));
    }
    for key in &attr.foreign_keys {
        let found = resolve(&key.columns, columns, (&attr.ident, "foreign_key"), errors);
        keys.extend(found.and_then(|found| build_foreign_key(key, found, names)));
    }
    keys
}

fn build_foreign_key(
    attr: &ForeignKeyAttr,
    columns: Vec<ColumnRef>,
    names: &mut Names,
) -> Option<ForeignKeyIr> {
    let ForeignKeyAttr {
        span: _,
        name,
        columns: _,
        targets,
        on_delete,
        on_update,
        match_full,
        timing,
        complete: _,
    } = attr;
    // A key without a target says nothing; the check reports it.
    let table = targets.first()?.table.clone();
    let name = match name {
        Some(name) => name.value.clone(),
        None => {
            let columns: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            names.choose(&columns, "fkey", Kind::Constraint)
        }
    };
    let targets = targets.iter().map(|target| (target.table.clone(), target.column.clone())).collect();
    Some(ForeignKeyIr {
        name,
        columns,
        table,
        targets,
        on_delete: *on_delete,
        on_update: *on_update,
        match_full: match_full.is_some(),
        timing: Timing::of(timing),
    })
}
