//! `#[orm(..)]` on a newtype.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Data, DeriveInput, Index, Member, Path, Type};

use super::Sp;
use super::column::{CollationAttr, collation};
use super::doc::comment;
use super::key::{CheckAttr, parse_check};
use super::reader::{Reader, name, path, text};
use super::shape::{no_generics, wrong};
use super::value::{Value, parse_value};
use super::words::{self, NewtypeWord};
use crate::errors::Errors;

pub(crate) struct NewtypeAttr {
    pub(crate) ident: Ident,
    pub(crate) member: Member,
    pub(crate) ty: Type,
    pub(crate) comment: Option<String>,
    pub(crate) krate: Option<Path>,
    pub(crate) domain: Option<Sp<String>>,
    pub(crate) schema: Option<Sp<String>>,
    pub(crate) sql_type: Option<Sp<String>>,
    pub(crate) checks: Vec<CheckAttr>,
    pub(crate) not_null: Option<()>,
    pub(crate) default: Option<Sp<Value>>,
    pub(crate) collation: Option<CollationAttr>,
    pub(crate) renamed_from: Option<Sp<String>>,
    /// The first word that says something about a domain.
    pub(crate) about_domain: Option<(String, Span)>,
}

pub(crate) fn parse_newtype(input: &DeriveInput, errors: &Errors) -> Option<NewtypeAttr> {
    let Data::Struct(data) = &input.data else { return wrong(input, "PgNewtype", NEEDS, errors) };
    let mut fields = data.fields.iter();
    let (Some(field), None) = (fields.next(), fields.next()) else {
        let message = format_args!(
            "`#[derive(PgNewtype)]` needs {NEEDS}; `{}` has {}",
            input.ident.unraw(),
            data.fields.len()
        );
        errors.at(input.ident.span(), message);
        return None;
    };
    no_generics(input, "PgNewtype", errors)?;
    let mut attr = NewtypeAttr {
        ident: input.ident.clone(),
        member: field.ident.clone().map_or_else(|| Member::Unnamed(Index::from(0)), Member::Named),
        ty: field.ty.clone(),
        comment: comment(&input.attrs),
        krate: None,
        domain: None,
        schema: None,
        sql_type: None,
        checks: Vec::new(),
        not_null: None,
        default: None,
        collation: None,
        renamed_from: None,
        about_domain: None,
    };
    let reader = Reader { owner: format!("newtype `{}`", input.ident.unraw()), errors };
    reader.attributes(&input.attrs, |input| parse_word(&reader, &mut attr, input));
    reader.attributes(&field.attrs, |input| {
        let message = "the field of a newtype has no attributes; put it on the struct";
        Err(input.error(message))
    });
    Some(attr)
}

const NEEDS: &str = "a struct with exactly one field";

fn parse_word(reader: &Reader<'_>, attr: &mut NewtypeAttr, input: ParseStream<'_>) -> syn::Result<()> {
    let (option, word) = words::word::<NewtypeWord>(input)?;
    match option {
        NewtypeWord::Crate => {
            reader.once(&mut attr.krate, path(input, &word)?, &word);
            return Ok(());
        }
        NewtypeWord::Domain => {
            reader.once(&mut attr.domain, name(input, &word)?, &word);
            return Ok(());
        }
        NewtypeWord::Schema => reader.once(&mut attr.schema, name(input, &word)?, &word),
        NewtypeWord::Type => reader.once(&mut attr.sql_type, text(input, &word)?, &word),
        NewtypeWord::RenamedFrom => reader.once(&mut attr.renamed_from, name(input, &word)?, &word),
        NewtypeWord::Check => attr.checks.push(parse_check(reader, input, &word)?),
        NewtypeWord::NotNull => reader.once(&mut attr.not_null, (), &word),
        NewtypeWord::Default => reader.once(&mut attr.default, parse_value(input, &word)?, &word),
        NewtypeWord::Collate => reader.once(&mut attr.collation, collation(input, &word)?, &word),
    }
    attr.about_domain.get_or_insert((word.unraw().to_string(), word.span()));
    Ok(())
}
