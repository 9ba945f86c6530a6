//! What kind of item a derive was put on, and what to say when it is the wrong one.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::punctuated::Punctuated;
use syn::{Data, DeriveInput, Field, Fields, GenericParam, Token, Variant};

use crate::errors::Errors;

/// The fields of a struct with named fields and without generics.
pub(crate) fn named_fields<'i>(
    input: &'i DeriveInput,
    derive: &str,
    errors: &Errors,
) -> Option<Vec<(&'i Ident, &'i Field)>> {
    let Data::Struct(data) = &input.data else {
        return wrong(input, derive, "a struct with named fields", errors);
    };
    let Fields::Named(fields) = &data.fields else {
        return wrong(input, derive, "a struct with named fields", errors);
    };
    no_generics(input, derive, errors)?;
    Some(fields.named.iter().filter_map(|field| Some((field.ident.as_ref()?, field))).collect())
}

/// The variants of an enum.
pub(crate) fn variants<'i>(
    input: &'i DeriveInput,
    derive: &str,
    errors: &Errors,
) -> Option<&'i Punctuated<Variant, Token![,]>> {
    let Data::Enum(data) = &input.data else { return wrong(input, derive, "an enum", errors) };
    no_generics(input, derive, errors)?;
    Some(&data.variants)
}

/// Says what the item is instead.
pub(crate) fn wrong<T>(input: &DeriveInput, derive: &str, needs: &str, errors: &Errors) -> Option<T> {
    let found = match &input.data {
        Data::Enum(_) => "an enum",
        Data::Union(_) => "a union",
        Data::Struct(data) => match &data.fields {
            Fields::Named(_) => "a struct with named fields",
            Fields::Unnamed(_) => "a tuple struct",
            Fields::Unit => "a struct without fields",
        },
    };
    let message = format_args!("`#[derive({derive})]` needs {needs}; `{}` is {found}", input.ident.unraw());
    errors.at(input.ident.span(), message);
    None
}

/// A table, an enum or a newtype is one thing in the database, so it cannot have parameters.
pub(crate) fn no_generics(input: &DeriveInput, derive: &str, errors: &Errors) -> Option<()> {
    refuse(input, derive, errors, |_| true)
}

/// For derives that can borrow, but are of one type.
pub(crate) fn only_lifetimes(input: &DeriveInput, derive: &str, errors: &Errors) -> Option<()> {
    refuse(input, derive, errors, |param| !matches!(param, GenericParam::Lifetime(_)))
}

fn refuse(
    input: &DeriveInput,
    derive: &str,
    errors: &Errors,
    refused: impl Fn(&GenericParam) -> bool,
) -> Option<()> {
    let Some(param) = input.generics.params.iter().find(|param| refused(param)) else { return Some(()) };
    let (kind, name, span) = match param {
        GenericParam::Lifetime(lifetime) => {
            ("lifetime", lifetime.lifetime.to_string(), lifetime.lifetime.span())
        }
        GenericParam::Type(ty) => ("type parameter", ty.ident.to_string(), ty.ident.span()),
        GenericParam::Const(value) => ("const parameter", value.ident.to_string(), value.ident.span()),
    };
    let message =
        format_args!("`#[derive({derive})]` takes no {kind}; write a concrete type in place of `{name}`");
    errors.at(span, message);
    None
}
