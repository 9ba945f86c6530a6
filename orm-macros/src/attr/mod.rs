//! First step: tokens to attributes, each with its span. What they mean is the model's business.

pub(crate) mod column;
pub(crate) mod composite;
pub(crate) mod doc;
pub(crate) mod identity;
pub(crate) mod index;
pub(crate) mod insert;
pub(crate) mod json;
pub(crate) mod key;
pub(crate) mod newtype;
pub(crate) mod pg_enum;
pub(crate) mod reader;
pub(crate) mod reference;
pub(crate) mod row;
pub(crate) mod shape;
pub(crate) mod table;
pub(crate) mod value;
pub(crate) mod words;

use std::ops::Deref;

use proc_macro2::Span;

/// A value and the token it was read from.
#[derive(Clone, Debug)]
pub(crate) struct Sp<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T> Sp<T> {
    pub(crate) fn new(value: T, span: Span) -> Self {
        Sp { value, span }
    }
}

impl<T> Deref for Sp<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
