//! A struct for a result: a tuple of its fields, and the struct of them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Index, Type};

use super::block;
use crate::attr::row::RowAttr;
use crate::model::krate;

pub(crate) fn expand_row(attr: &RowAttr) -> TokenStream {
    let RowAttr { ident, krate: path, fields } = attr;
    let types: Vec<&Type> = fields.iter().map(|(_, ty)| ty).collect();
    let members = fields.iter().map(|(member, _)| member);
    let positions = (0..fields.len()).map(Index::from);
    let body = quote! {
        #[automatically_derived]
        impl __p::Row for #ident {
            type This = Self;
            type Fields = (#(#types,)*);
            fn from_fields(__fields: Self::Fields) -> Self {
                #ident { #(#members: __fields.#positions),* }
            }
        }
    };
    block(&krate(path.as_ref()), &body)
}
