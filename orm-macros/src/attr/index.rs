//! `index(..)` on the struct.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

use super::Sp;
use super::key::{columns, is_option};
use super::reader::{Reader, equals, group, name, needs, string, text};
use super::words::{self, IndexWord, SortWord, Word as _};

/// `index(a, b.desc())`, or `index(name = "..", columns(..), unique, using = gin, where = "..", ..)`.
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
    let mut index = IndexAttr {
        name: None,
        unique: false,
        method: None,
        keys: Vec::new(),
        include: Vec::new(),
        predicate: None,
        with: None,
    };
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
    let (mut descending, mut nulls_first) = (None, None);
    while item.parse::<Option<Token![.]>>()?.is_some() {
        let (sort, word) = words::word::<SortWord>(item)?;
        group(item, &word, &format!("{word}()"), |_| Ok(()))?;
        let earlier = match sort {
            SortWord::Asc => descending.replace(false).is_some(),
            SortWord::Desc => descending.replace(true).is_some(),
            SortWord::NullsFirst => nulls_first.replace(true).is_some(),
            SortWord::NullsLast => nulls_first.replace(false).is_some(),
        };
        if earlier {
            let message = format_args!("`{word}` follows another {} of its kind; keep one", SortWord::KIND);
            return Err(syn::Error::new(word.span(), message));
        }
    }
    Ok(IndexKeyAttr { target, descending: descending.unwrap_or(false), nulls_first })
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
