//! `index(..)` on the struct and on its fields.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{LitStr, Token, token};

use super::Sp;
use super::key::{columns, is_option};
use super::reader::{Reader, equals, group, name, needs, string, text};
use super::words::{self, FieldIndexWord, IndexWord, SortWord, Word as _};

/// `index(a, b.desc())` or `index(name = "..", columns(..), unique, using = gin, where = "..", ..)`.
#[derive(Default)]
pub(crate) struct IndexAttr {
    pub(crate) name: Option<Sp<String>>,
    pub(crate) unique: bool,
    pub(crate) method: Option<Sp<String>>,
    pub(crate) keys: Vec<IndexKeyAttr>,
    pub(crate) include: Vec<Ident>,
    pub(crate) predicate: Option<Sp<String>>,
    pub(crate) with: Option<Sp<String>>,
}

pub(crate) struct IndexKeyAttr {
    pub(crate) target: IndexTargetAttr,
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
            // `unique` alone is the flag; a column of that name is written `columns(unique)`.
            let flag = item.peek(Ident::peek_any) && item.fork().call(Ident::parse_any)? == "unique";
            if !(is_option(item) || flag) {
                index.keys.push(parse_index_key(item)?);
                return Ok(());
            }
            let (option, word) = words::word::<IndexWord>(item)?;
            match option {
                IndexWord::Name => reader.once(&mut index.name, name(item, &word)?, &word),
                IndexWord::Columns => reader.once(&mut list, index_keys(reader, item, &word)?, &word),
                IndexWord::Unique => reader.once(&mut unique, (), &word),
                IndexWord::Using => reader.once(&mut index.method, method(item, &word)?, &word),
                IndexWord::Where => reader.once(&mut index.predicate, text(item, &word)?, &word),
                IndexWord::Include => reader.once(&mut include, columns(reader, item, &word)?, &word),
                IndexWord::With => reader.once(&mut index.with, text(item, &word)?, &word),
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
    let (mut unique, mut include, mut sort) = (None, None, Sort::default());
    if input.peek(token::Paren) {
        group(input, word, "index(name = \"..\")", |content| {
            reader.items(content, |item| {
                let (option, word) = words::word::<FieldIndexWord>(item)?;
                match option {
                    FieldIndexWord::Name => reader.once(&mut index.name, name(item, &word)?, &word),
                    FieldIndexWord::Unique => reader.once(&mut unique, (), &word),
                    FieldIndexWord::Using => reader.once(&mut index.method, method(item, &word)?, &word),
                    FieldIndexWord::Where => reader.once(&mut index.predicate, text(item, &word)?, &word),
                    FieldIndexWord::Include => {
                        reader.once(&mut include, columns(reader, item, &word)?, &word);
                    }
                    FieldIndexWord::With => reader.once(&mut index.with, text(item, &word)?, &word),
                    FieldIndexWord::Asc => sort.add(SortWord::Asc, &word)?,
                    FieldIndexWord::Desc => sort.add(SortWord::Desc, &word)?,
                    FieldIndexWord::NullsFirst => sort.add(SortWord::NullsFirst, &word)?,
                    FieldIndexWord::NullsLast => sort.add(SortWord::NullsLast, &word)?,
                }
                Ok(())
            });
            Ok(())
        })?;
    }
    index.keys.push(sort.of(IndexTargetAttr::Column(field.clone())));
    index.unique = unique.is_some();
    index.include = include.unwrap_or_default();
    Ok(index)
}

/// How a key is sorted, as far as it is said.
#[derive(Default)]
struct Sort {
    descending: Option<bool>,
    nulls_first: Option<bool>,
}

impl Sort {
    fn add(&mut self, sort: SortWord, word: &Ident) -> syn::Result<()> {
        let earlier = match sort {
            SortWord::Asc => self.descending.replace(false),
            SortWord::Desc => self.descending.replace(true),
            SortWord::NullsFirst => self.nulls_first.replace(true),
            SortWord::NullsLast => self.nulls_first.replace(false),
        };
        if earlier.is_some() {
            let message = format_args!("`{word}` follows another {} of its kind; keep one", SortWord::KIND);
            return Err(syn::Error::new(word.span(), message));
        }
        Ok(())
    }

    fn of(self, target: IndexTargetAttr) -> IndexKeyAttr {
        let Sort { descending, nulls_first } = self;
        IndexKeyAttr { target, descending: descending.unwrap_or(false), nulls_first }
    }
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
    let mut order = Sort::default();
    while item.parse::<Option<Token![.]>>()?.is_some() {
        let (sort, word) = words::word::<SortWord>(item)?;
        group(item, &word, &format!("{word}()"), |_| Ok(()))?;
        order.add(sort, &word)?;
    }
    Ok(order.of(target))
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
