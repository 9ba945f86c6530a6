//! `#[orm(..)]` on an enum and its variants.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{DeriveInput, Fields, Path, Variant};

use super::Sp;
use super::doc::comment;
use super::reader::{Reader, label, name, path, text};
use super::shape::variants;
use super::words::{self, CaseWord, EnumWord, VariantWord};
use crate::errors::Errors;

pub(crate) struct EnumAttr {
    pub(crate) ident: Ident,
    pub(crate) comment: Option<String>,
    pub(crate) krate: Option<Path>,
    pub(crate) name: Option<Sp<String>>,
    pub(crate) schema: Option<Sp<String>>,
    pub(crate) rename_all: Option<CaseWord>,
    pub(crate) renamed_from: Option<Sp<String>>,
    pub(crate) variants: Vec<VariantAttr>,
}

pub(crate) struct VariantAttr {
    pub(crate) ident: Ident,
    pub(crate) rename: Option<Sp<String>>,
    pub(crate) renamed_from: Option<Sp<String>>,
    /// Where its data begins, which a label cannot carry.
    pub(crate) data: Option<Span>,
}

pub(crate) fn parse_enum(input: &DeriveInput, errors: &Errors) -> Option<EnumAttr> {
    let mut attr = EnumAttr {
        ident: input.ident.clone(),
        comment: comment(&input.attrs),
        krate: None,
        name: None,
        schema: None,
        rename_all: None,
        renamed_from: None,
        variants: Vec::new(),
    };
    let reader = Reader { owner: format!("enum `{}`", input.ident.unraw()), errors };
    reader.attributes(&input.attrs, |input| parse_word(&reader, &mut attr, input));
    attr.variants =
        variants(input, "PgEnum", errors)?.iter().map(|variant| parse_variant(variant, errors)).collect();
    Some(attr)
}

fn parse_word(reader: &Reader<'_>, attr: &mut EnumAttr, input: ParseStream<'_>) -> syn::Result<()> {
    let (option, word) = words::word::<EnumWord>(input)?;
    match option {
        EnumWord::Name => reader.once(&mut attr.name, name(input, &word)?, &word),
        EnumWord::Schema => reader.once(&mut attr.schema, name(input, &word)?, &word),
        EnumWord::RenameAll => {
            let case = text(input, &word)?;
            let found = words::find(&case).ok_or_else(|| words::unknown::<CaseWord>(&case, case.span))?;
            reader.once(&mut attr.rename_all, found, &word);
        }
        EnumWord::RenamedFrom => reader.once(&mut attr.renamed_from, name(input, &word)?, &word),
        EnumWord::Crate => reader.once(&mut attr.krate, path(input, &word)?, &word),
    }
    Ok(())
}

fn parse_variant(variant: &Variant, errors: &Errors) -> VariantAttr {
    let data = match &variant.fields {
        Fields::Unit => None,
        Fields::Named(_) | Fields::Unnamed(_) => Some(variant.ident.span()),
    };
    let mut attr = VariantAttr { ident: variant.ident.clone(), rename: None, renamed_from: None, data };
    let reader = Reader { owner: format!("variant `{}`", variant.ident.unraw()), errors };
    reader.attributes(&variant.attrs, |input| {
        let (option, word) = words::word::<VariantWord>(input)?;
        match option {
            VariantWord::Rename => reader.once(&mut attr.rename, label(input, &word)?, &word),
            VariantWord::RenamedFrom => reader.once(&mut attr.renamed_from, label(input, &word)?, &word),
        }
        Ok(())
    });
    attr
}
