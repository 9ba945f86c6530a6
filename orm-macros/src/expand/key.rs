//! Keys and checks as metadata, and unique keys as impls.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::check::CheckIr;
use crate::model::index::{IndexIr, IndexKeyIr, IndexTargetIr};
use crate::model::key::KeyIr;
use crate::model::table::TableIr;

/// How many keys pages may have: a longer unique key is none of theirs.
const MAX_KEYS: usize = 4;

pub(super) fn expand_key(ir: &KeyIr) -> TokenStream {
    let KeyIr { name, columns } = ir;
    let columns = columns.iter().map(|column| &column.name);
    quote!(__p::KeyMeta { name: #name, columns: &[#(#columns),*] })
}

pub(super) fn expand_check(ir: &CheckIr) -> TokenStream {
    let CheckIr { name, expression } = ir;
    quote!(__p::CheckMeta { name: #name, expression: #expression })
}

/// `impl UniqueKey<(id,)> for User {}` for each list of columns that is unique, at least where a partial index holds.
pub(super) fn expand_unique_keys(ir: &TableIr) -> TokenStream {
    let TableIr { ident, primary_key, uniques, indexes, .. } = ir;
    let keys = primary_key.iter().chain(uniques);
    let keys = keys.map(|key| key.columns.iter().map(|column| &column.field).collect());
    let indexes = indexes.iter().filter(|index| index.unique).filter_map(|index| fields(index, ir));
    let mut done: Vec<Vec<&Ident>> = Vec::new();
    for fields in keys.chain(indexes) {
        if !done.contains(&fields) {
            done.push(fields);
        }
    }
    let impls = done.iter().map(|fields| {
        let markers = fields.iter().map(|field| ir.marker(field));
        quote!(impl __p::UniqueKey<(#(#markers,)*)> for #ident {})
    });
    impls.collect()
}

/// `impl Unique<team, (worker_id,)> for Membership {}` for each column of a unique key that holds for every row: what else
/// must be known of a row beside the column for there to be one. A column has one impl at most, of its shortest key, and a
/// key with a column that is unique by itself has none: so rustc can infer the others.
pub(super) fn expand_unique(ir: &TableIr) -> TokenStream {
    let TableIr { ident, primary_key, uniques, indexes, .. } = ir;
    let keys = primary_key.iter().chain(uniques);
    let keys = keys.map(|key| key.columns.iter().map(|column| &column.field).collect());
    let indexes = indexes.iter().filter(|index| index.unique && index.predicate.is_none());
    let mut keys: Vec<Vec<&Ident>> = keys.chain(indexes.filter_map(|index| fields(index, ir))).collect();
    keys.sort_by_key(Vec::len);
    let alone: Vec<&Ident> = keys.iter().filter(|key| key.len() == 1).flatten().copied().collect();
    let mut done: Vec<&Ident> = Vec::new();
    let mut impls = TokenStream::new();
    for key in keys.iter().filter(|key| key.len() <= MAX_KEYS) {
        if key.len() > 1 && key.iter().any(|column| alone.contains(column)) {
            continue;
        }
        for column in key {
            if !done.contains(column) {
                done.push(column);
                let others = key.iter().filter(|other| other != &column).map(|other| ir.marker(other));
                let column = ir.marker(column);
                impls.extend(quote!(impl __p::Unique<#column, (#(#others,)*)> for #ident {}));
            }
        }
    }
    impls
}

/// The fields of an index, unless it has an expression.
fn fields<'t>(index: &IndexIr, ir: &'t TableIr) -> Option<Vec<&'t Ident>> {
    let field = |key: &IndexKeyIr| match &key.target {
        IndexTargetIr::Column(name) => {
            ir.columns.iter().find(|column| column.name == *name).map(|column| &column.field)
        }
        IndexTargetIr::Expression(_) => None,
    };
    index.keys.iter().map(field).collect()
}
