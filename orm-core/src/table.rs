//! Tables, where their rows come from in a query, and their columns.

use crate::args::{Args, Bind};
use crate::expr::{Expr, Kinded, Plain, Within, expression};
use crate::from::Has;
use crate::meta::{ColumnMeta, OnUpdate, TableMeta, TableName, TypeMeta};
use crate::row::{DecodeError, Fields, next};
use crate::sql::{Node, Sql};
use crate::value::{Nullability, Value};
use std::marker::PhantomData;

/// A struct whose fields are the columns of a table; derived.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    note = "derive `Table` for it; an alias stands for a table in `select`, `join` and expressions only"
)]
pub trait Table: Source<Table = Self> + Sized {
    /// The struct of the table's columns, when its rows come from `S`.
    type Columns<S: Source<Table = Self>>: Columns<Source = S>;
    /// The columns that an insert must set, as tuples of at most 16 in one tuple.
    type Required;
    /// The primary key's columns as a tuple, or [`NoPrimaryKey`].
    type PrimaryKey;
    /// The name, as in the catalog.
    const NAME: TableName;
    /// The name, quoted and qualified.
    const QUOTED: &'static str;
    /// Every column with the table's own name, quoted, comma separated.
    const LIST: &'static str;
    /// Every column, quoted.
    const COLUMNS: &'static [&'static str];
    /// All that is known of the table.
    const META: &'static TableMeta = <Self::Columns<Self> as Columns>::META;
    /// The columns that every update writes.
    const ON_UPDATE: &'static [OnUpdate] = &[];

    /// Adds the types of the columns to those before. A function, so that reading rows takes no other metadata, and
    /// constants that refer to it are not checked through it.
    fn types(types: &mut Vec<&'static TypeMeta>);

    /// Reads a row from its fields.
    ///
    /// # Errors
    /// When a field does not hold what the struct says.
    fn decode(fields: &mut Fields<'_>) -> Result<Self, DecodeError>;
}

/// A table whose rows are those of a query; derived with `#[orm(query)]`.
///
/// See [`Select::as_`](crate::select::Select::as_).
#[diagnostic::on_unimplemented(
    message = "the rows of `{Self}` are those of a table, not of a query",
    label = "declared without `#[orm(query)]`",
    note = "name a query's rows by a struct of their own: `#[derive(Table)] #[orm(table = \"totals\", query)]`"
)]
pub trait QueryTable: Table {
    /// The types of the columns, as a tuple.
    type Fields;
}

/// The key of a table that has none.
pub enum NoPrimaryKey {}

/// Where a table's rows come from in a query: the table by its own name, or an alias of it.
pub trait Source: 'static {
    /// The table.
    type Table: Table;
    /// The name that its columns are qualified with, quoted.
    const ALIAS: &'static str;
    /// Whether it is the table itself.
    const IS_TABLE: bool = false;
}

/// The value that stands for a table or an alias in a query: `Worker` in `select(Worker)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "expected a table or an alias",
    note = "name a struct that derives `Table`, such as `Worker`, or an `alias!`"
)]
pub trait Columns: Copy {
    /// Where the rows come from.
    type Source: Source;
    /// The one value of the type.
    const ALL: Self;
    /// All that is known of the table. Here, because rustc evaluates what a constant refers to whenever it checks a
    /// program, and not if the constant is generic: then it does so only where it is used.
    const META: &'static TableMeta;
}

/// Adds the types of a group's columns to those before.
pub fn add_types<G: ColumnGroup>(types: &mut Vec<&'static TypeMeta>) {
    types.extend_from_slice(G::TYPES);
}

/// What a column is called. One constant, because what a derive emits for each column is what compiling costs.
#[derive(Debug, Clone, Copy)]
pub struct ColumnName {
    /// As in the catalog.
    pub raw: &'static str,
    /// Quoted.
    pub quoted: &'static str,
    /// With the table's own name, quoted.
    pub path: &'static str,
}

/// A column of a table, as a type.
pub trait Column: 'static {
    /// The table.
    type Table: Table;
    /// The field's type.
    type Value: Value;
    /// [`Writable`], [`Generated`] or [`Identity`].
    type Access;
    /// What the column is called.
    const NAME: ColumnName;
    /// The cast that a parameter beside the column needs, or nothing.
    const CAST: &'static str = "";
}

/// Columns in the order of the struct, a tuple of at most 16. A table is read and described by them and not field by
/// field: what is generated for each field is what compiling costs.
pub trait ColumnGroup {
    /// Their fields.
    type Values;
    /// The types of the fields.
    const TYPES: &'static [&'static TypeMeta];
    /// The columns without any attribute.
    const META: &'static [ColumnMeta];

    /// Reads the fields, one after the other.
    ///
    /// # Errors
    /// When a field does not hold what the struct says.
    fn decode(fields: &mut Fields<'_>) -> Result<Self::Values, DecodeError>;
}

macro_rules! groups {
    ([$($done:ident)*]) => { groups!(@ $($done)*); };
    ([$($done:ident)*] $next:ident $($rest:ident)*) => {
        groups!(@ $($done)*);
        groups!([$($done)* $next] $($rest)*);
    };
    (@ $($C:ident)*) => {
        impl<$($C: Column),*> ColumnGroup for ($($C,)*) {
            type Values = ($($C::Value,)*);
            const TYPES: &'static [&'static TypeMeta] = &[$(<$C::Value as Value>::TYPE),*];
            const META: &'static [ColumnMeta] =
                &[$(ColumnMeta { name: $C::NAME.raw, ..<$C::Value as Value>::COLUMN }),*];

            #[inline]
            fn decode(fields: &mut Fields<'_>) -> Result<Self::Values, DecodeError> {
                Ok(($(next::<$C::Value>(fields)?,)*))
            }
        }
    };
}

groups!([A] B C D E F G H I J K L M N O P);

/// A column that statements may set.
pub enum Writable {}

/// A column that the database generates from others.
pub enum Generated {}

/// An identity column that the database always numbers itself.
pub enum Identity {}

/// Statements may set the column `C`.
#[diagnostic::on_unimplemented(
    message = "the column `{C}` cannot be set: the database writes it itself",
    label = "`{C}` is generated or `identity`",
    note = "leave it out; to be able to set an identity column declare it `identity(by_default)`"
)]
pub trait CanSet<C> {}

impl<C> CanSet<C> for Writable {}

/// The column `C` of the source `Self` is a column of the one that a statement writes to.
#[diagnostic::on_unimplemented(
    message = "`{C}` is a column of `{Self}`, the statement writes to `{T}`",
    label = "not a column of `{T}`"
)]
pub trait IsTarget<T, C> {}

impl<T: Source, C: Column<Table = T::Table>> IsTarget<T, C> for T {}

/// A column in a query, whose rows come from `S`.
pub struct Col<C, S>(#[doc(hidden)] pub PhantomData<(C, S)>);

impl<C, S> Col<C, S> {
    /// The one value of the type.
    pub const NEW: Self = Col(PhantomData);
}

impl<C, S> Clone for Col<C, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C, S> Copy for Col<C, S> {}

impl<C: Column, S: Source> Sql for Col<C, S> {
    const NODE: &'static Node =
        if S::IS_TABLE { &Node::Text(C::NAME.path) } else { &Node::Column(S::ALIAS, C::NAME.quoted) };
    const CAST: &'static str = C::CAST;
}

impl<C, S> Bind for Col<C, S> {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

impl<C: Column, S: Source> Expr for Col<C, S> {
    type Base = <C::Value as Value>::Base;
}

impl<C: Column, S: Source, F: Has<S, C, I>, I> Within<F, I> for Col<C, S> {
    type Null = <F::Null as Nullability>::Or<<C::Value as Value>::Null>;
}

impl<C, S> Kinded for Col<C, S> {
    type Kind = Plain;
}

expression!([C: Column, S: Source] Col<C, S>);

/// The markers of a table's columns, as [`Column`]s; generated code calls it.
#[doc(hidden)]
#[macro_export]
macro_rules! columns {
    ($table:ident $((
        $marker:ident: $value:ty, $access:ident, $raw:literal, $quoted:literal, $path:literal $(, $cast:literal)?
    ))*) => {$(
        impl $crate::table::Column for $marker {
            type Table = $table;
            type Value = $value;
            type Access = $crate::table::$access;
            const NAME: $crate::table::ColumnName =
                $crate::table::ColumnName { raw: $raw, quoted: $quoted, path: $path };
            $(const CAST: &'static ::core::primitive::str = $cast;)?
        }
    )*};
}
