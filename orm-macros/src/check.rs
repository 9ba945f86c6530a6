//! Third step: rules over several attributes.

mod column;
mod key;
mod table;

pub(crate) use table::check_table;

use column::check_types;

use std::fmt::Display;

use proc_macro2::Span;
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;

use crate::attr::Sp;
use crate::attr::composite::CompositeAttr;
use crate::attr::insert::{InsertAttr, InsertFieldAttr};
use crate::attr::newtype::NewtypeAttr;
use crate::attr::pg_enum::EnumAttr;
use crate::attr::row::RowAttr;
use crate::errors::Errors;
use crate::model::column::option_of;
use crate::model::composite::CompositeIr;
use crate::model::name;
use crate::model::pg_enum::EnumIr;

/// A default name can be too long where nobody wrote a literal to point at.
fn check_default_name(name: &str, ident: &syn::Ident, word: impl Display, errors: &Errors) {
    if let Some(mistake) = name::mistake(name) {
        errors.at(ident.span(), format_args!("{mistake}, or name it with `{word} = \"..\"`"));
    }
}

/// PostgreSQL looks for its own types first, so a `Point` would be made, and never found again.
fn check_type_name(name: &str, schema: Option<&Sp<String>>, span: Span, word: &str, errors: &Errors) {
    if schema.is_none() && name::is_built_in(name) {
        let message = "is the name of one of PostgreSQL's own types";
        errors.at(
            span,
            format_args!("`{name}` {message}; choose another with `{word} = \"..\"`, or add a `schema`"),
        );
    }
}

/// What is renamed has another name now.
fn check_renamed(from: Option<&Sp<String>>, name: &str, what: &str, errors: &Errors) {
    if let Some(from) = from.filter(|from| from.value == name) {
        let message = format_args!(
            "{what} is called `{name}` still; write the former name in `renamed_from`, or remove it"
        );
        errors.at(from.span, message);
    }
}

/// An enum has labels, each once, and a label is all that a variant has.
pub(crate) fn check_enum(attr: &EnumAttr, ir: &EnumIr, errors: &Errors) {
    let ident = attr.ident.unraw();
    if attr.variants.is_empty() {
        let message = format_args!("`#[derive(PgEnum)]` needs at least one variant; `{ident}` has none");
        errors.at(attr.ident.span(), message);
    }
    if attr.name.is_none() {
        check_default_name(&ir.name, &attr.ident, "name", errors);
    }
    let span = attr.name.as_ref().map_or_else(|| attr.ident.span(), |name| name.span);
    check_type_name(&ir.name, attr.schema.as_ref(), span, "name", errors);
    check_renamed(attr.renamed_from.as_ref(), &ir.name, "the enum", errors);
    for (at, (variant, attr)) in ir.variants.iter().zip(&attr.variants).enumerate() {
        let shown = variant.ident.unraw();
        if let Some(span) = attr.data {
            let message = "and a label in PostgreSQL has none; remove it";
            errors.at(span, format_args!("variant `{shown}` carries data, {message}"));
        }
        check_renamed(attr.renamed_from.as_ref(), &variant.label, "the label", errors);
        if attr.rename.is_none() {
            check_default_name(&variant.label, &variant.ident, "rename", errors);
        }
        if let Some(earlier) = ir.variants.iter().take(at).find(|earlier| earlier.label == variant.label) {
            let span = attr.rename.as_ref().map_or_else(|| variant.ident.span(), |label| label.span);
            let (first, label) = (earlier.ident.unraw(), &variant.label);
            errors.at(
                span,
                format_args!("two variants have the label `{label}`: `{first}` and `{shown}`; rename one"),
            );
        }
    }
}

/// The fields of a composite type are named as the columns of a table.
pub(crate) fn check_composite(attr: &CompositeAttr, ir: &CompositeIr, errors: &Errors) {
    let ident = attr.ident.unraw();
    if attr.fields.is_empty() {
        let message = format_args!("`#[derive(PgComposite)]` needs at least one field; `{ident}` has none");
        errors.at(attr.ident.span(), message);
    }
    if attr.name.is_none() {
        check_default_name(&ir.name, &attr.ident, "name", errors);
    }
    let span = attr.name.as_ref().map_or_else(|| attr.ident.span(), |name| name.span);
    check_type_name(&ir.name, attr.schema.as_ref(), span, "name", errors);
    check_renamed(attr.renamed_from.as_ref(), &ir.name, "the type", errors);
    for (at, (field, attr)) in ir.fields.iter().zip(&attr.fields).enumerate() {
        let shown = field.field.unraw();
        check_types(&attr.types, &format!("field `{shown}`"), errors);
        if attr.name.is_none() {
            check_default_name(&field.name, &attr.field, "name", errors);
        }
        if let Some(earlier) = ir.fields.iter().take(at).find(|earlier| earlier.name == field.name) {
            let span = attr.name.as_ref().map_or_else(|| attr.field.span(), |name| name.span);
            let (first, name) = (earlier.field.unraw(), &field.name);
            errors.at(
                span,
                format_args!(
                    "two fields are named `{name}`: `{first}` and `{shown}`; rename one with `name = \"..\"`"
                ),
            );
        }
    }
}

/// What describes a domain needs one.
pub(crate) fn check_newtype(attr: &NewtypeAttr, errors: &Errors) {
    if let (None, Some((word, span))) = (&attr.domain, &attr.about_domain) {
        let message = format_args!("`{word}` is about a domain and none is named; add `domain = \"..\"`");
        errors.at(*span, message);
    }
    if let Some(name) = &attr.domain {
        check_type_name(name, attr.schema.as_ref(), name.span, "domain", errors);
        for check in attr.checks.iter().filter(|check| check.no_inherit) {
            errors.at(check.expression.span, "a domain has no tables that inherit; remove `no_inherit`");
        }
        check_renamed(attr.renamed_from.as_ref(), name, "the domain", errors);
    }
}

/// The most fields a selection has.
const ROW_FIELDS: usize = 16;

/// A row is a tuple of the selection's columns, and those end at 16.
pub(crate) fn check_row(attr: &RowAttr, errors: &Errors) {
    let (ident, count) = (attr.ident.unraw(), attr.fields.len());
    if count == 0 || count > ROW_FIELDS {
        let message = format_args!("`#[derive(Row)]` needs 1 to {ROW_FIELDS} fields; `{ident}` has {count}");
        errors.at(attr.ident.span(), message);
    }
}

/// Rows go into one table, each field into a column of its own.
pub(crate) fn check_insert(attr: &InsertAttr, derive: &str, errors: &Errors) {
    let ident = attr.ident.unraw();
    if attr.table.is_none() {
        let message = format_args!("`{ident}` names no table; add `#[orm(table = Worker)]` to the struct");
        errors.at(attr.ident.span(), message);
    }
    if attr.fields.is_empty() {
        let message = format_args!("`#[derive({derive})]` needs at least one field; `{ident}` has none");
        errors.at(attr.ident.span(), message);
    }
    let column = |field: &InsertFieldAttr| field.column.as_ref().unwrap_or(&field.field).unraw();
    for (at, field) in attr.fields.iter().enumerate() {
        let name = column(field);
        if let Some(earlier) = attr.fields.iter().take(at).find(|earlier| column(earlier) == name) {
            let span = field.column.as_ref().unwrap_or(&field.field).span();
            let (a, b) = (earlier.field.unraw(), field.field.unraw());
            errors.at(span, format_args!("two fields set column `{name}`: `{a}` and `{b}`; remove one"));
        }
    }
}

/// The most parts of one statement that may be absent.
const PATCH_FIELDS: usize = 64;

/// A field that is not there leaves its column alone, so each must be able not to be there.
pub(crate) fn check_patch(attr: &InsertAttr, errors: &Errors) {
    check_insert(attr, "Patch", errors);
    if attr.fields.len() > PATCH_FIELDS {
        let (ident, count) = (attr.ident.unraw(), attr.fields.len());
        let message = format_args!("a patch has at most {PATCH_FIELDS} fields; `{ident}` has {count}");
        errors.at(attr.ident.span(), message);
    }
    for field in attr.fields.iter().filter(|field| option_of(&field.ty).is_none()) {
        let (name, ty) = (field.field.unraw(), shown(&field.ty));
        errors.at(
            field.ty.span(),
            format_args!("field `{name}` of a patch must be an `Option`; write `Option<{ty}>`, whose `None` leaves the column alone"),
        );
    }
}

/// A type without the blanks that tokens are printed with, but for those that part two words.
fn shown(ty: &syn::Type) -> String {
    let text = ty.to_token_stream().to_string();
    let is_word = |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '_');
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        if char != ' ' || is_word(out.chars().last()) && is_word(chars.peek().copied()) {
            out.push(char);
        }
    }
    out
}
