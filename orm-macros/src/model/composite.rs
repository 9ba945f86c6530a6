//! A composite type and its fields.

use proc_macro2::{Ident, TokenStream};
use syn::Type;
use syn::ext::IdentExt as _;

use super::case::snake_case;
use super::column::{SqlTypeIr, build_type};
use super::krate;
use super::name::quote_path;
use crate::attr::composite::{CompositeAttr, CompositeFieldAttr};

pub(crate) struct CompositeIr {
    pub(crate) ident: Ident,
    pub(crate) krate: TokenStream,
    pub(crate) comment: Option<String>,
    pub(crate) schema: Option<String>,
    pub(crate) name: String,
    pub(crate) renamed_from: Option<String>,
    pub(crate) fields: Vec<CompositeFieldIr>,
}

pub(crate) struct CompositeFieldIr {
    pub(crate) field: Ident,
    pub(crate) ty: Type,
    pub(crate) name: String,
    pub(crate) sql_type: Option<SqlTypeIr>,
    pub(crate) comment: Option<String>,
}

impl CompositeIr {
    /// The type's name as SQL.
    pub(crate) fn quoted(&self) -> String {
        quote_path(self.schema.as_deref(), &self.name)
    }
}

pub(crate) fn build_composite(attr: &CompositeAttr) -> CompositeIr {
    let CompositeAttr { ident, comment, krate: path, name, schema, renamed_from, fields } = attr;
    CompositeIr {
        ident: ident.clone(),
        krate: krate(path.as_ref()),
        comment: comment.clone(),
        schema: schema.as_ref().map(|schema| schema.value.clone()),
        name: match name {
            Some(name) => name.value.clone(),
            None => snake_case(&ident.unraw().to_string()),
        },
        renamed_from: renamed_from.as_ref().map(|name| name.value.clone()),
        fields: fields.iter().map(build_field).collect(),
    }
}

fn build_field(attr: &CompositeFieldAttr) -> CompositeFieldIr {
    let CompositeFieldAttr { field, ty, comment, name, types } = attr;
    CompositeFieldIr {
        field: field.clone(),
        ty: ty.clone(),
        name: name.as_ref().map_or_else(|| field.unraw().to_string(), |name| name.value.clone()),
        sql_type: types.first().map(build_type),
        comment: comment.clone(),
    }
}
