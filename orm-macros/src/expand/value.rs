//! A default: its metadata, and the check that it fits the column.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::Type;
use syn::ext::IdentExt as _;

use super::respan;
use crate::attr::Sp;
use crate::attr::value::Value;
use crate::model::column::ColumnIr;

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
pub(super) fn expand_value_check(value: &Sp<Value>, column: &ColumnIr) -> TokenStream {
    let span = value.span;
    let ty = respan(column.ty.to_token_stream(), span);
    let message = |what: &str| format!("{what} does not fit column {}", described(column));
    let check = match &value.value {
        Value::Int(number) => {
            let message = message(&format!("the number `{number}`"));
            let mut number = Literal::i128_unsuffixed(*number);
            number.set_span(span);
            quote_spanned!(span=> check_int::<#ty>(#number, #message))
        }
        Value::Decimal(number) => {
            let message = message(&format!("the number `{number}`"));
            quote_spanned!(span=> check_float::<#ty>(#message))
        }
        Value::Bool(value) => {
            let message = message(&format!("`{value}`"));
            quote_spanned!(span=> check_bool::<#ty>(#message))
        }
        Value::Text(text) => {
            let message = message(&format!("the text `{text}`"));
            quote_spanned!(span=> check_text::<#ty>(#message))
        }
        Value::Json(_) => {
            let message = message("a JSON document");
            quote_spanned!(span=> check_json::<#ty>(#message))
        }
        Value::Constant(path) => {
            return quote_spanned!(span=> const _: <#ty as __p::Value>::Base = #path;);
        }
        Value::Sql(_) => return TokenStream::new(),
    };
    quote_spanned!(span=> const _: () = __p::#check;)
}

/// The column with its Rust type, for a message: "`score` of type `i32`".
pub(super) fn described(column: &ColumnIr) -> String {
    typed(&column.field, &column.ty)
}

/// A field with its Rust type.
pub(super) fn typed(field: &Ident, ty: &Type) -> String {
    let ty = ty.to_token_stream().to_string().replace(' ', "");
    format!("`{}` of type `{ty}`", field.unraw())
}
