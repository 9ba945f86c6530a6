//! An enum: labels both ways and its metadata.

use proc_macro2::TokenStream;
use quote::quote;

use super::{block, said, said_list};
use crate::model::pg_enum::EnumIr;

pub(crate) fn expand_enum(ir: &EnumIr) -> TokenStream {
    let EnumIr { ident, krate, comment, schema, name, renamed_from, variants } = ir;
    let renamed_labels: Vec<TokenStream> = variants
        .iter()
        .filter_map(|variant| Some((variant.renamed_from.as_ref()?, &variant.label)))
        .map(|(from, to)| quote!((#from, #to)))
        .collect();
    let parts = [
        said("schema", schema.as_ref()),
        said("renamed_from", renamed_from.as_ref()),
        said_list("renamed_labels", &renamed_labels),
        said("comment", comment.as_ref()),
    ];
    let parts = parts.iter().flatten();
    let quoted = ir.quoted();
    let labels: Vec<&String> = variants.iter().map(|variant| &variant.label).collect();
    let idents = variants.iter().map(|variant| &variant.ident);
    // Variants with data were reported, and cannot be made of a label alone.
    let plain: Vec<_> = variants.iter().filter(|variant| !variant.has_data).collect();
    let plain_labels = plain.iter().map(|variant| &variant.label);
    let plain_idents = plain.iter().map(|variant| &variant.ident);
    let body = quote! {
        #[automatically_derived]
        impl #ident {
            #[doc(hidden)]
            pub const fn __label(&self) -> &'static ::core::primitive::str {
                match *self { #(#ident::#idents { .. } => #labels,)* }
            }
        }
        #[automatically_derived]
        impl __p::PgEnum for #ident {
            const META: &'static __p::EnumMeta = &__p::EnumMeta {
                #(#parts)*
                ..__p::EnumMeta::new(#name, &[#(#labels),*])
            };
            fn label(&self) -> &'static ::core::primitive::str {
                self.__label()
            }
            fn from_label(__label: &::core::primitive::str) -> ::core::option::Option<Self> {
                match __label {
                    #(#plain_labels => ::core::option::Option::Some(#ident::#plain_idents),)*
                    _ => ::core::option::Option::None,
                }
            }
        }
        #[automatically_derived]
        impl __p::Object for #ident {
            const OBJECT: __p::ObjectMeta = __p::ObjectMeta::Enum(<#ident as __p::PgEnum>::META);
        }
        __p::pg_enum!(#ident, #quoted);
    };
    block(krate, &body)
}
