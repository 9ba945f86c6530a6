//! A table: its constant, its columns and its metadata.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use syn::Visibility;
use syn::ext::IdentExt as _;

use super::column::{expand_attributes, expand_checks, expand_columns};
use super::index::expand_index;
use super::key::{expand_check, expand_key, expand_unique, expand_unique_keys};
use super::reference::{expand_foreign_key, expand_reference_check};
use super::value::expand_value;
use super::visibility::narrower;
use super::{block, option, said, said_list};
use crate::model::column::{ColumnIr, ColumnRef};
use crate::model::name::quote_ident;
use crate::model::table::TableIr;

/// An insert's required columns come in groups of so many, which keeps the compiler's recursion flat.
const GROUP: usize = 16;

pub(crate) fn expand_table(ir: &TableIr) -> TokenStream {
    let impls = [
        expand_struct(ir),
        expand_columns(ir),
        expand_impl(ir),
        expand_unique_keys(ir),
        expand_unique(ir),
        ir.columns.iter().map(expand_checks).collect(),
        ir.foreign_keys.iter().map(|key| expand_reference_check(&ir.ident, key)).collect(),
    ];
    let block = block(&ir.krate, &impls.into_iter().collect());
    let constant = expand_constant(ir);
    quote!(#constant #block)
}

/// `pub const Worker`: what `Worker.email` and `select(Worker)` mean.
fn expand_constant(ir: &TableIr) -> TokenStream {
    let TableIr { ident, vis, krate, .. } = ir;
    let doc = format!(" The columns of [`struct@{}`], and the table itself in a query.", ident.unraw());
    quote! {
        #[doc = #doc]
        #[allow(non_upper_case_globals, dead_code)]
        #vis const #ident: <#ident as #krate::__private::Table>::Columns<#ident> =
            <<#ident as #krate::__private::Table>::Columns<#ident> as #krate::__private::Columns>::ALL;
    }
}

/// The markers, one type a column, and the struct whose fields they are.
fn expand_struct(ir: &TableIr) -> TokenStream {
    let TableIr { ident, vis, .. } = ir;
    let columns = columns_ident(ident);
    let fields: Vec<&Ident> = ir.columns.iter().map(|column| &column.field).collect();
    let meta = expand_meta(ir);
    let vises = ir.columns.iter().map(|column| &column.vis);
    let markers: Vec<Ident> = fields.iter().map(|field| ir.marker(field)).collect();
    let marker_vises = ir.columns.iter().map(|column| marker_visibility(ir, column));
    quote! {
        #(#marker_vises enum #markers {})*
        #vis struct #columns<__S = #ident> { #(#vises #fields: __p::Col<#markers, __S>),* }
        impl<__S> ::core::clone::Clone for #columns<__S> {
            fn clone(&self) -> Self { *self }
        }
        impl<__S> ::core::marker::Copy for #columns<__S> {}
        impl<__S: __p::Source<Table = #ident>> __p::Columns for #columns<__S> {
            type Source = __S;
            const ALL: Self = #columns { #(#fields: __p::Col::NEW),* };
            const META: &'static __p::TableMeta = &#meta;
        }
        impl<__S> __p::IntoSelection for #columns<__S> {
            type Selection = __p::AllOf<__S>;
            type From = __p::FromTable<__S>;
            fn into_selection(self) -> (Self::Selection, Self::From) { (__p::AllOf::NEW, __p::FromTable::NEW) }
        }
    }
}

/// A private field may have a private type, so its marker is private too. Not so a column that `Required` or
/// `PrimaryKey` names: those are as public as the struct, and rustc refuses a private type in them (E0446).
fn marker_visibility<'t>(ir: &'t TableIr, column: &'t ColumnIr) -> &'t Visibility {
    let key = ir.primary_key.iter().flat_map(|key| &key.columns).any(|key| key.field == column.field);
    match key || ir.required.contains(&column.field) {
        true => &ir.vis,
        false => narrower(&ir.vis, &column.vis),
    }
}

fn expand_impl(ir: &TableIr) -> TokenStream {
    let TableIr { ident, schema, name, .. } = ir;
    let columns = columns_ident(ident);
    let quoted = ir.quoted();
    let list: Vec<String> = ir.columns.iter().map(|column| ir.path(column)).collect();
    let list = list.join(", ");
    let names = ir.columns.iter().map(|column| quote_ident(&column.name));
    let groups = ir.required.chunks(GROUP).map(|group| {
        let markers = group.iter().map(|field| ir.marker(field));
        quote!((#(#markers,)*))
    });
    let key = match &ir.primary_key {
        Some(key) => {
            let markers = key.columns.iter().map(|ColumnRef { field, .. }| ir.marker(field));
            quote!((#(#markers,)*))
        }
        None => quote!(__p::NoPrimaryKey),
    };
    let schema = option(schema.as_ref());
    let on_update = expand_on_update(ir);
    let kind = expand_kind(ir);
    let types = ir.columns.chunks(GROUP).map(|group| {
        let markers = group.iter().map(|column| ir.marker(&column.field));
        quote!(__p::add_types::<(#(#markers,)*)>(types);)
    });
    let decode = expand_decode(ir);
    quote! {
        #[automatically_derived]
        impl __p::Source for #ident {
            type Table = #ident;
            const ALIAS: &'static ::core::primitive::str = #quoted;
            const IS_TABLE: ::core::primitive::bool = true;
        }
        #[automatically_derived]
        impl __p::Table for #ident {
            type Columns<__S: __p::Source<Table = #ident>> = #columns<__S>;
            type Required = (#(#groups,)*);
            type PrimaryKey = #key;
            const NAME: __p::TableName = __p::TableName { schema: #schema, name: #name };
            const QUOTED: &'static ::core::primitive::str = #quoted;
            const LIST: &'static ::core::primitive::str = #list;
            const COLUMNS: &'static [&'static ::core::primitive::str] = &[#(#names),*];
            #on_update
            fn types(types: &mut __p::Vec<&'static __p::TypeMeta>) { #(#types)* }
            fn decode(
                fields: &mut __p::Fields<'_>,
            ) -> ::core::result::Result<Self, __p::DecodeError> { #decode }
        }
        #kind
    }
}

/// The body that reads a row: its columns in groups, and of those the struct. `match` costs the compiler less than `?`.
fn expand_decode(ir: &TableIr) -> TokenStream {
    let ident = &ir.ident;
    let (reads, fields): (Vec<TokenStream>, Vec<TokenStream>) = ir
        .columns
        .chunks(GROUP)
        .enumerate()
        .map(|(index, group)| {
            let values = format_ident!("__values{index}");
            let columns: Vec<&Ident> = group.iter().map(|column| &column.field).collect();
            let places = (0..group.len()).map(Literal::usize_unsuffixed);
            let markers = columns.iter().map(|column| ir.marker(column));
            let read = quote! {
                let #values = match <(#(#markers,)*) as __p::ColumnGroup>::decode(fields) {
                    ::core::result::Result::Ok(values) => values,
                    ::core::result::Result::Err(error) => return ::core::result::Result::Err(error),
                };
            };
            (read, quote!(#(#columns: #values.#places,)*))
        })
        .unzip();
    quote!(#(#reads)* ::core::result::Result::Ok(#ident { #(#fields)* }))
}

/// A table of the database is an object of a schema, a query's has fields to be filled.
fn expand_kind(ir: &TableIr) -> TokenStream {
    let ident = &ir.ident;
    if ir.query {
        let types = ir.columns.iter().map(|column| &column.ty);
        quote! {
            #[automatically_derived]
            impl __p::QueryTable for #ident {
                type Fields = (#(#types,)*);
            }
        }
    } else {
        quote! {
            #[automatically_derived]
            impl __p::Object for #ident {
                const OBJECT: __p::ObjectMeta = __p::table_object::<#ident>();
            }
        }
    }
}

fn expand_meta(ir: &TableIr) -> TokenStream {
    let TableIr {
        ident,
        vis: _,
        krate: _,
        comment,
        schema: _,
        name: _,
        renamed_from,
        query: _,
        columns: _,
        required: _,
        primary_key,
        uniques,
        indexes,
        foreign_keys,
        checks,
    } = ir;
    let columns = expand_column_metas(ir);
    let uniques: Vec<_> = uniques.iter().map(expand_key).collect();
    let indexes: Vec<_> = indexes.iter().map(expand_index).collect();
    let foreign_keys: Vec<_> = foreign_keys.iter().map(expand_foreign_key).collect();
    let checks: Vec<_> = checks.iter().map(expand_check).collect();
    let parts = [
        said("renamed_from", renamed_from.as_ref()),
        said("comment", comment.as_ref()),
        said("primary_key", primary_key.as_ref().map(expand_key)),
        said_list("uniques", &uniques),
        said_list("indexes", &indexes),
        said_list("foreign_keys", &foreign_keys),
        said_list("checks", &checks),
    ];
    let parts = parts.iter().flatten();
    quote! {
        __p::TableMeta {
            columns: &#columns,
            #(#parts)*
            ..__p::TableMeta::new(<#ident as __p::Table>::NAME)
        }
    }
}

/// The columns, group by group, and then their attributes.
fn expand_column_metas(ir: &TableIr) -> TokenStream {
    let columns = &ir.columns;
    let count = Literal::usize_unsuffixed(columns.len());
    let plain =
        columns.chunks(GROUP).enumerate().fold(quote!(__p::no_columns()), |before, (index, group)| {
            let markers = group.iter().map(|column| ir.marker(&column.field));
            let at = Literal::usize_unsuffixed(index * GROUP);
            quote!(__p::with_columns::<#count, (#(#markers,)*)>(#before, #at))
        });
    let attributes: Vec<TokenStream> = columns
        .iter()
        .enumerate()
        .flat_map(|(index, column)| {
            let index = Literal::usize_unsuffixed(index);
            expand_attributes(column)
                .into_iter()
                .map(move |attribute| quote!((#index, __p::Attribute::#attribute)))
        })
        .collect();
    match attributes.as_slice() {
        [] => plain,
        attributes => quote!(__p::attributed(#plain, &[#(#attributes),*])),
    }
}

/// The columns every update writes; nothing when there are none, which the trait's default says.
fn expand_on_update(ir: &TableIr) -> Option<TokenStream> {
    let mut entries = ir
        .columns
        .iter()
        .filter_map(|column| {
            let value = expand_value(column.on_update.as_ref()?);
            let name = quote_ident(&column.name);
            Some(quote!(__p::OnUpdate { column: #name, value: #value }))
        })
        .peekable();
    entries.peek()?;
    Some(quote!(const ON_UPDATE: &'static [__p::OnUpdate] = &[#(#entries),*];))
}

fn columns_ident(ident: &Ident) -> Ident {
    format_ident!("{}Columns", ident)
}
