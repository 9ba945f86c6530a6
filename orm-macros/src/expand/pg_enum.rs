//! An enum: labels both ways and its metadata.

use proc_macro2::TokenStream;
use quote::quote;

use super::{block, option};
use crate::model::pg_enum::EnumIr;

pub(crate) fn expand_enum(ir: &EnumIr) -> TokenStream {
    let EnumIr { ident, krate, comment, schema, name, variants } = ir;
    let comment = option(comment.as_ref());
    let schema = option(schema.as_ref());
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
                schema: #schema,
                name: #name,
                labels: &[#(#labels),*],
                comment: #comment,
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
