//! Keys and checks as metadata, and unique keys as impls.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{said_flag, said_list};
use crate::model::check::CheckIr;
use crate::model::index::{IndexIr, IndexKeyIr, IndexTargetIr};
use crate::model::key::{KeyIr, Timing};
use crate::model::table::TableIr;

/// How many keys pages may have: a longer unique key is none of theirs.
const MAX_KEYS: usize = 4;

pub(super) fn expand_key(ir: &KeyIr) -> TokenStream {
    let KeyIr { name, columns, include, nulls_not_distinct, timing } = ir;
    let columns = columns.iter().map(|column| &column.name);
    let include: Vec<_> = include.iter().map(|column| &column.name).collect();
    let options: Vec<TokenStream> = said_list("include", &include)
        .into_iter()
        .chain(said_flag("nulls_not_distinct", *nulls_not_distinct))
        .chain(expand_timing(*timing))
        .collect();
    let plain = quote!(__p::KeyMeta::new(#name, &[#(#columns),*]));
    if options.is_empty() { plain } else { quote!(__p::KeyMeta { #(#options)* ..#plain }) }
}

pub(super) fn expand_timing(timing: Timing) -> Option<TokenStream> {
    match timing {
        Timing::NotDeferrable => None,
        Timing::Deferrable => Some(quote!(timing: __p::TimingMeta::Deferrable,)),
        Timing::InitiallyDeferred => Some(quote!(timing: __p::TimingMeta::InitiallyDeferred,)),
    }
}

pub(super) fn expand_check(ir: &CheckIr) -> TokenStream {
    let CheckIr { name, expression, no_inherit } = ir;
    let plain = quote!(__p::CheckMeta::new(#name, #expression));
    if *no_inherit { quote!(__p::CheckMeta { no_inherit: true, ..#plain }) } else { plain }
}

/// `impl UniqueKey<(id,)> for User {}` for each list of columns that is unique, at least where a partial index holds.
pub(super) fn expand_unique_keys(ir: &TableIr) -> TokenStream {
    let TableIr { ident, indexes, .. } = ir;
    let keys = keys(ir).map(|key| key.columns.iter().map(|column| &column.field).collect());
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
    let TableIr { ident, indexes, .. } = ir;
    let keys = keys(ir).map(|key| key.columns.iter().map(|column| &column.field).collect());
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

/// The keys that hold at any time: of others a transaction may break one for a while, and `on conflict` takes none.
fn keys(ir: &TableIr) -> impl Iterator<Item = &KeyIr> {
    let keys = ir.primary_key.iter().chain(&ir.uniques);
    keys.filter(|key| key.timing == Timing::NotDeferrable)
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
