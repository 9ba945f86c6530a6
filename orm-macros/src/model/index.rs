//! Indexes.

use super::column::{CollationIr, ColumnIr, ColumnRef, build_collation, resolve};
use super::name::{Kind, Names};
use crate::attr::index::{IndexAttr, IndexTargetAttr};
use crate::attr::table::TableAttr;
use crate::errors::Errors;

pub(crate) struct IndexIr {
    pub(crate) name: String,
    pub(crate) unique: bool,
    pub(crate) nulls_not_distinct: bool,
    pub(crate) method: Option<String>,
    pub(crate) keys: Vec<IndexKeyIr>,
    pub(crate) include: Vec<ColumnRef>,
    pub(crate) predicate: Option<String>,
    pub(crate) with: Option<String>,
    pub(crate) tablespace: Option<String>,
}

pub(crate) struct IndexKeyIr {
    pub(crate) target: IndexTargetIr,
    pub(crate) collation: Option<CollationIr>,
    pub(crate) opclass: Option<String>,
    pub(crate) descending: bool,
    pub(crate) nulls_first: Option<bool>,
}

pub(crate) enum IndexTargetIr {
    Column(String),
    Expression(String),
}

const LABEL: &str = "idx";

/// The fields' indexes in their order, then the struct's.
pub(crate) fn build_indexes(
    attr: &TableAttr,
    columns: &[ColumnIr],
    names: &mut Names,
    errors: &Errors,
) -> Vec<IndexIr> {
    let of_fields = attr.columns.iter().flat_map(|column| &column.indexes);
    of_fields
        .chain(&attr.indexes)
        .filter_map(|index| build_index(index, attr, columns, names, errors))
        .collect()
}

fn build_index(
    attr: &IndexAttr,
    table: &TableAttr,
    columns: &[ColumnIr],
    names: &mut Names,
    errors: &Errors,
) -> Option<IndexIr> {
    let IndexAttr { name, unique, nulls_not_distinct, method, keys, include, predicate, with, tablespace } =
        attr;
    let place = (&table.ident, "index");
    let listed: Vec<_> = keys
        .iter()
        .filter_map(|key| match &key.target {
            IndexTargetAttr::Column(column) => Some(column.clone()),
            IndexTargetAttr::Expression(_) => None,
        })
        .collect();
    // Both are resolved before either is given up, so that one compile shows the mistakes in both.
    let (found, include) =
        (resolve(&listed, columns, place, errors), resolve(include, columns, (place.0, "include"), errors));
    let (mut found, include) = (found?.into_iter(), include?);
    let mut parts = Vec::new();
    let mut ir_keys = Vec::new();
    for key in keys {
        let target = match &key.target {
            IndexTargetAttr::Expression(expression) => IndexTargetIr::Expression(expression.value.clone()),
            IndexTargetAttr::Column(_) => {
                let column = found.next()?.name;
                parts.push(column.clone());
                IndexTargetIr::Column(column)
            }
        };
        ir_keys.push(IndexKeyIr {
            target,
            collation: key.collation.as_ref().map(build_collation),
            opclass: key.opclass.as_ref().map(|opclass| opclass.value.clone()),
            descending: key.descending,
            nulls_first: key.nulls_first,
        });
    }
    let name = match name {
        Some(name) => name.value.clone(),
        None => {
            // PostgreSQL counts the included columns in.
            let parts: Vec<&str> =
                parts.iter().chain(include.iter().map(|c| &c.name)).map(String::as_str).collect();
            names.choose(&parts, LABEL, Kind::Index)
        }
    };
    Some(IndexIr {
        name,
        unique: *unique,
        nulls_not_distinct: nulls_not_distinct.is_some(),
        method: method.as_ref().map(|method| method.value.clone()),
        keys: ir_keys,
        include,
        predicate: predicate.as_ref().map(|predicate| predicate.value.clone()),
        with: with.as_ref().map(|with| with.value.clone()),
        tablespace: tablespace.as_ref().map(|name| name.value.clone()),
    })
}
