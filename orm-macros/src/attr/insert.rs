//! `#[orm(..)]` on a struct of values to write: new rows, changed rows, a patch.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{Data, DeriveInput, Fields, Generics, Path, Type};

use super::reader::{Reader, equals, path};
use super::shape::{only_lifetimes, wrong};
use super::words::{self, InsertFieldWord, InsertWord};
use crate::errors::Errors;

pub(crate) struct InsertAttr {
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) krate: Option<Path>,
    pub(crate) table: Option<Path>,
    pub(crate) fields: Vec<InsertFieldAttr>,
}

pub(crate) struct InsertFieldAttr {
    pub(crate) field: Ident,
    pub(crate) ty: Type,
    /// The table's field, when it is called otherwise than this one.
    pub(crate) column: Option<Ident>,
}

pub(crate) fn parse_insert(input: &DeriveInput, derive: &str, errors: &Errors) -> Option<InsertAttr> {
    let needs = "a struct with named fields";
    let Data::Struct(data) = &input.data else { return wrong(input, derive, needs, errors) };
    let Fields::Named(fields) = &data.fields else { return wrong(input, derive, needs, errors) };
    only_lifetimes(input, derive, errors)?;
    let (mut krate, mut table) = (None, None);
    let reader = Reader { owner: format!("`{}`", input.ident.unraw()), errors };
    reader.attributes(&input.attrs, |input| {
        let (option, word) = words::word::<InsertWord>(input)?;
        match option {
            InsertWord::Table => reader.once(&mut table, path(input, &word)?, &word),
            InsertWord::Crate => reader.once(&mut krate, path(input, &word)?, &word),
        }
        Ok(())
    });
    let fields = fields.named.iter().filter_map(|field| {
        let ident = field.ident.as_ref()?;
        let mut column = None;
        let reader = Reader { owner: format!("field `{}`", ident.unraw()), errors };
        reader.attributes(&field.attrs, |input| {
            let (InsertFieldWord::Column, word) = words::word::<InsertFieldWord>(input)?;
            equals(input, &word, "column = field")?;
            reader.once(&mut column, input.parse::<Ident>()?, &word);
            Ok(())
        });
        Some(InsertFieldAttr { field: ident.clone(), ty: field.ty.clone(), column })
    });
    let fields = fields.collect();
    Some(InsertAttr { ident: input.ident.clone(), generics: input.generics.clone(), krate, table, fields })
}
