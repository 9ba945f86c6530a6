//! A default: its metadata, and the check that it fits the column.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::Type;

use super::respan;
use crate::attr::Sp;
use crate::attr::value::Value;

pub(super) fn expand_value(value: &Sp<Value>) -> TokenStream {
    match &value.value {
        Value::Int(number) => {
            let text = number.to_string();
            quote!(__p::DefaultMeta::Number(#text))
        }
        Value::Decimal(text) => quote!(__p::DefaultMeta::Number(#text)),
        Value::Bool(value) => quote!(__p::DefaultMeta::Bool(#value)),
        Value::Text(text) => quote!(__p::DefaultMeta::Text(#text)),
        Value::Json(text) => quote!(__p::DefaultMeta::Json(#text)),
        Value::Constant(path) => quote!(__p::DefaultMeta::Label(#path.__label())),
        Value::Sql(text) => quote!(__p::DefaultMeta::Expression(#text)),
    }
}

/// SQL has no check: its type is the server's to know.
pub(super) fn expand_value_check(value: &Sp<Value>, ty: &Type) -> TokenStream {
    let span = value.span;
    let ty = respan(ty.to_token_stream(), span);
    let check = match &value.value {
        Value::Int(number) => {
            let mut number = Literal::i128_unsuffixed(*number);
            number.set_span(span);
            quote_spanned!(span=> __p::check_int::<#ty>(#number))
        }
        Value::Decimal(_) => quote_spanned!(span=> __p::check_float::<#ty>()),
        Value::Bool(_) => quote_spanned!(span=> __p::check_bool::<#ty>()),
        Value::Text(_) => quote_spanned!(span=> __p::check_text::<#ty>()),
        Value::Json(_) => quote_spanned!(span=> __p::check_json::<#ty>()),
        Value::Constant(path) => {
            return quote_spanned!(span=> const _: <#ty as __p::Value>::Base = #path;);
        }
        Value::Sql(_) => return TokenStream::new(),
    };
    quote_spanned!(span=> const _: () = #check;)
}
