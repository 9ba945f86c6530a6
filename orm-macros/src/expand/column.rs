//! A column: its marker's impl, its metadata, and the checks of its attributes against its Rust type.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::Type;

use super::value::{described, expand_value, expand_value_check};
use super::{option, respan, said, said_flag};
use crate::attr::identity::{IdentityAttr, SequenceAttr};
use crate::model::cast::cast_type;
use crate::model::column::{CollationIr, ColumnIr, Family, GeneratedIr, SqlTypeIr};
use crate::model::name::quote_ident;
use crate::model::table::TableIr;

/// The impls of all markers, by a `macro_rules!` of the core: this crate runs unoptimized in every debug build, and
/// rustc writes the same tokens faster.
pub(super) fn expand_columns(table: &TableIr) -> TokenStream {
    let ident = &table.ident;
    let columns = table.columns.iter().map(|column| expand_column(table, column));
    quote!(__p::columns! { #ident #(#columns)* })
}

fn expand_column(table: &TableIr, column: &ColumnIr) -> TokenStream {
    let ColumnIr { field, ty, name, sql_type, identity, generated, .. } = column;
    let quoted = quote_ident(name);
    let path = table.path(column);
    let marker = table.marker(field);
    let always = identity.as_ref().is_some_and(|identity| identity.always);
    let access = match (generated, always) {
        _ if table.query => quote!(Generated),
        (Some(_), _) => quote!(Generated),
        (None, true) => quote!(Identity),
        (None, false) => quote!(Writable),
    };
    // A parameter travels as its Rust type; only these types compare differently from it.
    let cast = sql_type.as_ref().and_then(|sql_type| match sql_type.family {
        Family::Named => Some(format!("::{}", cast_type(&sql_type.text))),
        Family::Char => Some("::bpchar".to_owned()),
        Family::Varchar | Family::Numeric => None,
    });
    let cast = cast.map(|cast| quote!(, #cast));
    quote!((#marker: #ty, #access, #name, #quoted, #path #cast))
}

/// What differs from a plain column of its type.
pub(super) fn expand_attributes(column: &ColumnIr) -> Vec<TokenStream> {
    let ColumnIr {
        field: _,
        vis: _,
        ty: _,
        name: _,
        sql_type,
        default,
        on_update,
        identity,
        generated,
        collation,
        storage,
        compression,
        renamed_from,
        comment,
    } = column;
    let identity = identity.as_ref().map(expand_identity);
    let collation = collation.as_ref().map(expand_collation);
    let generated = generated.as_ref().map(|GeneratedIr { expression, stored }| match stored {
        true => quote!(Generated(#expression)),
        false => quote!(Virtual(#expression)),
    });
    let sql_type = sql_type.as_ref().map(|sql_type| &sql_type.text);
    let default = default.as_ref().map(expand_value);
    let on_update = on_update.as_ref().map(expand_value);
    let attributes = [
        sql_type.map(|text| quote!(SqlType(#text))),
        default.map(|value| quote!(Default(#value))),
        on_update.map(|value| quote!(OnUpdate(#value))),
        identity.map(|identity| quote!(Identity(#identity))),
        generated,
        collation.map(|collation| quote!(Collation(#collation))),
        storage.as_ref().map(|strategy| quote!(Storage(#strategy))),
        compression.as_ref().map(|method| quote!(Compression(#method))),
        renamed_from.as_ref().map(|name| quote!(RenamedFrom(#name))),
        comment.as_ref().map(|comment| quote!(Comment(#comment))),
    ];
    attributes.into_iter().flatten().collect()
}

fn expand_identity(identity: &IdentityAttr) -> TokenStream {
    let IdentityAttr { span: _, always, options } = identity;
    let kind = match always {
        true => quote!(__p::IdentityMeta::ALWAYS),
        false => quote!(__p::IdentityMeta::BY_DEFAULT),
    };
    let SequenceAttr { increment, min, max, start, cache, cycle } = options;
    let numbers = [("increment", increment), ("min", min), ("max", max), ("start", start), ("cache", cache)];
    let options: Vec<TokenStream> = numbers
        .into_iter()
        .filter_map(|(name, number)| said(name, number.as_ref().map(|number| number.value)))
        .chain(said_flag("cycle", cycle.is_some()))
        .collect();
    if options.is_empty() {
        return kind;
    }
    let default = quote!(..__p::SequenceOptionsMeta::DEFAULT);
    quote!(__p::IdentityMeta { options: __p::SequenceOptionsMeta { #(#options)* #default }, ..#kind })
}

pub(super) fn expand_collation(collation: &CollationIr) -> TokenStream {
    let CollationIr { schema, name } = collation;
    let schema = option(schema.as_ref());
    quote!(__p::CollationMeta { schema: #schema, name: #name })
}

/// Constants that compile only when the attribute fits the field's type, at the attribute's token.
pub(super) fn expand_checks(column: &ColumnIr) -> TokenStream {
    let ColumnIr { ty, sql_type, default, on_update, identity, .. } = column;
    let mut checks = TokenStream::new();
    for value in default.iter().chain(on_update) {
        checks.extend(expand_value_check(value, column));
    }
    if let Some(sql_type) = sql_type {
        checks.extend(expand_type_check(sql_type, ty, &format!("column {}", described(column))));
    }
    if let Some(identity) = identity {
        let ty = respan(ty.to_token_stream(), identity.span);
        let message =
            format!("`identity` is for `i16`, `i32` and `i64`, not for column {}", described(column));
        checks.extend(quote_spanned!(identity.span=> const _: () = __p::check_identity::<#ty>(#message);));
    }
    checks
}

/// That an SQL type by attribute fits the Rust type of what it is on.
pub(super) fn expand_type_check(sql_type: &SqlTypeIr, ty: &Type, shown: &str) -> TokenStream {
    let (check, rule) = match sql_type.family {
        Family::Varchar | Family::Char => (quote!(check_text), "`varchar` and `char` are for text"),
        Family::Numeric => (quote!(check_numeric), "`numeric` is for `Decimal`"),
        Family::Named => return TokenStream::new(),
    };
    let ty = respan(ty.to_token_stream(), sql_type.span);
    let message = format!("{rule}, not for {shown}");
    quote_spanned!(sql_type.span=> const _: () = __p::#check::<#ty>(#message);)
}
