//! An index as metadata.

use proc_macro2::TokenStream;
use quote::quote;

use super::option;
use crate::model::index::{IndexIr, IndexKeyIr, IndexTargetIr};

pub(super) fn expand_index(ir: &IndexIr) -> TokenStream {
    let IndexIr { name, unique, method, keys, include, predicate, with } = ir;
    let method = option(method.as_ref());
    let keys = keys.iter().map(expand_index_key);
    let include = include.iter().map(|column| &column.name);
    let predicate = option(predicate.as_ref());
    let with = option(with.as_ref());
    quote! {
        __p::IndexMeta {
            name: #name,
            unique: #unique,
            method: #method,
            keys: &[#(#keys),*],
            include: &[#(#include),*],
            predicate: #predicate,
            with: #with,
        }
    }
}

fn expand_index_key(ir: &IndexKeyIr) -> TokenStream {
    let IndexKeyIr { target, descending, nulls_first } = ir;
    let target = match target {
        IndexTargetIr::Column(name) => quote!(Column(#name)),
        IndexTargetIr::Expression(expression) => quote!(Expression(#expression)),
    };
    let nulls = option(nulls_first.map(|first| match first {
        true => quote!(__p::NullsMeta::First),
        false => quote!(__p::NullsMeta::Last),
    }));
    quote! {
        __p::IndexKeyMeta { target: __p::IndexTargetMeta::#target, descending: #descending, nulls: #nulls }
    }
}
