//! How a table's metadata is put together from what its derive says of the columns.

use crate::meta::{CollationMeta, ColumnMeta, DefaultMeta, GeneratedMeta, IdentityMeta, ObjectMeta};
use crate::table::{ColumnGroup, Table};

/// An attribute of a column, as metadata.
#[derive(Debug, Clone, Copy)]
pub enum Attribute {
    /// The SQL type.
    SqlType(&'static str),
    /// `default = ..`
    Default(DefaultMeta),
    /// `on_update = ..`
    OnUpdate(DefaultMeta),
    /// `identity`
    Identity(IdentityMeta),
    /// `generated = ".."`
    Generated(&'static str),
    /// `generated = ".."` and `virtual`
    Virtual(&'static str),
    /// `collate = ".."`
    Collation(CollationMeta),
    /// `storage = ..`
    Storage(&'static str),
    /// `compression = ..`
    Compression(&'static str),
    /// `renamed_from = ".."`
    RenamedFrom(&'static str),
    /// The doc comment.
    Comment(&'static str),
}

/// Columns with their attributes, each of which says which column it is of.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
pub const fn attributed<const N: usize>(
    mut columns: [ColumnMeta; N],
    attributes: &[(usize, Attribute)],
) -> [ColumnMeta; N] {
    let mut next = 0;
    while next < attributes.len() {
        let (index, attribute) = attributes[next];
        let column = &mut columns[index];
        match attribute {
            Attribute::SqlType(name) => column.sql_type = Some(name),
            Attribute::Default(value) => column.default = Some(value),
            Attribute::OnUpdate(value) => column.on_update = Some(value),
            Attribute::Identity(value) => column.identity = Some(value),
            Attribute::Generated(expression) => {
                column.generated = Some(GeneratedMeta { expression, stored: true });
            }
            Attribute::Virtual(expression) => {
                column.generated = Some(GeneratedMeta { expression, stored: false });
            }
            Attribute::Collation(name) => column.collation = Some(name),
            Attribute::Storage(strategy) => column.storage = Some(strategy),
            Attribute::Compression(method) => column.compression = Some(method),
            Attribute::RenamedFrom(name) => column.renamed_from = Some(name),
            Attribute::Comment(comment) => column.comment = Some(comment),
        }
        next += 1;
    }
    columns
}

/// The columns of `G` behind the others, the first of which has the place `at`.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
pub const fn with_columns<const N: usize, G: ColumnGroup>(
    mut columns: [ColumnMeta; N],
    at: usize,
) -> [ColumnMeta; N] {
    let mut next = 0;
    while next < G::META.len() {
        columns[at + next] = G::META[next];
        next += 1;
    }
    columns
}

/// Places for so many columns.
pub const fn no_columns<const N: usize>() -> [ColumnMeta; N] {
    [ColumnMeta::of::<bool>(); N]
}

/// The table as an object of the schema. A function, because rustc evaluates a constant that another names whenever it
/// checks a program.
pub const fn table_object<T: Table>() -> ObjectMeta {
    ObjectMeta::Table(T::META)
}
