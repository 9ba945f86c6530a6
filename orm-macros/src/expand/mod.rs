//! Last step: the model to tokens. What is emitted is data and one body that reads a row.

pub(crate) mod alias;
mod column;
mod composite;
mod index;
mod insert;
mod key;
mod newtype;
mod pg_enum;
mod reference;
mod row;
mod table;
mod value;
mod visibility;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::DeriveInput;

use crate::attr::composite::parse_composite;
use crate::attr::insert::parse_insert;
use crate::attr::newtype::parse_newtype;
use crate::attr::pg_enum::parse_enum;
use crate::attr::row::parse_row;
use crate::attr::table::parse_table;
use crate::check::{
    check_composite, check_enum, check_insert, check_newtype, check_patch, check_row, check_table,
};
use crate::errors::Errors;
use crate::fallback::{bare_composite, bare_enum, bare_patch, bare_table};
use crate::model::composite::build_composite;
use crate::model::newtype::build_newtype;
use crate::model::pg_enum::build_enum;
use crate::model::table::build_table;

/// `#[derive(Table)]`.
pub(crate) fn derive_table(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let model = parse_table(input, &errors).map(|attr| {
        let ir = build_table(&attr, &errors);
        check_table(&attr, &ir, &errors);
        ir
    });
    match errors.finish() {
        None => model.map(|ir| table::expand_table(&ir)).unwrap_or_default(),
        Some(errors) => {
            let fallback = model.and_then(bare_table).map(|ir| table::expand_table(&ir));
            quote!(#errors #fallback)
        }
    }
}

/// `#[derive(PgEnum)]`.
pub(crate) fn derive_enum(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let model = parse_enum(input, &errors).map(|attr| {
        let ir = build_enum(&attr);
        check_enum(&attr, &ir, &errors);
        ir
    });
    match errors.finish() {
        None => model.map(|ir| pg_enum::expand_enum(&ir)).unwrap_or_default(),
        Some(errors) => {
            let fallback = model.map(bare_enum).map(|ir| pg_enum::expand_enum(&ir));
            quote!(#errors #fallback)
        }
    }
}

/// `#[derive(PgComposite)]`.
pub(crate) fn derive_composite(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let model = parse_composite(input, &errors).map(|attr| {
        let ir = build_composite(&attr);
        check_composite(&attr, &ir, &errors);
        ir
    });
    match errors.finish() {
        None => model.map(|ir| composite::expand_composite(&ir)).unwrap_or_default(),
        Some(errors) => {
            let fallback = model.map(bare_composite).map(|ir| composite::expand_composite(&ir));
            quote!(#errors #fallback)
        }
    }
}

/// `#[derive(PgNewtype)]`.
pub(crate) fn derive_newtype(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let model = parse_newtype(input, &errors).map(|attr| {
        check_newtype(&attr, &errors);
        build_newtype(&attr)
    });
    let tokens = model.map(|ir| newtype::expand_newtype(&ir));
    let errors = errors.finish();
    quote!(#errors #tokens)
}

/// `#[derive(Insert)]`.
pub(crate) fn derive_insert(input: &DeriveInput) -> TokenStream {
    derive_rows(input, "Insert", &insert::INSERT)
}

/// `#[derive(Update)]`.
pub(crate) fn derive_update(input: &DeriveInput) -> TokenStream {
    derive_rows(input, "Update", &insert::UPDATE)
}

fn derive_rows(input: &DeriveInput, derive: &str, rows: &insert::Rows) -> TokenStream {
    let errors = Errors::new();
    let attr = parse_insert(input, derive, &errors);
    if let Some(attr) = &attr {
        check_insert(attr, derive, &errors);
    }
    let errors = errors.finish();
    // Which columns are missing is only worth saying when all that were meant were understood.
    let tokens = attr.map(|attr| insert::expand_rows(rows, &attr, errors.is_none()));
    quote!(#errors #tokens)
}

/// `#[derive(Patch)]`.
pub(crate) fn derive_patch(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let attr = parse_insert(input, "Patch", &errors);
    if let Some(attr) = &attr {
        check_patch(attr, &errors);
    }
    let errors = errors.finish();
    let tokens = attr.map(|attr| insert::expand_patch(&bare_patch(attr)));
    quote!(#errors #tokens)
}

/// `#[derive(Row)]`.
pub(crate) fn derive_row(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let attr = parse_row(input, &errors);
    if let Some(attr) = &attr {
        check_row(attr, &errors);
    }
    let tokens = attr.map(|attr| row::expand_row(&attr));
    let errors = errors.finish();
    quote!(#errors #tokens)
}

/// Wraps impls so that they add no name to the user's module, and shortens the one door they go through.
fn block(krate: &TokenStream, body: &TokenStream) -> TokenStream {
    quote! {
        #[doc(hidden)]
        #[allow(clippy::needless_update, dead_code, non_camel_case_types, non_snake_case, unused_qualifications)]
        const _: () = {
            use #krate::__private as __p;
            #body
        };
    }
}

/// A user's module may shadow `Option` and its variants.
fn option<T: ToTokens>(value: Option<T>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

/// `name: Some(value),` where there is a value: what is not said stands in the literal's base, and costs no tokens.
fn said<T: ToTokens>(name: &str, value: Option<T>) -> Option<TokenStream> {
    let name = Ident::new(name, Span::call_site());
    value.map(|value| quote!(#name: ::core::option::Option::Some(#value),))
}

/// `name: &[..],` where there is something in it.
fn said_list<T: ToTokens>(name: &str, values: &[T]) -> Option<TokenStream> {
    let name = Ident::new(name, Span::call_site());
    (!values.is_empty()).then(|| quote!(#name: &[#(#values),*],))
}

/// `name: true,` where it is.
fn said_flag(name: &str, is: bool) -> Option<TokenStream> {
    let name = Ident::new(name, Span::call_site());
    is.then(|| quote!(#name: true,))
}

/// The same tokens at another place, for mistakes that are about a value and not about the type it must have.
fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    let respanned = tokens.into_iter().map(|mut tree| {
        if let TokenTree::Group(group) = &tree {
            tree = Group::new(group.delimiter(), respan(group.stream(), span)).into();
        }
        tree.set_span(tree.span().located_at(span));
        tree
    });
    respanned.collect()
}
