//! A newtype: the tokens that the runtime's own macro makes impls of.

use proc_macro2::TokenStream;
use quote::quote;

use super::column::expand_collation;
use super::value::expand_value;
use super::{block, said, said_flag, said_list};
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
    let DomainIr { schema, name, sql_type, checks, not_null, default, collation, renamed_from, comment } = ir;
    let checks: Vec<_> =
        checks.iter().map(|(name, expression)| quote!(__p::CheckMeta::new(#name, #expression))).collect();
    let parts = [
        said("schema", schema.as_ref()),
        said("sql_type", sql_type.as_ref()),
        said_list("checks", &checks),
        said_flag("not_null", *not_null),
        said("default", default.as_ref().map(expand_value)),
        said("collation", collation.as_ref().map(expand_collation)),
        said("renamed_from", renamed_from.as_ref()),
        said("comment", comment.as_ref()),
    ];
    let parts = parts.iter().flatten();
    quote!(__p::DomainMeta { #(#parts)* ..__p::DomainMeta::new(#name, <#ty as __p::BaseValue>::TYPE) })
}
