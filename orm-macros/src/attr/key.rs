//! Lists of columns that form a key, and checks: `primary_key(..)`, `unique(..)`, `check(..)`.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{LitStr, Token, token};

use super::Sp;
use super::reader::{Reader, equals, group, name, string};
use super::words::{self, CheckWord, FieldKeyWord, KeyWord};

/// `primary_key(a, b)`, or `primary_key(name = "..", columns(a, b))`; the same for `unique`. On a field `columns` is empty and
/// the field is the column.
pub(crate) struct KeyAttr {
    pub(crate) span: Span,
    pub(crate) name: Option<Sp<String>>,
    pub(crate) columns: Vec<Ident>,
    pub(crate) include: Option<Vec<Ident>>,
    pub(crate) nulls_not_distinct: Option<Span>,
    pub(crate) timing: TimingAttr,
}

impl KeyAttr {
    fn new(word: &Ident) -> Self {
        KeyAttr {
            span: word.span(),
            name: None,
            columns: Vec::new(),
            include: None,
            nulls_not_distinct: None,
            timing: TimingAttr::default(),
        }
    }
}

/// `deferrable`, `initially_deferred`.
#[derive(Default)]
pub(crate) struct TimingAttr {
    pub(crate) deferrable: Option<()>,
    pub(crate) initially_deferred: Option<()>,
}

/// `check = ".."` or `check(name = "..", no_inherit, "..")`.
pub(crate) struct CheckAttr {
    pub(crate) name: Option<Sp<String>>,
    pub(crate) no_inherit: bool,
    pub(crate) expression: Sp<String>,
}

pub(crate) fn parse_key(reader: &Reader<'_>, input: ParseStream<'_>, word: &Ident) -> syn::Result<KeyAttr> {
    let mut key = KeyAttr::new(word);
    let mut list = None;
    let mistakes = reader.errors.count();
    group(input, word, &format!("{word}(a, b)"), |content| {
        reader.items(content, |item| {
            if !(is_option(item) || is_flag(item, KEY_FLAGS)) {
                key.columns.push(column(item)?);
                return Ok(());
            }
            let (option, word) = words::word::<KeyWord>(item)?;
            let option = match option {
                KeyWord::Columns => {
                    reader.once(&mut list, columns(reader, item, &word)?, &word);
                    return Ok(());
                }
                KeyWord::Name => FieldKeyWord::Name,
                KeyWord::Include => FieldKeyWord::Include,
                KeyWord::NullsNotDistinct => FieldKeyWord::NullsNotDistinct,
                KeyWord::Deferrable => FieldKeyWord::Deferrable,
                KeyWord::InitiallyDeferred => FieldKeyWord::InitiallyDeferred,
            };
            parse_option(reader, &mut key, option, item, &word)
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

/// `unique` on a field, with `(name = "..", ..)` perhaps.
pub(crate) fn parse_field_key(
    reader: &Reader<'_>,
    input: ParseStream<'_>,
    word: &Ident,
) -> syn::Result<KeyAttr> {
    let mut key = KeyAttr::new(word);
    if input.peek(token::Paren) {
        group(input, word, &format!("{word}(name = \"..\")"), |content| {
            reader.items(content, |item| {
                let (option, word) = words::word::<FieldKeyWord>(item)?;
                parse_option(reader, &mut key, option, item, &word)
            });
            Ok(())
        })?;
    }
    Ok(key)
}

fn parse_option(
    reader: &Reader<'_>,
    key: &mut KeyAttr,
    option: FieldKeyWord,
    item: ParseStream<'_>,
    word: &Ident,
) -> syn::Result<()> {
    match option {
        FieldKeyWord::Name => reader.once(&mut key.name, name(item, word)?, word),
        FieldKeyWord::Include => reader.once(&mut key.include, columns(reader, item, word)?, word),
        FieldKeyWord::NullsNotDistinct => reader.once(&mut key.nulls_not_distinct, word.span(), word),
        FieldKeyWord::Deferrable => reader.once(&mut key.timing.deferrable, (), word),
        FieldKeyWord::InitiallyDeferred => reader.once(&mut key.timing.initially_deferred, (), word),
    }
    Ok(())
}

pub(crate) fn parse_check(
    reader: &Reader<'_>,
    input: ParseStream<'_>,
    word: &Ident,
) -> syn::Result<CheckAttr> {
    let example = "check(\"price > 0\")";
    if input.peek(Token![=]) {
        equals(input, word, "check = \"price > 0\"")?;
        return Ok(CheckAttr { name: None, no_inherit: false, expression: string(input, word)? });
    }
    let (mut constraint, mut no_inherit, mut expression) = (None, None, None);
    group(input, word, example, |content| {
        reader.items(content, |item| {
            if item.peek(LitStr) {
                reader.once(&mut expression, string(item, word)?, word);
            } else {
                let (option, word) = words::word::<CheckWord>(item)?;
                match option {
                    CheckWord::Name => reader.once(&mut constraint, name(item, &word)?, &word),
                    CheckWord::NoInherit => reader.once(&mut no_inherit, (), &word),
                }
            }
            Ok(())
        });
        Ok(())
    })?;
    let expression = expression.ok_or_else(|| super::reader::needs(word, example))?;
    Ok(CheckAttr { name: constraint, no_inherit: no_inherit.is_some(), expression })
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

/// The options of a key that are a word alone; a column of such a name is written `columns(deferrable)`.
const KEY_FLAGS: &[&str] = &["nulls_not_distinct", "deferrable", "initially_deferred"];

/// Whether an item is one of these words alone.
pub(crate) fn is_flag(item: ParseStream<'_>, flags: &[&str]) -> bool {
    let fork = item.fork();
    let is_word = |word: Ident| flags.contains(&word.to_string().as_str());
    fork.call(Ident::parse_any).is_ok_and(is_word) && (fork.is_empty() || fork.peek(Token![,]))
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
