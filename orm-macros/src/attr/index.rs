//! `index(..)` on the struct and on its fields.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{LitStr, Token, token};

use super::Sp;
use super::column::{CollationAttr, collation, collation_name};
use super::key::{columns, is_flag, is_option};
use super::reader::{Reader, equals, group, name, needs, string, text};
use super::words::{self, FieldIndexWord, IndexKeyWord, IndexWord};

/// `index(a, b.desc())` or `index(name = "..", columns(..), unique, using = gin, where = "..", ..)`.
#[derive(Default)]
pub(crate) struct IndexAttr {
    pub(crate) name: Option<Sp<String>>,
    pub(crate) unique: bool,
    pub(crate) nulls_not_distinct: Option<Span>,
    pub(crate) method: Option<Sp<String>>,
    pub(crate) keys: Vec<IndexKeyAttr>,
    pub(crate) include: Vec<Ident>,
    pub(crate) predicate: Option<Sp<String>>,
    pub(crate) with: Option<Sp<String>>,
    pub(crate) tablespace: Option<Sp<String>>,
}

pub(crate) struct IndexKeyAttr {
    pub(crate) target: IndexTargetAttr,
    pub(crate) collation: Option<CollationAttr>,
    pub(crate) opclass: Option<Sp<String>>,
    pub(crate) descending: bool,
    /// Whether NULLs come first, when it is said.
    pub(crate) nulls_first: Option<bool>,
}

pub(crate) enum IndexTargetAttr {
    Column(Ident),
    Expression(Sp<String>),
}

pub(crate) fn parse_index(
    reader: &Reader<'_>,
    input: ParseStream<'_>,
    word: &Ident,
) -> syn::Result<IndexAttr> {
    let mut index = IndexAttr::default();
    let (mut list, mut unique, mut include) = (None, None, None);
    let mistakes = reader.errors.count();
    group(input, word, "index(a, b)", |content| {
        reader.items(content, |item| {
            if !(is_option(item) || is_flag(item, INDEX_FLAGS)) {
                index.keys.push(parse_index_key(item)?);
                return Ok(());
            }
            let (option, word) = words::word::<IndexWord>(item)?;
            match option {
                IndexWord::Name => reader.once(&mut index.name, name(item, &word)?, &word),
                IndexWord::Columns => reader.once(&mut list, index_keys(reader, item, &word)?, &word),
                IndexWord::Unique => reader.once(&mut unique, (), &word),
                IndexWord::NullsNotDistinct => {
                    reader.once(&mut index.nulls_not_distinct, word.span(), &word);
                }
                IndexWord::Using => reader.once(&mut index.method, method(item, &word)?, &word),
                IndexWord::Where => reader.once(&mut index.predicate, text(item, &word)?, &word),
                IndexWord::Include => reader.once(&mut include, columns(reader, item, &word)?, &word),
                IndexWord::With => reader.once(&mut index.with, text(item, &word)?, &word),
                IndexWord::Tablespace => reader.once(&mut index.tablespace, name(item, &word)?, &word),
            }
            Ok(())
        });
        Ok(())
    })?;
    index.keys.extend(list.into_iter().flatten());
    index.unique = unique.is_some();
    index.include = include.unwrap_or_default();
    if reader.errors.count() == mistakes && index.keys.is_empty() {
        reader.errors.at(word.span(), "`index` lists no columns; write `index(a, b)`");
    }
    Ok(index)
}

/// `index` on a field, which is its column: `index(name = "..", unique, using = gin, where = "..", desc, ..)`.
pub(crate) fn parse_field_index(
    reader: &Reader<'_>,
    input: ParseStream<'_>,
    word: &Ident,
    field: &Ident,
) -> syn::Result<IndexAttr> {
    let mut index = IndexAttr::default();
    let (mut unique, mut include, mut options) = (None, None, KeyOptions::default());
    if input.peek(token::Paren) {
        group(input, word, "index(name = \"..\")", |content| {
            reader.items(content, |item| {
                let (option, word) = words::word::<FieldIndexWord>(item)?;
                match option {
                    FieldIndexWord::Name => reader.once(&mut index.name, name(item, &word)?, &word),
                    FieldIndexWord::Unique => reader.once(&mut unique, (), &word),
                    FieldIndexWord::NullsNotDistinct => {
                        reader.once(&mut index.nulls_not_distinct, word.span(), &word);
                    }
                    FieldIndexWord::Using => reader.once(&mut index.method, method(item, &word)?, &word),
                    FieldIndexWord::Where => reader.once(&mut index.predicate, text(item, &word)?, &word),
                    FieldIndexWord::Include => {
                        reader.once(&mut include, columns(reader, item, &word)?, &word);
                    }
                    FieldIndexWord::With => reader.once(&mut index.with, text(item, &word)?, &word),
                    FieldIndexWord::Tablespace => {
                        reader.once(&mut index.tablespace, name(item, &word)?, &word);
                    }
                    FieldIndexWord::Collate => {
                        reader.once(&mut options.collation, collation(item, &word)?, &word);
                    }
                    FieldIndexWord::Opclass => reader.once(&mut options.opclass, text(item, &word)?, &word),
                    FieldIndexWord::Asc => once(&mut options.descending, false, &word)?,
                    FieldIndexWord::Desc => once(&mut options.descending, true, &word)?,
                    FieldIndexWord::NullsFirst => once(&mut options.nulls_first, true, &word)?,
                    FieldIndexWord::NullsLast => once(&mut options.nulls_first, false, &word)?,
                }
                Ok(())
            });
            Ok(())
        })?;
    }
    index.keys.push(options.of(IndexTargetAttr::Column(field.clone())));
    index.unique = unique.is_some();
    index.include = include.unwrap_or_default();
    Ok(index)
}

/// The options of an index that are a word alone; a column of such a name is written `columns(unique)`.
const INDEX_FLAGS: &[&str] = &["unique", "nulls_not_distinct"];

/// What is said of a key beside what it is.
#[derive(Default)]
struct KeyOptions {
    collation: Option<CollationAttr>,
    opclass: Option<Sp<String>>,
    descending: Option<bool>,
    nulls_first: Option<bool>,
}

impl KeyOptions {
    fn of(self, target: IndexTargetAttr) -> IndexKeyAttr {
        let KeyOptions { collation, opclass, descending, nulls_first } = self;
        IndexKeyAttr { target, collation, opclass, descending: descending.unwrap_or(false), nulls_first }
    }
}

/// Takes what a key can be told once, `asc` or `desc` for one.
fn once<T>(slot: &mut Option<T>, value: T, word: &Ident) -> syn::Result<()> {
    if slot.replace(value).is_some() {
        let message = format_args!("`{word}` follows another option of its kind; keep one");
        return Err(syn::Error::new(word.span(), message));
    }
    Ok(())
}

fn index_keys(reader: &Reader<'_>, input: ParseStream<'_>, word: &Ident) -> syn::Result<Vec<IndexKeyAttr>> {
    let mut keys = Vec::new();
    group(input, word, "columns(a, b.desc())", |content| {
        reader.items(content, |item| {
            keys.push(parse_index_key(item)?);
            Ok(())
        });
        Ok(())
    })?;
    Ok(keys)
}

/// `email`, `created_at.desc().nulls_last()`, `"lower(email)"`.
fn parse_index_key(item: ParseStream<'_>) -> syn::Result<IndexKeyAttr> {
    let found = item.span();
    let target = if item.peek(LitStr) {
        IndexTargetAttr::Expression(string(item, &Ident::new("columns", found))?)
    } else {
        let column = item.parse().map_err(|_| {
            syn::Error::new(
                found,
                "expected the name of a field, or an expression in quotes: `\"lower(email)\"`",
            )
        })?;
        IndexTargetAttr::Column(column)
    };
    let mut options = KeyOptions::default();
    while item.parse::<Option<Token![.]>>()?.is_some() {
        let (option, word) = words::word::<IndexKeyWord>(item)?;
        let bare = || group(item, &word, &format!("{word}()"), |_| Ok(()));
        match option {
            IndexKeyWord::Asc => once(&mut options.descending, bare().map(|()| false)?, &word)?,
            IndexKeyWord::Desc => once(&mut options.descending, bare().map(|()| true)?, &word)?,
            IndexKeyWord::NullsFirst => once(&mut options.nulls_first, bare().map(|()| true)?, &word)?,
            IndexKeyWord::NullsLast => once(&mut options.nulls_first, bare().map(|()| false)?, &word)?,
            IndexKeyWord::Collate => {
                let name = group(item, &word, "collate(\"C\")", |content| collation_name(content, &word))?;
                once(&mut options.collation, name, &word)?;
            }
            IndexKeyWord::Opclass => {
                let example = "opclass(\"text_pattern_ops\")";
                let opclass = group(item, &word, example, |content| string(content, &word))?;
                once(&mut options.opclass, opclass, &word)?;
            }
        }
    }
    Ok(options.of(target))
}

/// `= gin` or `= "gin"`.
fn method(input: ParseStream<'_>, word: &Ident) -> syn::Result<Sp<String>> {
    equals(input, word, "using = gin")?;
    if input.peek(LitStr) {
        return string(input, word);
    }
    let method = input.call(Ident::parse_any).map_err(|_| needs(word, "using = gin"))?;
    Ok(Sp::new(method.unraw().to_string(), method.span()))
}
