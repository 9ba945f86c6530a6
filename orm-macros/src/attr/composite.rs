//! `#[orm(..)]` on a struct for a composite type, and on its fields.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{DeriveInput, Field, Path, Type};

use super::Sp;
use super::column::{TypeAttr, TypeWord, parse_type};
use super::doc::comment;
use super::reader::{Reader, name, path};
use super::shape::named_fields;
use super::words::{self, CompositeFieldWord, CompositeWord};
use crate::errors::Errors;

pub(crate) struct CompositeAttr {
    pub(crate) ident: Ident,
    pub(crate) comment: Option<String>,
    pub(crate) krate: Option<Path>,
    pub(crate) name: Option<Sp<String>>,
    pub(crate) schema: Option<Sp<String>>,
    pub(crate) renamed_from: Option<Sp<String>>,
    pub(crate) fields: Vec<CompositeFieldAttr>,
}

pub(crate) struct CompositeFieldAttr {
    pub(crate) field: Ident,
    pub(crate) ty: Type,
    pub(crate) comment: Option<String>,
    pub(crate) name: Option<Sp<String>>,
    /// One at most makes sense; the rest are for the message.
    pub(crate) types: Vec<Sp<TypeAttr>>,
}

pub(crate) fn parse_composite(input: &DeriveInput, errors: &Errors) -> Option<CompositeAttr> {
    let fields = named_fields(input, "PgComposite", errors)?;
    let mut attr = CompositeAttr {
        ident: input.ident.clone(),
        comment: comment(&input.attrs),
        krate: None,
        name: None,
        schema: None,
        renamed_from: None,
        fields: Vec::new(),
    };
    let reader = Reader { owner: format!("composite type `{}`", input.ident.unraw()), errors };
    reader.attributes(&input.attrs, |input| {
        let (option, word) = words::word::<CompositeWord>(input)?;
        match option {
            CompositeWord::Name => reader.once(&mut attr.name, name(input, &word)?, &word),
            CompositeWord::Schema => reader.once(&mut attr.schema, name(input, &word)?, &word),
            CompositeWord::RenamedFrom => reader.once(&mut attr.renamed_from, name(input, &word)?, &word),
            CompositeWord::Crate => reader.once(&mut attr.krate, path(input, &word)?, &word),
        }
        Ok(())
    });
    attr.fields = fields.into_iter().map(|(ident, field)| parse_field(ident, field, errors)).collect();
    Some(attr)
}

fn parse_field(ident: &Ident, field: &Field, errors: &Errors) -> CompositeFieldAttr {
    let mut attr = CompositeFieldAttr {
        field: ident.clone(),
        ty: field.ty.clone(),
        comment: comment(&field.attrs),
        name: None,
        types: Vec::new(),
    };
    let reader = Reader { owner: format!("field `{}`", ident.unraw()), errors };
    reader.attributes(&field.attrs, |input| parse_word(&reader, &mut attr, input));
    attr
}

fn parse_word(reader: &Reader<'_>, attr: &mut CompositeFieldAttr, input: ParseStream<'_>) -> syn::Result<()> {
    let (option, word) = words::word::<CompositeFieldWord>(input)?;
    let kind = match option {
        CompositeFieldWord::Name => {
            reader.once(&mut attr.name, name(input, &word)?, &word);
            return Ok(());
        }
        CompositeFieldWord::Varchar => TypeWord::Varchar,
        CompositeFieldWord::Char => TypeWord::Char,
        CompositeFieldWord::Numeric => TypeWord::Numeric,
        CompositeFieldWord::Type => TypeWord::Named,
    };
    attr.types.push(parse_type(kind, input, &word)?);
    Ok(())
}
