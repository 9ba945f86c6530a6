//! Structs of values to write: which columns they have and how each becomes a parameter.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{GenericParam, Lifetime};

use super::{block, respan};
use crate::attr::insert::{InsertAttr, InsertFieldAttr};
use crate::model::krate;

/// Rows that travel as arrays, one a column, and the functions that say and check what they have.
pub(crate) struct Rows {
    row: &'static str,
    column: &'static str,
    check: &'static str,
}

/// Rows to insert.
pub(crate) const INSERT: Rows = Rows { row: "InsertRow", column: "row_column", check: "check_row" };

/// Rows to change.
pub(crate) const UPDATE: Rows = Rows { row: "UpdateRow", column: "change_column", check: "check_changes" };

/// `complete` is whether to check that no column is missing that must be there.
pub(crate) fn expand_rows(rows: &Rows, attr: &InsertAttr, complete: bool) -> TokenStream {
    let InsertAttr { ident, generics, krate: path, table, fields } = attr;
    let Rows { row, column, check } = rows;
    let (row, check) = (Ident::new(row, ident.span()), Ident::new(check, ident.span()));
    // Without a table there is nothing to implement for.
    let Some(table) = table else { return TokenStream::new() };
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let columns = fields.iter().map(|attr| {
        let (to_column, column) = (Ident::new(column, attr.field.span()), expand_target(attr, table));
        quote_spanned!(attr.field.span()=> __p::#to_column(#column))
    });
    let binds = fields.iter().map(|attr| {
        let (column, field) = (expand_target(attr, table), &attr.field);
        quote_spanned!(attr.ty.span()=> __p::bind_column(__args, #column, __rows, |__row| &__row.#field);)
    });
    let check = complete.then(|| {
        let ty = at_static(attr);
        quote_spanned! {ident.span()=>
            const _: () = __p::#check::<#table>(<#ty as __p::#row>::COLUMNS);
        }
    });
    let body = quote! {
        #[automatically_derived]
        impl #impl_generics __p::#row for #ident #ty_generics #where_clause {
            type This = Self;
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

/// A patch: which of its columns are there, and the parameters of those.
pub(crate) fn expand_patch(attr: &InsertAttr) -> TokenStream {
    let InsertAttr { ident, generics, krate: path, table, fields } = attr;
    let Some(table) = table else { return TokenStream::new() };
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let columns = fields.iter().map(|attr| {
        let column = expand_target(attr, table);
        quote_spanned!(attr.field.span()=> __p::row_column(#column))
    });
    let binds = fields.iter().map(|attr| {
        let (column, field) = (expand_target(attr, table), &attr.field);
        quote_spanned!(attr.ty.span()=> __p::bind_patch(__args, #column, &self.#field);)
    });
    // Without fields it is empty; that there are none has been reported.
    let members = fields.iter().map(|attr| &attr.field);
    let body = quote! {
        #[automatically_derived]
        impl #impl_generics __p::Patch for #ident #ty_generics #where_clause {
            type This = Self;
            type Table = #table;
            const COLUMNS: &'static [__p::RowColumn] = &[#(#columns),*];
            fn is_empty(&self) -> ::core::primitive::bool {
                true #(&& self.#members.is_none())*
            }
            fn bind(&self, __args: &mut __p::Args) {
                #(#binds)*
            }
        }
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
