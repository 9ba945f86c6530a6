//! What selecting something returns, and how it is read.

use super::AllOf;
use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::expr::Kinded;
use crate::from::Has;
use crate::row::{DecodeError, Fields, Read, Row, Shape};
use crate::sql::{Node, Sql};
use crate::table::{Source, Table};
use crate::value::{NotNull, Nullable, Value};
use std::marker::PhantomData;

/// A selection in a query whose FROM clause is `F`; `I` is inferred.
#[diagnostic::on_unimplemented(
    message = "the selection does not fit the query's FROM clause",
    label = "it names a table that the query neither selects from nor joins"
)]
pub trait Project<F, I>: Sql + Bind {
    /// What a row becomes.
    type Output;
    /// The types of its columns.
    const SHAPE: &'static Shape;

    /// How it is read from a row's fields.
    const READ: Read<Self::Output>;
}

/// A whole table's row, by whether it may be missing.
pub trait WholeRow<T> {
    /// `T` or `Option<T>`.
    type Output;

    /// How it is read.
    const READ: Read<Self::Output>;
}

impl<T: Table> WholeRow<T> for NotNull {
    type Output = T;
    const READ: Read<T> = T::decode;
}

/// A row is missing when all its columns are NULL.
impl<T: Table> WholeRow<T> for Nullable {
    type Output = Option<T>;
    const READ: Read<Option<T>> = optional_row;
}

fn optional_row<T: Table>(fields: &mut Fields<'_>) -> Result<Option<T>, DecodeError> {
    if fields.skip_if_null(T::COLUMNS.len()) { Ok(None) } else { T::decode(fields).map(Some) }
}

impl<S: Source, F: Has<S, S, I>, I> Project<F, I> for AllOf<S>
where
    F::Null: WholeRow<S::Table>,
{
    type Output = <F::Null as WholeRow<S::Table>>::Output;
    const SHAPE: &'static Shape = &Shape::Table(<S::Table as Table>::types);
    const READ: Read<Self::Output> = <F::Null as WholeRow<S::Table>>::READ;
}

/// The selection `P`, read into the struct `T`.
#[derive(Debug)]
pub struct To<P, T> {
    selection: P,
    row: PhantomData<fn() -> T>,
}

copied!([P, T] To<P, T> { selection, row }, P);

impl<P, T> To<P, T> {
    pub(crate) fn new(selection: P) -> Self {
        To { selection, row: PhantomData }
    }
}

impl<P: Sql, T> Sql for To<P, T> {
    const NODE: &'static Node = P::NODE;
}

impl<P: Kinded, T> Kinded for To<P, T> {
    type Kind = P::Kind;
}

impl<P: Bind, T> Bind for To<P, T> {
    fn bind(&self, args: &mut Args) {
        self.selection.bind(args);
    }
}

impl<P: Project<F, I>, T: Row, F, I> Project<F, I> for To<P, T>
where
    P::Output: Fill<T::Fields, T>,
{
    type Output = T;
    const SHAPE: &'static Shape = P::SHAPE;
    const READ: Read<T> = |fields| (P::READ)(fields).map(|selected| T::from_fields(selected.fill()));
}

/// A selection's columns fill the fields `Fs` of the struct `T`, one by one.
#[diagnostic::on_unimplemented(
    message = "the selection does not fill `{T}`: it returns `{Self}`, the struct has the fields `{Fs}`",
    label = "as many columns as the struct has fields are needed, as a tuple and in their order"
)]
pub trait Fill<Fs, T> {
    /// The fields.
    fn fill(self) -> Fs;
}

impl<V: FillAlone<A, T>, A, T> Fill<(A,), T> for V {
    fn fill(self) -> (A,) {
        (self.fill_alone(),)
    }
}

/// A selection of type `Self` fills the only field, of type `A`, of the struct `T`.
#[diagnostic::on_unimplemented(
    message = "the selection does not fill `{T}`: it returns `{Self}`, the struct has the field `({A},)`",
    label = "as many columns as the struct has fields are needed, as a tuple and in their order"
)]
pub trait FillAlone<A, T> {
    /// The field.
    fn fill_alone(self) -> A;
}

impl<A, T> FillAlone<A, T> for (A,) {
    fn fill_alone(self) -> A {
        self.0
    }
}

/// A single column is selected without a tuple around it.
impl<V: Value, T> FillAlone<V, T> for V {
    fn fill_alone(self) -> V {
        self
    }
}

/// A column of type `Self` fills a field of type `A` of the struct `T`.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot fill a field of type `{A}` of `{T}`",
    label = "the selection's columns and the struct's fields differ in a type"
)]
pub trait FillField<A, T> {
    /// The field.
    fn fill_field(self) -> A;
}

impl<A, T> FillField<A, T> for A {
    fn fill_field(self) -> A {
        self
    }
}
