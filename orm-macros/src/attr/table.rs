//! `#[orm(..)]` on a table's struct.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{DeriveInput, Path, Visibility};

use super::Sp;
use super::column::{ColumnAttr, parse_column};
use super::doc::comment;
use super::index::{IndexAttr, parse_index};
use super::key::{CheckAttr, KeyAttr, parse_check, parse_key};
use super::reader::{Reader, name, path};
use super::reference::{ForeignKeyAttr, parse_foreign_key};
use super::shape::named_fields;
use super::words::{self, TableWord};
use crate::errors::Errors;

/// A struct, its attributes and those of its fields.
pub(crate) struct TableAttr {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) comment: Option<String>,
    pub(crate) krate: Option<Path>,
    pub(crate) table: Option<Sp<String>>,
    pub(crate) schema: Option<Sp<String>>,
    pub(crate) renamed_from: Option<Sp<String>>,
    /// Its rows are those of a query, not of a table in the database.
    pub(crate) query: Option<()>,
    pub(crate) primary_keys: Vec<KeyAttr>,
    pub(crate) uniques: Vec<KeyAttr>,
    pub(crate) indexes: Vec<IndexAttr>,
    pub(crate) checks: Vec<CheckAttr>,
    pub(crate) foreign_keys: Vec<ForeignKeyAttr>,
    pub(crate) columns: Vec<ColumnAttr>,
}

/// Reads everything; `None` when it is not a struct that could be a table.
pub(crate) fn parse_table(input: &DeriveInput, errors: &Errors) -> Option<TableAttr> {
    let mut attr = TableAttr {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        comment: comment(&input.attrs),
        krate: None,
        table: None,
        schema: None,
        renamed_from: None,
        query: None,
        primary_keys: Vec::new(),
        uniques: Vec::new(),
        indexes: Vec::new(),
        checks: Vec::new(),
        foreign_keys: Vec::new(),
        columns: Vec::new(),
    };
    let reader = Reader { owner: format!("table `{}`", input.ident.unraw()), errors };
    reader.attributes(&input.attrs, |input| parse_word(&reader, &mut attr, input));
    let fields = named_fields(input, "Table", errors)?;
    attr.columns = fields.iter().map(|(ident, field)| parse_column(field, ident, errors)).collect();
    Some(attr)
}

fn parse_word(reader: &Reader<'_>, attr: &mut TableAttr, input: ParseStream<'_>) -> syn::Result<()> {
    let (table, word) = words::word::<TableWord>(input)?;
    match table {
        TableWord::Table => reader.once(&mut attr.table, name(input, &word)?, &word),
        TableWord::Schema => reader.once(&mut attr.schema, name(input, &word)?, &word),
        TableWord::PrimaryKey => attr.primary_keys.push(parse_key(reader, input, &word)?),
        TableWord::Unique => attr.uniques.push(parse_key(reader, input, &word)?),
        TableWord::Index => attr.indexes.push(parse_index(reader, input, &word)?),
        TableWord::Check => attr.checks.push(parse_check(reader, input, &word)?),
        TableWord::ForeignKey => attr.foreign_keys.push(parse_foreign_key(reader, input, &word)?),
        TableWord::RenamedFrom => reader.once(&mut attr.renamed_from, name(input, &word)?, &word),
        TableWord::Query => reader.once(&mut attr.query, (), &word),
        TableWord::Crate => reader.once(&mut attr.krate, path(input, &word)?, &word),
    }
    Ok(())
}
