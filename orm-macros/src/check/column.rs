//! Rules over the attributes of one field.

use std::ops::RangeInclusive;

use proc_macro2::Span;
use quote::ToTokens as _;
use syn::ext::IdentExt as _;

use super::table::shown;
use crate::attr::Sp;
use crate::attr::column::{ColumnAttr, NumericAttr, TypeAttr};
use crate::attr::identity::{IdentityAttr, SequenceAttr};
use crate::errors::Errors;
use crate::model::column::option_of;

/// PostgreSQL's `MaxAttrSize`.
const LENGTH: RangeInclusive<i64> = 1..=10_485_760;
/// PostgreSQL's `NUMERIC_MAX_PRECISION`, and its scales since version 15.
const PRECISION: RangeInclusive<i64> = 1..=1000;
const SCALE: RangeInclusive<i64> = -1000..=1000;

pub(super) fn check_column(attr: &ColumnAttr, errors: &Errors) {
    check_types(&attr.types, &shown(attr), errors);
    check_filling(attr, errors);
    check_not_null(attr, errors);
    attr.identity.iter().for_each(|identity| check_identity(identity, attr, errors));
    if let (Some(_), Some(unique)) = (&attr.primary_key, &attr.unique) {
        let message = format_args!("`unique` on {} is implied by `primary_key`; remove it", shown(attr));
        errors.at(unique.span, message);
    }
}

/// A column has one SQL type, of a size that PostgreSQL allows.
pub(super) fn check_types(types: &[Sp<TypeAttr>], shown: &str, errors: &Errors) {
    let word = |ty: &TypeAttr| match ty {
        TypeAttr::Varchar(_) => "varchar",
        TypeAttr::Char(_) => "char",
        TypeAttr::Numeric(_) => "numeric",
        TypeAttr::Named(_) => "type",
    };
    if let Some((first, rest)) = types.split_first() {
        for other in rest {
            let (first, second) = (word(first), word(other));
            let message = match first == second {
                true => format!("`{second}` given twice on {shown}; remove one"),
                false => format!("`{second}` contradicts `{first}` on {shown}; keep one"),
            };
            errors.at(other.span, message);
        }
    }
    for ty in types {
        match &ty.value {
            TypeAttr::Varchar(length) | TypeAttr::Char(length) => {
                in_range(length, &LENGTH, &format!("the length of `{}`", word(ty)), errors);
            }
            TypeAttr::Numeric(Some(NumericAttr { precision, scale })) => {
                in_range(precision, &PRECISION, "the precision of `numeric`", errors);
                if let Some(scale) = scale {
                    in_range(scale, &SCALE, "the scale of `numeric`", errors);
                }
            }
            TypeAttr::Numeric(None) | TypeAttr::Named(_) => {}
        }
    }
}

fn in_range(number: &Sp<i64>, range: &RangeInclusive<i64>, what: &str, errors: &Errors) {
    if !range.contains(&number.value) {
        let (low, high) = (range.start(), range.end());
        errors.at(number.span, format_args!("{what} is {}; expected {low} to {high}", number.value));
    }
}

/// A column is filled in one way: by default, as identity, or generated.
fn check_filling(attr: &ColumnAttr, errors: &Errors) {
    let default = attr.default.as_ref().map(|value| ("default", value.span));
    let identity = attr.identity.as_ref().map(|kind| ("identity", kind.span));
    let generated = attr.generated.as_ref().map(|expression| ("generated", expression.span));
    let on_update = attr.on_update.as_ref().map(|value| ("on_update", value.span));
    if let (Some(span), None) = (attr.computed, &attr.generated) {
        let message = format_args!(
            "`virtual` is about `generated`, which is not given on {}; add `generated = \"..\"`",
            shown(attr)
        );
        errors.at(span, message);
    }
    let contradictory = [
        (identity, default),
        (generated, default),
        (generated, identity),
        (generated, on_update),
        (identity, on_update),
    ];
    for pair in contradictory {
        let (Some((word, _)), Some((other, span))) = pair else { continue };
        errors.at(span, format_args!("`{other}` contradicts `{word}` on {}; keep one", shown(attr)));
    }
}

/// A sequence counts, between bounds.
fn check_identity(attr: &IdentityAttr, column: &ColumnAttr, errors: &Errors) {
    let SequenceAttr { increment, min, max, start: _, cache, cycle: _ } = &attr.options;
    if let Some(increment) = increment.as_ref().filter(|increment| increment.value == 0) {
        let message = format_args!("`increment` is 0 on {}; expected any other number", shown(column));
        errors.at(increment.span, message);
    }
    if let (Some(min), Some(max)) = (min, max)
        && min.value > max.value
    {
        let message = format_args!("`max` is less than `min` on {}; exchange them", shown(column));
        errors.at(max.span, message);
    }
    if let Some(cache) = cache {
        in_range(cache, &(1..=i64::MAX), "the `cache` of an identity", errors);
    }
}

/// Keys and identity are NOT NULL.
fn check_not_null(attr: &ColumnAttr, errors: &Errors) {
    if let Some(span) = attr.primary_key {
        not_null(attr, "primary_key", span, errors);
    } else if let Some(identity) = &attr.identity {
        not_null(attr, "identity", identity.span, errors);
    }
}

pub(super) fn not_null(attr: &ColumnAttr, word: &str, span: Span, errors: &Errors) {
    if let Some(inner) = option_of(&attr.ty) {
        let inner = inner.to_token_stream().to_string().replace(' ', "");
        let name = attr.field.unraw();
        let message = format_args!(
            "`{word}` column `{name}` cannot be NULL; write `{inner}` instead of `Option<{inner}>`"
        );
        errors.at(span, message);
    }
}
