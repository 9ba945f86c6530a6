//! Keys and checks as metadata, and unique keys as impls.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::check::CheckIr;
use crate::model::index::{IndexIr, IndexKeyIr, IndexTargetIr};
use crate::model::key::KeyIr;
use crate::model::table::TableIr;

pub(super) fn expand_key(ir: &KeyIr) -> TokenStream {
    let KeyIr { name, columns } = ir;
    let columns = columns.iter().map(|column| &column.name);
    quote!(__p::KeyMeta { name: #name, columns: &[#(#columns),*] })
}

pub(super) fn expand_check(ir: &CheckIr) -> TokenStream {
    let CheckIr { name, expression } = ir;
    quote!(__p::CheckMeta { name: #name, expression: #expression })
}

/// `impl UniqueKey<(id,)> for User {}` for each list of columns that is unique. A partial index comes last: where a key
/// of the same columns is whole, that is the one.
pub(super) fn expand_unique_keys(ir: &TableIr, marker: &Ident) -> TokenStream {
    let TableIr { ident, primary_key, uniques, indexes, .. } = ir;
    let keys = primary_key.iter().chain(uniques).map(|key| {
        let fields = key.columns.iter().map(|column| &column.field).collect::<Vec<_>>();
        (fields, None)
    });
    let indexes = indexes
        .iter()
        .filter(|index| index.unique)
        .filter_map(|index| Some((fields(index, ir)?, index.predicate.as_deref())));
    let (whole, partial): (Vec<_>, Vec<_>) =
        keys.chain(indexes).partition(|(_, predicate)| predicate.is_none());
    let mut impls = TokenStream::new();
    let mut done: Vec<Vec<&Ident>> = Vec::new();
    for (fields, predicate) in whole.into_iter().chain(partial) {
        if done.contains(&fields) {
            continue;
        }
        let predicate =
            predicate.map(|text| quote!(const PREDICATE: &'static ::core::primitive::str = #text;));
        impls.extend(quote!(impl __p::UniqueKey<(#(#marker::#fields,)*)> for #ident { #predicate }));
        done.push(fields);
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
