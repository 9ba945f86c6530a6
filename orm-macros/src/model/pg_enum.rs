//! An enum and its labels.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt as _;

use super::case::{join, snake_case};
use super::krate;
use super::name::quote_path;
use crate::attr::pg_enum::EnumAttr;
use crate::attr::words::CaseWord;

pub(crate) struct EnumIr {
    pub(crate) ident: Ident,
    pub(crate) krate: TokenStream,
    pub(crate) comment: Option<String>,
    pub(crate) schema: Option<String>,
    pub(crate) name: String,
    pub(crate) renamed_from: Option<String>,
    pub(crate) variants: Vec<VariantIr>,
}

pub(crate) struct VariantIr {
    pub(crate) ident: Ident,
    pub(crate) label: String,
    pub(crate) renamed_from: Option<String>,
    pub(crate) has_data: bool,
}

impl EnumIr {
    /// The type's name as SQL.
    pub(crate) fn quoted(&self) -> String {
        quote_path(self.schema.as_deref(), &self.name)
    }
}

pub(crate) fn build_enum(attr: &EnumAttr) -> EnumIr {
    let case = attr.rename_all.unwrap_or(CaseWord::Snake);
    let variants = attr.variants.iter().map(|variant| VariantIr {
        ident: variant.ident.clone(),
        label: match &variant.rename {
            Some(label) => label.value.clone(),
            None => join(&variant.ident.unraw().to_string(), case),
        },
        renamed_from: variant.renamed_from.as_ref().map(|label| label.value.clone()),
        has_data: variant.data.is_some(),
    });
    EnumIr {
        ident: attr.ident.clone(),
        krate: krate(attr.krate.as_ref()),
        comment: attr.comment.clone(),
        schema: attr.schema.as_ref().map(|schema| schema.value.clone()),
        name: match &attr.name {
            Some(name) => name.value.clone(),
            None => snake_case(&attr.ident.unraw().to_string()),
        },
        renamed_from: attr.renamed_from.as_ref().map(|name| name.value.clone()),
        variants: variants.collect(),
    }
}
