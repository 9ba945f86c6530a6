//! A newtype: the tokens that the runtime's own macro makes impls of.

use proc_macro2::TokenStream;
use quote::quote;

use super::{block, option};
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
    let DomainIr { schema, name, sql_type, check, comment } = ir;
    let (schema, sql_type) = (option(schema.as_ref()), option(sql_type.as_ref()));
    let (check, comment) = (option(check.as_ref()), option(comment.as_ref()));
    quote! {
        __p::DomainMeta {
            schema: #schema,
            name: #name,
            base: <#ty as __p::BaseValue>::TYPE,
            sql_type: #sql_type,
            check: #check,
            comment: #comment,
        }
    }
}
