//! Raw SQL as a whole statement: a command, or a query once it is said what its rows are.

use super::{Fragment, Parts, Template};
use crate::args::{Args, Bind};
use crate::query::{Command, Plan, Query, Statement};
use crate::row::{Read, Row, Shape, next};
use crate::sql::{Node, Sql};
use crate::table::Table;
use crate::value::Value;
use std::marker::PhantomData;

/// Raw SQL whose rows are `R`s.
#[must_use = "a query does nothing until it is run"]
pub struct RawQuery<T, P, R> {
    statement: Fragment<T, P>,
    rows: PhantomData<fn() -> R>,
}

impl<T, P, R> RawQuery<T, P, R> {
    pub(super) fn new(statement: Fragment<T, P>) -> Self {
        RawQuery { statement, rows: PhantomData }
    }
}

/// What a row of raw SQL can become: a struct that derives `Row`, a table, a value, or a tuple of up to 16 of them.
/// `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "a row of an `sql!` cannot become `{Self}`",
    label = "`{Self}` is neither a row nor a value",
    note = "derive `Row` for it, or name a table, a type that a column can have, or a tuple of at most 16 of them"
)]
pub trait FromColumns<M>: Sized {
    /// The types of its columns.
    const SHAPE: &'static Shape;

    /// How it is read.
    const READ: Read<Self>;
}

/// How a value is made of columns.
pub enum OfOne {}

/// How a table's row is.
pub enum OfTable {}

/// How a struct is, whose fields are so.
pub struct OfFields<M>(PhantomData<M>);

impl<V: Value> FromColumns<OfOne> for V {
    const SHAPE: &'static Shape = &Shape::One(V::TYPE);
    const READ: Read<V> = next;
}

impl<T: Table> FromColumns<OfTable> for T {
    const SHAPE: &'static Shape = &Shape::Table(T::types);
    const READ: Read<T> = T::decode;
}

impl<T: Row<Fields: FromColumns<M>>, M> FromColumns<OfFields<M>> for T {
    const SHAPE: &'static Shape = <T::Fields as FromColumns<M>>::SHAPE;
    const READ: Read<T> = |fields| (<T::Fields as FromColumns<M>>::READ)(fields).map(T::from_fields);
}

macro_rules! tuples {
    ($($T:ident $M:ident)*) => { tuples!(@grow [] $($T $M)*); };
    (@grow [$($done:tt)*] $T:ident $M:ident $($rest:ident)*) => {
        tuples!(@tuple $($done)* $T $M);
        tuples!(@grow [$($done)* $T $M] $($rest)*);
    };
    (@grow [$($done:tt)*]) => {};
    (@tuple $($T:ident $M:ident)*) => {
        impl<$($T: FromColumns<$M>, $M),*> FromColumns<($($M,)*)> for ($($T,)*) {
            const SHAPE: &'static Shape = &Shape::Many(&[$($T::SHAPE),*]);
            const READ: Read<Self> = |fields| Ok(($(($T::READ)(fields)?,)*));
        }
    };
}

tuples!(A IA B IB C IC D ID E IE F IF G IG H IH I II J IJ K IK L IL M IM N IN O IO P IP);

impl<T: Template, P: Parts<T>, R> Sql for RawQuery<T, P, R> {
    const NODE: &'static Node = &Node::Cat(&[P::NODE]);
}

impl<T, P: Bind, R> Bind for RawQuery<T, P, R> {
    const IS_EMPTY: bool = P::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.statement.bind(args);
    }
}

impl<T, P, R> Statement for RawQuery<T, P, R> {}

impl<T: Template, P: Parts<T>, R: FromColumns<M>, M> Query<M> for RawQuery<T, P, R> {
    type Output = R;
    const PLAN: &'static Plan = &Plan::new::<Self>(R::SHAPE);
    const READ: Read<R> = R::READ;
}

impl<T, P> Statement for Fragment<T, P> {}

impl<T: Template, P: Parts<T>> Command<()> for Fragment<T, P> {
    const PLAN: &'static Plan = &Plan::new::<Self>(&Shape::Empty);
}

/// The raw SQL says what its rows are.
#[diagnostic::on_unimplemented(
    message = "this `sql!` does not say what its rows are",
    label = "rows of which type?",
    note = "add `.to::<T>()`, where `T` is a struct that derives `Row`, a table, a value's type or a tuple: `.to::<(i64, String)>()`"
)]
pub trait SaysRows {}

/// There only to ask for `SaysRows`, which no raw SQL does.
impl<T: Template, P: Parts<T>> Query<()> for Fragment<T, P>
where
    PhantomData<Self>: SaysRows,
{
    type Output = ();
    const PLAN: &'static Plan = <Self as Command<()>>::PLAN;
    const READ: Read<()> = |_| Ok(());
}
