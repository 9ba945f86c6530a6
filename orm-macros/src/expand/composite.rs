//! A composite type: its metadata, and the tokens that the runtime's own macro makes impls of.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::column::expand_type_check;
use super::value::typed;
use super::{block, option, said};
use crate::model::composite::{CompositeFieldIr, CompositeIr};

pub(crate) fn expand_composite(ir: &CompositeIr) -> TokenStream {
    let CompositeIr { ident, krate, comment, schema, name, renamed_from, fields } = ir;
    let parts = [
        said("schema", schema.as_ref()),
        said("renamed_from", renamed_from.as_ref()),
        said("comment", comment.as_ref()),
    ];
    let parts = parts.iter().flatten();
    let quoted = ir.quoted();
    let indexed = || fields.iter().enumerate().map(|(at, field)| (Literal::usize_unsuffixed(at), field));
    let metas = indexed().map(|(at, field)| {
        let CompositeFieldIr { field: _, ty: _, name, sql_type, comment } = field;
        let sql_type = option(sql_type.as_ref().map(|sql_type| &sql_type.text));
        let comment = option(comment.as_ref());
        quote! {
            __p::FieldMeta {
                name: #name,
                ty: <#ident as __p::CompositeField<#at>>::TYPE,
                sql_type: #sql_type,
                comment: #comment,
            }
        }
    });
    let members = indexed().map(|(at, CompositeFieldIr { field, ty, .. })| quote!((#at #field: #ty)));
    let checks = fields.iter().filter_map(|CompositeFieldIr { field, ty, sql_type, .. }| {
        Some(expand_type_check(sql_type.as_ref()?, ty, &format!("field {}", typed(field, ty))))
    });
    let body = quote! {
        __p::pg_composite! {
            #ident, #quoted,
            &__p::CompositeMeta {
                #(#parts)*
                fields: &[#(#metas),*],
                ..__p::CompositeMeta::new(#name)
            },
            #(#members)*
        }
        #(#checks)*
    };
    block(krate, &body)
}
