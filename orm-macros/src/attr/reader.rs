//! Reads comma-separated words, and goes on after a mistake.

use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, LitStr, Meta, Path, Token};

use super::Sp;
use crate::errors::Errors;
use crate::model::name;

/// What is being read, for messages (`` column `email` ``), and where its mistakes go.
pub(crate) struct Reader<'e> {
    pub(crate) owner: String,
    pub(crate) errors: &'e Errors,
}

impl Reader<'_> {
    /// Reads the items of every `#[orm(..)]` among the attributes.
    pub(crate) fn attributes(
        &self,
        attrs: &[Attribute],
        mut read: impl FnMut(ParseStream<'_>) -> syn::Result<()>,
    ) {
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("orm")) {
            let span = attr.path().get_ident().map_or_else(Span::call_site, Ident::span);
            match &attr.meta {
                Meta::List(list) if list.tokens.is_empty() => {
                    self.errors.at(span, "`#[orm()]` is empty; write an attribute in it or remove it");
                }
                Meta::List(list) => {
                    let read = list.parse_args_with(|input: ParseStream<'_>| {
                        self.items(input, &mut read);
                        Ok(())
                    });
                    if let Err(error) = read {
                        self.errors.push(error);
                    }
                }
                Meta::Path(_) | Meta::NameValue(_) => {
                    self.errors.at(span, "expected a list in parentheses: `#[orm(..)]`");
                }
            }
        }
    }

    /// Reads items separated by commas; after a mistake it goes on behind the next comma. Everything is consumed.
    pub(crate) fn items(
        &self,
        input: ParseStream<'_>,
        mut read: impl FnMut(ParseStream<'_>) -> syn::Result<()>,
    ) {
        while !input.is_empty() {
            let item = read(input).and_then(|()| match input.is_empty() || input.peek(Token![,]) {
                true => Ok(()),
                false => Err(input.error("expected `,` before this")),
            });
            if let Err(error) = item {
                self.errors.push(error);
                skip(input, true);
            }
            // It is a comma or the end, so this cannot be an error.
            let _ = input.parse::<Option<Token![,]>>();
        }
    }

    /// Keeps the first of what may be given once.
    pub(crate) fn once<T>(&self, slot: &mut Option<T>, value: T, word: &Ident) {
        if slot.is_some() {
            self.twice(word);
        } else {
            *slot = Some(value);
        }
    }

    pub(crate) fn twice(&self, word: &Ident) {
        self.errors
            .at(word.span(), format_args!("`{}` given twice on {}; remove one", word.unraw(), self.owner));
    }
}

/// Reads what is in the parentheses behind a word; `example` shows a user who left them out.
pub(crate) fn group<T>(
    input: ParseStream<'_>,
    word: &Ident,
    example: &str,
    read: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<T> {
    if !input.peek(syn::token::Paren) {
        return Err(needs(word, example));
    }
    let content;
    syn::parenthesized!(content in input);
    whole(&content, |content| {
        let value = read(content)?;
        match content.is_empty() {
            true => Ok(value),
            false => Err(content.error(format_args!("unexpected in `{}`; write `{example}`", word.unraw()))),
        }
    })
}

/// Reads what is inside of a delimiter. After a mistake the rest is dropped: syn would report it as a second one.
pub(crate) fn whole<T>(
    content: ParseStream<'_>,
    read: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<T> {
    let value = read(content);
    if value.is_err() {
        skip(content, false);
    }
    value
}

/// Reads the `=` behind a word.
pub(crate) fn equals(input: ParseStream<'_>, word: &Ident, example: &str) -> syn::Result<()> {
    match input.parse::<Option<Token![=]>>()? {
        Some(_) if !input.is_empty() && !input.peek(Token![,]) => Ok(()),
        _ => Err(needs(word, example)),
    }
}

/// Reads `= ".."`: SQL or another text that is neither empty nor holds what PostgreSQL cannot.
pub(crate) fn text(input: ParseStream<'_>, word: &Ident) -> syn::Result<Sp<String>> {
    equals(input, word, &format!("{} = \"..\"", word.unraw()))?;
    string(input, word)
}

/// Reads a string literal, with the same rules.
pub(crate) fn string(input: ParseStream<'_>, word: &Ident) -> syn::Result<Sp<String>> {
    let value = literal(input, word)?;
    if value.trim().is_empty() {
        return Err(syn::Error::new(value.span, format_args!("`{}` is empty; write a text", word.unraw())));
    }
    no_nul(&value, value.span)?;
    Ok(value)
}

/// Reads `= ".."`, the name of something in the database.
pub(crate) fn name(input: ParseStream<'_>, word: &Ident) -> syn::Result<Sp<String>> {
    equals(input, word, &format!("{} = \"..\"", word.unraw()))?;
    name_literal(input, word)
}

/// Reads a string literal that is the name of something in the database.
pub(crate) fn name_literal(input: ParseStream<'_>, word: &Ident) -> syn::Result<Sp<String>> {
    let value = literal(input, word)?;
    match name::mistake(&value) {
        Some(mistake) => Err(syn::Error::new(value.span, mistake)),
        None => Ok(value),
    }
}

/// Reads `= ".."`, the label of an enum, which may be empty where a name may not.
pub(crate) fn label(input: ParseStream<'_>, word: &Ident) -> syn::Result<Sp<String>> {
    equals(input, word, &format!("{} = \"..\"", word.unraw()))?;
    let value = literal(input, word)?;
    match name::mistake(&value).filter(|_| !value.is_empty()) {
        Some(mistake) => Err(syn::Error::new(value.span, mistake)),
        None => Ok(value),
    }
}

fn literal(input: ParseStream<'_>, word: &Ident) -> syn::Result<Sp<String>> {
    let found = input.span();
    let literal: LitStr = input.parse().map_err(|_| {
        syn::Error::new(found, format_args!("expected a string literal for `{}`", word.unraw()))
    })?;
    Ok(Sp::new(literal.value(), literal.span()))
}

/// Reads `= path`.
pub(crate) fn path(input: ParseStream<'_>, word: &Ident) -> syn::Result<Path> {
    equals(input, word, &format!("{} = path", word.unraw()))?;
    input.call(Path::parse_mod_style)
}

/// PostgreSQL's texts end at a NUL, so none may hold one.
pub(crate) fn no_nul(text: &str, span: Span) -> syn::Result<()> {
    match text.contains('\0') {
        true => Err(syn::Error::new(span, "PostgreSQL text cannot hold a NUL character; remove `\\0`")),
        false => Ok(()),
    }
}

pub(crate) fn needs(word: &Ident, example: &str) -> syn::Error {
    syn::Error::new(word.span(), format_args!("`{}` needs a value; write `{example}`", word.unraw()))
}

/// Drops tokens up to the end, or up to the next comma.
fn skip(input: ParseStream<'_>, stop_at_comma: bool) {
    while !(input.is_empty() || stop_at_comma && input.peek(Token![,])) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}
