//! A newtype: the tokens that the runtime's own macro makes impls of.

use proc_macro2::TokenStream;
use quote::quote;

use super::{block, said};
use crate::model::newtype::{DomainIr, NewtypeIr};

pub(crate) fn expand_newtype(ir: &NewtypeIr) -> TokenStream {
    let NewtypeIr { ident, member, ty, krate, domain } = ir;
    let body = match domain {
        None => quote!(__p::pg_newtype!(#ident, #ty, #member);),
        Some(domain) => {
            let quoted = domain.quoted();
            let meta = expand_domain(domain, ty);
            quote!(__p::pg_newtype!(#ident, #ty, #member, domain #quoted, &#meta);)
        }
    };
    block(krate, &body)
}

fn expand_domain(ir: &DomainIr, ty: &syn::Type) -> TokenStream {
    let DomainIr { schema, name, sql_type, check, renamed_from, comment } = ir;
    let parts = [
        said("schema", schema.as_ref()),
        said("sql_type", sql_type.as_ref()),
        said("check", check.as_ref()),
        said("renamed_from", renamed_from.as_ref()),
        said("comment", comment.as_ref()),
    ];
    let parts = parts.iter().flatten();
    quote!(__p::DomainMeta { #(#parts)* ..__p::DomainMeta::new(#name, <#ty as __p::BaseValue>::TYPE) })
}
