//! `#[orm(..)]` on a field of a table.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Field, LitInt, Token, Type, Visibility, token};

use super::Sp;
use super::doc::comment;
use super::index::{IndexAttr, parse_field_index};
use super::key::{CheckAttr, NamedAttr, parse_check, parse_named};
use super::reader::{Reader, group, name, text};
use super::reference::{ForeignKeyAttr, parse_references};
use super::value::{Value, parse_value};
use super::words::{self, ColumnWord, IdentityWord};
use crate::errors::Errors;

/// A field and what its attributes say.
pub(crate) struct ColumnAttr {
    pub(crate) field: Ident,
    pub(crate) vis: Visibility,
    pub(crate) ty: Type,
    pub(crate) comment: Option<String>,
    pub(crate) name: Option<Sp<String>>,
    pub(crate) primary_key: Option<Span>,
    pub(crate) unique: Option<NamedAttr>,
    pub(crate) indexes: Vec<IndexAttr>,
    pub(crate) default: Option<Sp<Value>>,
    pub(crate) on_update: Option<Sp<Value>>,
    pub(crate) identity: Option<Sp<IdentityWord>>,
    pub(crate) generated: Option<Sp<String>>,
    pub(crate) references: Option<ForeignKeyAttr>,
    pub(crate) checks: Vec<CheckAttr>,
    /// One at most makes sense; the rest are for the message.
    pub(crate) types: Vec<Sp<TypeAttr>>,
}

/// An SQL type by attribute.
#[derive(Clone)]
pub(crate) enum TypeAttr {
    Varchar(Sp<i64>),
    Char(Sp<i64>),
    Numeric(Option<NumericAttr>),
    Named(String),
}

/// `(20, 6)` of `numeric(20, 6)`.
#[derive(Clone)]
pub(crate) struct NumericAttr {
    pub(crate) precision: Sp<i64>,
    pub(crate) scale: Option<Sp<i64>>,
}

pub(crate) fn parse_column(field: &Field, ident: &Ident, errors: &Errors) -> ColumnAttr {
    let mut attr = ColumnAttr {
        field: ident.clone(),
        vis: field.vis.clone(),
        ty: field.ty.clone(),
        comment: comment(&field.attrs),
        name: None,
        primary_key: None,
        unique: None,
        indexes: Vec::new(),
        default: None,
        on_update: None,
        identity: None,
        generated: None,
        references: None,
        checks: Vec::new(),
        types: Vec::new(),
    };
    let reader = Reader { owner: format!("column `{}`", ident.unraw()), errors };
    reader.attributes(&field.attrs, |input| parse_word(&reader, &mut attr, input));
    attr
}

fn parse_word(reader: &Reader<'_>, attr: &mut ColumnAttr, input: ParseStream<'_>) -> syn::Result<()> {
    let (column, word) = words::word::<ColumnWord>(input)?;
    let span = word.span();
    match column {
        ColumnWord::Name => reader.once(&mut attr.name, name(input, &word)?, &word),
        ColumnWord::PrimaryKey => reader.once(&mut attr.primary_key, span, &word),
        ColumnWord::Unique => reader.once(&mut attr.unique, parse_named(reader, input, &word)?, &word),
        ColumnWord::Index => {
            let index = parse_field_index(reader, input, &word, &attr.field)?;
            attr.indexes.push(index);
        }
        ColumnWord::Default => reader.once(&mut attr.default, parse_value(input, &word)?, &word),
        ColumnWord::OnUpdate => reader.once(&mut attr.on_update, parse_value(input, &word)?, &word),
        ColumnWord::Identity => {
            let kind = Sp::new(identity(input, &word)?, span);
            reader.once(&mut attr.identity, kind, &word);
        }
        ColumnWord::Generated => reader.once(&mut attr.generated, text(input, &word)?, &word),
        ColumnWord::References => {
            reader.once(&mut attr.references, parse_references(reader, input, &word)?, &word);
        }
        ColumnWord::Check => attr.checks.push(parse_check(reader, input, &word)?),
        ColumnWord::Varchar => attr.types.push(parse_type(TypeWord::Varchar, input, &word)?),
        ColumnWord::Char => attr.types.push(parse_type(TypeWord::Char, input, &word)?),
        ColumnWord::Numeric => attr.types.push(parse_type(TypeWord::Numeric, input, &word)?),
        ColumnWord::Type => attr.types.push(parse_type(TypeWord::Named, input, &word)?),
    }
    Ok(())
}

/// `identity` alone is `GENERATED ALWAYS`: a key that a statement sets by mistake would meet the sequence later.
fn identity(input: ParseStream<'_>, word: &Ident) -> syn::Result<IdentityWord> {
    match input.peek(token::Paren) {
        true => group(input, word, "identity(always)", words::word).map(|(kind, _)| kind),
        false => Ok(IdentityWord::Always),
    }
}

/// The four ways to name a type.
#[derive(Clone, Copy)]
pub(super) enum TypeWord {
    Varchar,
    Char,
    Numeric,
    Named,
}

/// Reads what is behind one of them.
pub(super) fn parse_type(kind: TypeWord, input: ParseStream<'_>, word: &Ident) -> syn::Result<Sp<TypeAttr>> {
    let attr = match kind {
        TypeWord::Varchar => TypeAttr::Varchar(length(input, word)?),
        TypeWord::Char => TypeAttr::Char(length(input, word)?),
        TypeWord::Numeric => TypeAttr::Numeric(numeric(input, word)?),
        TypeWord::Named => TypeAttr::Named(text(input, word)?.value),
    };
    Ok(Sp::new(attr, word.span()))
}

/// `(255)`.
fn length(input: ParseStream<'_>, word: &Ident) -> syn::Result<Sp<i64>> {
    group(input, word, &format!("{word}(255)"), integer)
}

/// `(20, 6)`, `(20)` or nothing.
fn numeric(input: ParseStream<'_>, word: &Ident) -> syn::Result<Option<NumericAttr>> {
    if !input.peek(token::Paren) {
        return Ok(None);
    }
    group(input, word, "numeric(20, 6)", |content| {
        let precision = integer(content)?;
        let comma: Option<Token![,]> = content.parse()?;
        let scale = comma.map(|_| integer(content)).transpose()?;
        Ok(Some(NumericAttr { precision, scale }))
    })
}

fn integer(input: ParseStream<'_>) -> syn::Result<Sp<i64>> {
    let minus: Option<Token![-]> = input.parse()?;
    let found = input.span();
    let number: LitInt = input.parse().map_err(|_| syn::Error::new(found, "expected an integer"))?;
    let value: i64 = number.base10_parse()?;
    Ok(Sp::new(if minus.is_some() { -value } else { value }, number.span()))
}
