//! Whether the keys of pages tell any two rows apart. If not, a page could end between two that are alike, and the next
//! would skip one of them.

use super::key::{Before, Chain, Key, Last};
use crate::expr::{And, Compare, Eq, Junction, Kinded, Ordered, Plain, Within};
use crate::from::{FromQuery, FromTable, Here, Join, There};
use crate::table::{Col, Column};
use crate::value::{NotNull, Nullability};
use std::marker::PhantomData;

/// The keys `Self` order pages of the rows of `F`: each is never NULL, and the last is a column of a unique key of the
/// first table, all of which is among them; of each other table there is one row at most for one of the first. `I` is
/// inferred.
pub trait TellApart<F, I> {}

impl<K, C, S, W, F, I, Z, J, N> TellApart<F, (C, S, W, I, Z, J, N)> for K
where
    K: Chain<End: IsColumn<C, S>> + KeysWithin<F, I, Z> + HasKeys<S, W, J>,
    C: Column<Table: Unique<C, W>>,
    F: RowsOf<S, Z, N>,
{
}

/// Each of the keys is an expression of `F` that is never NULL, and the last is at the place `Z`; both it and `I` are
/// inferred.
pub trait KeysWithin<F, I, Z> {}

impl<K: Key + Kinded<Kind = Plain> + Within<F, Z, Null: OrdersPages<K>>, F, Z> KeysWithin<F, (), Z>
    for Last<K>
{
}

impl<K, R, F, I, J, Z> KeysWithin<F, (I, J), Z> for Before<K, R>
where
    K: Key + Kinded<Kind = Plain> + Within<F, I, Null: OrdersPages<K>>,
    R: KeysWithin<F, J, Z>,
{
}

/// An expression of this nullability, `K`, may be a key of pages.
#[diagnostic::on_unimplemented(
    message = "the key `{K}` may be NULL, after which no row comes",
    label = "a key of this keyset may be NULL",
    note = "say what stands for NULL: `coalesce(Worker.email, \"\")` in the place of `Worker.email`"
)]
pub trait OrdersPages<K>: Nullability {}

impl<K> OrdersPages<K> for NotNull {}

/// The key `Self` is the column `C` of `S`.
#[diagnostic::on_unimplemented(
    message = "the keyset ends in `{Self}`, which is not a column",
    label = "rows that are alike in these keys could be on both sides of a page's end",
    note = "end with the primary key: `.keyset((lower(Worker.name), Worker.id), 20)`"
)]
pub trait IsColumn<C, S> {}

impl<C, S> IsColumn<C, S> for Col<C, S> {}

impl<C, S, D> IsColumn<C, S> for Ordered<Col<C, S>, D> {}

/// No two rows of the table `Self` are alike in the column `C` and the columns `W`, a tuple; derived.
#[diagnostic::on_unimplemented(
    message = "the keyset ends in the column `{C}` of `{Self}`, which no unique key holds",
    label = "rows that are alike in these keys could be on both sides of a page's end",
    note = "add the primary key: `.keyset((.., {Self}.id), ..)`"
)]
pub trait Unique<C, W> {}

/// The columns `W` of `S`, a tuple, are among the keys; `I` is inferred.
pub trait HasKeys<S, W, I> {}

impl<K, S> HasKeys<S, (), ()> for K {}

impl<K: HasKey<S, A, I>, S, A, I> HasKeys<S, (A,), (I,)> for K {}

impl<K: HasKey<S, A, I> + HasKey<S, B, J>, S, A, B, I, J> HasKeys<S, (A, B), (I, J)> for K {}

impl<K, S, A, B, C, I, J, L> HasKeys<S, (A, B, C), (I, J, L)> for K where
    K: HasKey<S, A, I> + HasKey<S, B, J> + HasKey<S, C, L>
{
}

/// The column `C` of `S` is among the keys; `I` is inferred.
#[diagnostic::on_unimplemented(
    message = "the keyset ends in a part of a unique key of `{S}`, and lacks its column `{C}`",
    label = "rows that are alike in these keys could be on both sides of a page's end",
    note = "add that column, or end with another unique key"
)]
pub trait HasKey<S, C, I> {}

impl<C, S> HasKey<S, C, Here> for Last<Col<C, S>> {}

impl<C, S, D> HasKey<S, C, Here> for Last<Ordered<Col<C, S>, D>> {}

impl<C, S, R> HasKey<S, C, Here> for Before<Col<C, S>, R> {}

impl<C, S, D, R> HasKey<S, C, Here> for Before<Ordered<Col<C, S>, D>, R> {}

impl<R: HasKey<S, C, I>, C, S, K, I> HasKey<S, C, There<I>> for Before<K, R> {}

/// The FROM clause `Self` has one row for one of `S`, which is at the place `Z`, that of the first table; `I` is inferred.
#[diagnostic::on_unimplemented(
    message = "the keyset ends in a column of `{S}`, which is not the first table of the query",
    label = "for a row of `{S}` there could be several of the tables before it",
    note = "begin with it: `.from({S}).join(..)`"
)]
pub trait RowsOf<S, Z, I> {}

// Of any source and place: that a column of another table is not there, `KeysWithin` says.
impl<T, S, Z> RowsOf<S, Z, ()> for FromTable<T> {}

impl<T, R, S, Z> RowsOf<S, Z, ()> for FromQuery<T, R> {}

impl<F, T, K, On, R, S, Z, I, J> RowsOf<S, There<Z>, (I, J)> for Join<F, T, K, On, R>
where
    F: RowsOf<S, Z, I>,
    On: JoinsOne<S, T, F, J>,
{
}

/// On the condition `Self` at most one row of `T` is joined to a row of `F`, the first table of which is `S`; `I` is
/// inferred.
#[diagnostic::on_unimplemented(
    message = "the keyset ends in a key of `{S}`, to one row of which several of `{T}` may be joined",
    label = "they are alike in these keys, and could be on both sides of a page's end",
    note = "begin with the table of which each row makes one of the result, `.from({T}).join({S}, ..)`, and end with a key of it",
    note = "the other tables are joined on a unique key of theirs: `{T}.id.eq(..)`"
)]
pub trait JoinsOne<S, T, F, I> {}

/// How a condition joins one row: as the first of two does.
pub struct InFirst<I>(PhantomData<I>);

/// How a condition joins one row: as the second of two does.
pub struct InSecond<I>(PhantomData<I>);

impl<L: JoinsOne<S, T, F, I>, R, S, T, F, I> JoinsOne<S, T, F, InFirst<I>> for Junction<And, L, R> {}

impl<L, R: JoinsOne<S, T, F, I>, S, T, F, I> JoinsOne<S, T, F, InSecond<I>> for Junction<And, L, R> {}

/// How a condition joins one row: by unique columns, each at this side of its `=`.
pub struct By<Side, I>(PhantomData<(Side, I)>);

/// To the left.
pub enum AtLeft {}

/// To the right.
pub enum AtRight {}

/// `C = E` with the column `C` of `T` at this side.
macro_rules! equal {
    (AtLeft $T:ident $C:ident $E:ident) => { Compare<Eq, Col<$C, $T>, $E> };
    (AtRight $T:ident $C:ident $E:ident) => { Compare<Eq, $E, Col<$C, $T>> };
}

macro_rules! alone {
    ($($side:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<C, E: Within<F, I>, S, T, F, I> JoinsOne<S, T, F, By<$side, I>> for equal!($side T C E)
        where
            C: Column<Table: Unique<C, ()>>,
        {
        }
    )*};
}

macro_rules! together {
    ($($first:ident $second:ident;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<C, D, E, G, S, T, F, I, J> JoinsOne<S, T, F, By<($first, $second), (I, J)>>
            for Junction<And, equal!($first T C E), equal!($second T D G)>
        where
            D: Column<Table: Unique<D, (C,)>>,
            E: Within<F, I>,
            G: Within<F, J>,
        {
        }
    )*};
}

alone! { AtLeft AtRight }

together! {
    AtLeft AtLeft;
    AtLeft AtRight;
    AtRight AtLeft;
    AtRight AtRight;
}
