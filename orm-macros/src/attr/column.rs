//! `#[orm(..)]` on a field of a table.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Field, LitInt, Token, Type, Visibility, token};

use super::Sp;
use super::doc::comment;
use super::identity::{IdentityAttr, parse_identity};
use super::index::{IndexAttr, parse_field_index};
use super::key::{CheckAttr, KeyAttr, parse_check, parse_field_key};
use super::reader::{Reader, equals, group, name, name_literal, text};
use super::reference::{ForeignKeyAttr, parse_references};
use super::value::{Value, parse_value};
use super::words::{self, ColumnWord, CompressionWord, StorageWord, Word};
use crate::errors::Errors;

/// A field and what its attributes say.
pub(crate) struct ColumnAttr {
    pub(crate) field: Ident,
    pub(crate) vis: Visibility,
    pub(crate) ty: Type,
    pub(crate) comment: Option<String>,
    pub(crate) name: Option<Sp<String>>,
    pub(crate) primary_key: Option<Span>,
    pub(crate) unique: Option<KeyAttr>,
    pub(crate) indexes: Vec<IndexAttr>,
    pub(crate) default: Option<Sp<Value>>,
    pub(crate) on_update: Option<Sp<Value>>,
    pub(crate) identity: Option<IdentityAttr>,
    pub(crate) generated: Option<Sp<String>>,
    /// Where `virtual` stands.
    pub(crate) computed: Option<Span>,
    pub(crate) collation: Option<CollationAttr>,
    pub(crate) storage: Option<String>,
    pub(crate) compression: Option<String>,
    pub(crate) renamed_from: Option<Sp<String>>,
    pub(crate) references: Option<ForeignKeyAttr>,
    pub(crate) checks: Vec<CheckAttr>,
    /// One at most makes sense; the rest are for the message.
    pub(crate) types: Vec<Sp<TypeAttr>>,
}

/// A collation; without a schema it is PostgreSQL's own.
#[derive(Clone)]
pub(crate) struct CollationAttr {
    pub(crate) schema: Option<Sp<String>>,
    pub(crate) name: Sp<String>,
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
        computed: None,
        collation: None,
        storage: None,
        compression: None,
        renamed_from: None,
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
        ColumnWord::Unique => reader.once(&mut attr.unique, parse_field_key(reader, input, &word)?, &word),
        ColumnWord::Index => {
            let index = parse_field_index(reader, input, &word, &attr.field)?;
            attr.indexes.push(index);
        }
        ColumnWord::Default => reader.once(&mut attr.default, parse_value(input, &word)?, &word),
        ColumnWord::OnUpdate => reader.once(&mut attr.on_update, parse_value(input, &word)?, &word),
        ColumnWord::Identity => {
            reader.once(&mut attr.identity, parse_identity(reader, input, &word)?, &word);
        }
        ColumnWord::Generated => reader.once(&mut attr.generated, text(input, &word)?, &word),
        ColumnWord::Virtual => reader.once(&mut attr.computed, span, &word),
        ColumnWord::References => {
            reader.once(&mut attr.references, parse_references(reader, input, &word)?, &word);
        }
        ColumnWord::Check => attr.checks.push(parse_check(reader, input, &word)?),
        ColumnWord::Varchar => attr.types.push(parse_type(TypeWord::Varchar, input, &word)?),
        ColumnWord::Char => attr.types.push(parse_type(TypeWord::Char, input, &word)?),
        ColumnWord::Numeric => attr.types.push(parse_type(TypeWord::Numeric, input, &word)?),
        ColumnWord::Type => attr.types.push(parse_type(TypeWord::Named, input, &word)?),
        ColumnWord::Collate => reader.once(&mut attr.collation, collation(input, &word)?, &word),
        ColumnWord::Storage => {
            reader.once(&mut attr.storage, chosen::<StorageWord>(input, &word, "extended")?, &word);
        }
        ColumnWord::Compression => {
            reader.once(&mut attr.compression, chosen::<CompressionWord>(input, &word, "lz4")?, &word);
        }
        ColumnWord::RenamedFrom => reader.once(&mut attr.renamed_from, name(input, &word)?, &word),
    }
    Ok(())
}

/// Reads `= external`, one of a set of words that are SQL's too.
fn chosen<W: Word>(input: ParseStream<'_>, word: &Ident, example: &str) -> syn::Result<String> {
    equals(input, word, &format!("{word} = {example}"))?;
    words::word::<W>(input).map(|(_, chosen)| chosen.unraw().to_string())
}

/// `= "C"`, or `("app", "german")` for one in a schema.
pub(super) fn collation(input: ParseStream<'_>, word: &Ident) -> syn::Result<CollationAttr> {
    if input.peek(token::Paren) {
        return group(input, word, "collate(\"app\", \"german\")", |content| collation_name(content, word));
    }
    Ok(CollationAttr { schema: None, name: name(input, word)? })
}

/// `"C"` or `"app", "german"`.
pub(super) fn collation_name(input: ParseStream<'_>, word: &Ident) -> syn::Result<CollationAttr> {
    let first = name_literal(input, word)?;
    match input.parse::<Option<Token![,]>>()? {
        Some(_) => Ok(CollationAttr { schema: Some(first), name: name_literal(input, word)? }),
        None => Ok(CollationAttr { schema: None, name: first }),
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

pub(super) fn integer(input: ParseStream<'_>) -> syn::Result<Sp<i64>> {
    let minus: Option<Token![-]> = input.parse()?;
    let found = input.span();
    let number: LitInt = input.parse().map_err(|_| syn::Error::new(found, "expected an integer"))?;
    let value: i128 = number.base10_parse()?;
    let value = if minus.is_some() { -value } else { value };
    let message = "expected an integer of 64 bits";
    i64::try_from(value)
        .map(|value| Sp::new(value, number.span()))
        .map_err(|_| syn::Error::new(found, message))
}
