//! A newtype: another name for an SQL type in Rust, and a domain in PostgreSQL if it says so.

use proc_macro2::{Ident, TokenStream};
use syn::{Member, Type};

use super::column::{CollationIr, build_collation};
use super::krate;
use super::name::{Kind, Names, quote_path};
use crate::attr::Sp;
use crate::attr::key::CheckAttr;
use crate::attr::newtype::NewtypeAttr;
use crate::attr::value::Value;

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
    pub(crate) checks: Vec<(String, String)>,
    pub(crate) not_null: bool,
    pub(crate) default: Option<Sp<Value>>,
    pub(crate) collation: Option<CollationIr>,
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
        checks: build_checks(&name.value, &attr.checks),
        not_null: attr.not_null.is_some(),
        default: attr.default.clone(),
        collation: attr.collation.as_ref().map(build_collation),
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

/// The checks by name; those without get the one that PostgreSQL would choose.
fn build_checks(domain: &str, attrs: &[CheckAttr]) -> Vec<(String, String)> {
    let mut names = Names::new(domain);
    for name in attrs.iter().filter_map(|attr| attr.name.as_ref()) {
        // A name given twice is PostgreSQL's to refuse.
        names.take(&name.value, Kind::Constraint);
    }
    let name = |attr: &CheckAttr, names: &mut Names| match &attr.name {
        Some(name) => name.value.clone(),
        None => names.choose(&[], "check", Kind::Constraint),
    };
    attrs.iter().map(|attr| (name(attr, &mut names), attr.expression.value.clone())).collect()
}
