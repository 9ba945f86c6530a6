//! A table: everything the expansion needs to know.

use proc_macro2::{Ident, TokenStream};
use quote::format_ident;
use syn::Visibility;
use syn::ext::IdentExt as _;

use super::case::snake_case;
use super::check::{CheckIr, build_checks};
use super::column::{ColumnIr, build_column};
use super::index::{IndexIr, build_indexes};
use super::key::{KeyIr, build_primary_key, build_uniques};
use super::krate;
use super::name::{Kind, Names, quote_ident, quote_path};
use super::reference::{ForeignKeyIr, build_foreign_keys};
use crate::attr::Sp;
use crate::attr::table::TableAttr;
use crate::errors::Errors;

pub(crate) struct TableIr {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) krate: TokenStream,
    pub(crate) comment: Option<String>,
    pub(crate) schema: Option<String>,
    pub(crate) name: String,
    pub(crate) renamed_from: Option<String>,
    pub(crate) query: bool,
    pub(crate) columns: Vec<ColumnIr>,
    /// The fields an insert must name.
    pub(crate) required: Vec<Ident>,
    pub(crate) primary_key: Option<KeyIr>,
    pub(crate) uniques: Vec<KeyIr>,
    pub(crate) indexes: Vec<IndexIr>,
    pub(crate) foreign_keys: Vec<ForeignKeyIr>,
    pub(crate) checks: Vec<CheckIr>,
}

impl TableIr {
    /// The type that stands for a column. Its name is for messages, which print the type: rustc writes the module before
    /// a name that two types have, so that each column has one of its own. A user's type cannot have it by accident,
    /// since a `·` is not on the keyboard; rustc's lints of such names look at names in files only.
    pub(crate) fn marker(&self, field: &Ident) -> Ident {
        format_ident!("{}·{}", self.ident, field, span = field.span())
    }

    /// The table's name as SQL.
    pub(crate) fn quoted(&self) -> String {
        quote_path(self.schema.as_deref(), &self.name)
    }

    /// A column's name as SQL, with the table's.
    pub(crate) fn path(&self, column: &ColumnIr) -> String {
        format!("{}.{}", self.quoted(), quote_ident(&column.name))
    }
}

pub(crate) fn build_table(attr: &TableAttr, errors: &Errors) -> TableIr {
    let ident = attr.ident.unraw().to_string();
    let name = attr.table.as_ref().map_or_else(|| snake_case(&ident), |name| name.value.clone());
    let columns: Vec<ColumnIr> = attr.columns.iter().map(build_column).collect();
    let mut names = Names::new(&name);
    take_given_names(attr, &mut names, errors);
    TableIr {
        ident: attr.ident.clone(),
        vis: attr.vis.clone(),
        krate: krate(attr.krate.as_ref()),
        comment: attr.comment.clone(),
        schema: attr.schema.as_ref().map(|schema| schema.value.clone()),
        renamed_from: attr.renamed_from.as_ref().map(|name| name.value.clone()),
        query: attr.query.is_some(),
        primary_key: build_primary_key(attr, &columns, &mut names, errors),
        uniques: build_uniques(attr, &columns, &mut names, errors),
        indexes: build_indexes(attr, &columns, &mut names, errors),
        foreign_keys: build_foreign_keys(attr, &columns, &mut names, errors),
        checks: build_checks(attr, &columns, &mut names),
        required: columns
            .iter()
            .filter(|column| attr.query.is_none() && column.required())
            .map(|c| c.field.clone())
            .collect(),
        columns,
        name,
    }
}

/// Names the user chose come before defaults, which give way to them.
fn take_given_names(attr: &TableAttr, names: &mut Names, errors: &Errors) {
    let mut take = |name: &Option<Sp<String>>, kind: Kind| {
        if let Some(name) = name
            && !names.take(name, kind)
        {
            let message = format_args!(
                "two constraints or indexes of table `{}` are named `{}`; rename one",
                attr.ident.unraw(),
                name.value
            );
            errors.at(name.span, message);
        }
    };
    for column in &attr.columns {
        column.unique.iter().for_each(|key| take(&key.name, Kind::Key));
        column.indexes.iter().for_each(|index| take(&index.name, Kind::Index));
        column.references.iter().for_each(|key| take(&key.name, Kind::Constraint));
        column.checks.iter().for_each(|check| take(&check.name, Kind::Constraint));
    }
    attr.primary_keys.iter().chain(&attr.uniques).for_each(|key| take(&key.name, Kind::Key));
    attr.indexes.iter().for_each(|index| take(&index.name, Kind::Index));
    attr.foreign_keys.iter().for_each(|key| take(&key.name, Kind::Constraint));
    attr.checks.iter().for_each(|check| take(&check.name, Kind::Constraint));
}
