//! A newtype: another name for an SQL type in Rust, and a domain in PostgreSQL if it says so.

use proc_macro2::{Ident, TokenStream};
use syn::{Member, Type};

use super::krate;
use super::name::quote_path;
use crate::attr::newtype::NewtypeAttr;

pub(crate) struct NewtypeIr {
    pub(crate) ident: Ident,
    pub(crate) member: Member,
    pub(crate) ty: Type,
    pub(crate) krate: TokenStream,
    pub(crate) domain: Option<DomainIr>,
}

pub(crate) struct DomainIr {
    pub(crate) schema: Option<String>,
    pub(crate) name: String,
    pub(crate) sql_type: Option<String>,
    pub(crate) check: Option<String>,
    pub(crate) renamed_from: Option<String>,
    pub(crate) comment: Option<String>,
}

impl DomainIr {
    /// The domain's name as SQL.
    pub(crate) fn quoted(&self) -> String {
        quote_path(self.schema.as_deref(), &self.name)
    }
}

pub(crate) fn build_newtype(attr: &NewtypeAttr) -> NewtypeIr {
    let domain = attr.domain.as_ref().map(|name| DomainIr {
        schema: attr.schema.as_ref().map(|schema| schema.value.clone()),
        name: name.value.clone(),
        sql_type: attr.sql_type.as_ref().map(|text| text.value.clone()),
        check: attr.check.as_ref().map(|check| check.value.clone()),
        renamed_from: attr.renamed_from.as_ref().map(|name| name.value.clone()),
        comment: attr.comment.clone(),
    });
    NewtypeIr {
        ident: attr.ident.clone(),
        member: attr.member.clone(),
        ty: attr.ty.clone(),
        krate: krate(attr.krate.as_ref()),
        domain,
    }
}
