//! An index as metadata.

use proc_macro2::TokenStream;
use quote::quote;

use super::column::expand_collation;
use super::{said, said_flag, said_list};
use crate::model::index::{IndexIr, IndexKeyIr, IndexTargetIr};

pub(super) fn expand_index(ir: &IndexIr) -> TokenStream {
    let IndexIr { name, unique, nulls_not_distinct, method, keys, include, predicate, with, tablespace } = ir;
    let keys = keys.iter().map(expand_index_key);
    let include: Vec<_> = include.iter().map(|column| &column.name).collect();
    let options = [
        said_flag("unique", *unique),
        said_flag("nulls_not_distinct", *nulls_not_distinct),
        said("method", method.as_ref()),
        said_list("include", &include),
        said("predicate", predicate.as_ref()),
        said("with", with.as_ref()),
        said("tablespace", tablespace.as_ref()),
    ];
    let options = options.iter().flatten();
    quote!(__p::IndexMeta { name: #name, keys: &[#(#keys),*], #(#options)* ..__p::IndexMeta::EMPTY })
}

fn expand_index_key(ir: &IndexKeyIr) -> TokenStream {
    let IndexKeyIr { target, collation, opclass, descending, nulls_first } = ir;
    let plain = match target {
        IndexTargetIr::Column(name) => quote!(__p::IndexKeyMeta::column(#name)),
        IndexTargetIr::Expression(expression) => quote!(__p::IndexKeyMeta::expression(#expression)),
    };
    let nulls = nulls_first.map(|first| match first {
        true => quote!(__p::NullsMeta::First),
        false => quote!(__p::NullsMeta::Last),
    });
    let options: Vec<TokenStream> = said("collation", collation.as_ref().map(expand_collation))
        .into_iter()
        .chain(said("opclass", opclass.as_ref()))
        .chain(said_flag("descending", *descending))
        .chain(said("nulls", nulls))
        .collect();
    if options.is_empty() { plain } else { quote!(__p::IndexKeyMeta { #(#options)* ..#plain }) }
}
