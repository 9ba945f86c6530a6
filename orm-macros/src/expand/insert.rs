//! Rows to insert: which columns they have and how each becomes an array.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{GenericParam, Lifetime};

use super::{block, respan};
use crate::attr::insert::{InsertAttr, InsertFieldAttr};
use crate::model::krate;

/// `complete` is whether to check that no required column is missing.
pub(crate) fn expand_insert(attr: &InsertAttr, complete: bool) -> TokenStream {
    let InsertAttr { ident, generics, krate: path, table, fields } = attr;
    // Without a table there is nothing to implement for.
    let Some(table) = table else { return TokenStream::new() };
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let columns = fields.iter().map(|attr| {
        let column = expand_target(attr, table);
        quote_spanned!(attr.field.span()=> __p::row_column(#column))
    });
    let binds = fields.iter().map(|attr| {
        let (column, field) = (expand_target(attr, table), &attr.field);
        quote_spanned!(attr.ty.span()=> __p::bind_column(__args, #column, __rows, |__row| &__row.#field);)
    });
    let check = complete.then(|| {
        let ty = at_static(attr);
        quote_spanned! {ident.span()=>
            const _: () = __p::check_row::<#table>(<#ty as __p::InsertRow>::COLUMNS);
        }
    });
    let body = quote! {
        #[automatically_derived]
        impl #impl_generics __p::InsertRow for #ident #ty_generics #where_clause {
            type Table = #table;
            const COLUMNS: &'static [__p::RowColumn] = &[#(#columns),*];
            fn bind(__rows: &[Self], __args: &mut __p::Args) {
                #(#binds)*
            }
        }
        #check
    };
    block(&krate(path.as_ref()), &body)
}

/// `&Task.worker_id`.
fn expand_target(attr: &InsertFieldAttr, table: &syn::Path) -> TokenStream {
    let column = attr.column.as_ref().unwrap_or(&attr.field);
    // All of it at the field: an expression's mistakes are shown from its first token on.
    let table = respan(table.to_token_stream(), column.span());
    quote_spanned!(column.span()=> &#table.#column)
}

/// The type where it borrows nothing that ends: a constant has no lifetimes to name.
fn at_static(attr: &InsertAttr) -> TokenStream {
    let ident = &attr.ident;
    let args = attr.generics.params.iter().map(|param| match param {
        GenericParam::Lifetime(_) => Lifetime::new("'static", ident.span()).to_token_stream(),
        GenericParam::Type(param) => param.ident.to_token_stream(),
        GenericParam::Const(param) => param.ident.to_token_stream(),
    });
    quote!(#ident<#(#args),*>)
}
