//! `#[orm(..)]` on a struct for a result.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{Data, DeriveInput, Index, Member, Path, Type};

use super::reader::{Reader, path};
use super::shape::{no_generics, wrong};
use super::words::{self, RowWord};
use crate::errors::Errors;

pub(crate) struct RowAttr {
    pub(crate) ident: Ident,
    pub(crate) krate: Option<Path>,
    pub(crate) fields: Vec<(Member, Type)>,
}

pub(crate) fn parse_row(input: &DeriveInput, errors: &Errors) -> Option<RowAttr> {
    let Data::Struct(data) = &input.data else { return wrong(input, "Row", "a struct", errors) };
    no_generics(input, "Row", errors)?;
    let mut krate = None;
    let reader = Reader { owner: format!("`{}`", input.ident.unraw()), errors };
    reader.attributes(&input.attrs, |input| {
        let (RowWord::Crate, word) = words::word::<RowWord>(input)?;
        reader.once(&mut krate, path(input, &word)?, &word);
        Ok(())
    });
    let fields = data.fields.iter().enumerate().map(|(at, field)| {
        reader.attributes(&field.attrs, |input| {
            Err(input
                .error("the field of a row has no attributes; fields are filled in the selection's order"))
        });
        let member = field.ident.clone().map_or_else(|| Member::Unnamed(Index::from(at)), Member::Named);
        (member, field.ty.clone())
    });
    let fields = fields.collect();
    Some(RowAttr { ident: input.ident.clone(), krate, fields })
}
