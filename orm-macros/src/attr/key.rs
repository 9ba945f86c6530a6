//! Lists of columns that form a key, and checks: `primary_key(..)`, `unique(..)`, `check(..)`.

use proc_macro2::{Ident, Span};
use syn::parse::ParseStream;
use syn::{LitStr, Token, token};

use super::Sp;
use super::reader::{Reader, equals, group, name, string};
use super::words::{self, KeyWord, NamedWord};

/// `primary_key(a, b)`, or `primary_key(name = "..", columns(a, b))`; the same for `unique`.
pub(crate) struct KeyAttr {
    pub(crate) span: Span,
    pub(crate) name: Option<Sp<String>>,
    pub(crate) columns: Vec<Ident>,
}

/// `unique` on a field, with `(name = "..")` perhaps.
pub(crate) struct NamedAttr {
    pub(crate) span: Span,
    pub(crate) name: Option<Sp<String>>,
}

/// `check = ".."` or `check(name = "..", "..")`.
pub(crate) struct CheckAttr {
    pub(crate) name: Option<Sp<String>>,
    pub(crate) expression: Sp<String>,
}

pub(crate) fn parse_key(reader: &Reader<'_>, input: ParseStream<'_>, word: &Ident) -> syn::Result<KeyAttr> {
    let mut key = KeyAttr { span: word.span(), name: None, columns: Vec::new() };
    let mut list = None;
    let mistakes = reader.errors.count();
    group(input, word, &format!("{word}(a, b)"), |content| {
        reader.items(content, |item| {
            if !is_option(item) {
                key.columns.push(column(item)?);
                return Ok(());
            }
            let (option, word) = words::word::<KeyWord>(item)?;
            match option {
                KeyWord::Name => reader.once(&mut key.name, name(item, &word)?, &word),
                KeyWord::Columns => reader.once(&mut list, columns(reader, item, &word)?, &word),
            }
            Ok(())
        });
        Ok(())
    })?;
    key.columns.extend(list.into_iter().flatten());
    if reader.errors.count() == mistakes && key.columns.is_empty() {
        let message = format_args!("`{word}` lists no columns; write `{word}(a, b)`");
        reader.errors.at(word.span(), message);
    }
    Ok(key)
}

pub(crate) fn parse_named(
    reader: &Reader<'_>,
    input: ParseStream<'_>,
    word: &Ident,
) -> syn::Result<NamedAttr> {
    let mut attr = NamedAttr { span: word.span(), name: None };
    if input.peek(token::Paren) {
        group(input, word, &format!("{word}(name = \"..\")"), |content| {
            reader.items(content, |item| {
                let (NamedWord::Name, word) = words::word::<NamedWord>(item)?;
                reader.once(&mut attr.name, name(item, &word)?, &word);
                Ok(())
            });
            Ok(())
        })?;
    }
    Ok(attr)
}

pub(crate) fn parse_check(
    reader: &Reader<'_>,
    input: ParseStream<'_>,
    word: &Ident,
) -> syn::Result<CheckAttr> {
    let example = "check(\"price > 0\")";
    if input.peek(Token![=]) {
        equals(input, word, "check = \"price > 0\"")?;
        return Ok(CheckAttr { name: None, expression: string(input, word)? });
    }
    let (mut constraint, mut expression) = (None, None);
    group(input, word, example, |content| {
        reader.items(content, |item| {
            if item.peek(LitStr) {
                reader.once(&mut expression, string(item, word)?, word);
            } else {
                let (NamedWord::Name, word) = words::word::<NamedWord>(item)?;
                reader.once(&mut constraint, name(item, &word)?, &word);
            }
            Ok(())
        });
        Ok(())
    })?;
    let expression = expression.ok_or_else(|| super::reader::needs(word, example))?;
    Ok(CheckAttr { name: constraint, expression })
}

/// Reads `(a, b)` behind a word.
pub(crate) fn columns(reader: &Reader<'_>, input: ParseStream<'_>, word: &Ident) -> syn::Result<Vec<Ident>> {
    let mut columns = Vec::new();
    group(input, word, &format!("{word}(a, b)"), |content| {
        reader.items(content, |item| {
            columns.push(column(item)?);
            Ok(())
        });
        Ok(())
    })?;
    Ok(columns)
}

/// Whether an item is an option (`name = ..`, `columns(..)`) and not a column that has such a name.
pub(crate) fn is_option(item: ParseStream<'_>) -> bool {
    item.peek2(Token![=]) || item.peek2(token::Paren)
}

/// A column is named by the field that holds it.
fn column(item: ParseStream<'_>) -> syn::Result<Ident> {
    let found = item.span();
    item.parse().map_err(|_| syn::Error::new(found, "expected the name of a field"))
}
