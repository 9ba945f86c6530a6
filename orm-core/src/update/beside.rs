//! `update .. from` and `delete .. using`: other tables beside the one that is written to.

use super::Update;
use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::delete::Delete;
use crate::expr::{Boolean, Expr, Within};
use crate::from::{FromTable, Has, Inner, Join, Left, Named, There};
use crate::sql::{Node, Sql};
use crate::table::{Columns, Source};
use crate::value::NotNull;
use std::marker::PhantomData;

/// What an update or a delete of `T` sees, itself included: the FROM clause `F` beside the rows of `T`.
#[derive(Debug)]
pub struct Beside<T, F> {
    from: F,
    target: PhantomData<T>,
}

copied!([T, F] Beside<T, F> { from, target }, F);

/// The place of the table that is written to.
pub enum Target {}

impl<T, F, C> Has<T, C, Target> for Beside<T, F> {
    type Null = NotNull;
}

impl<T, F: Has<U, C, I>, U, C, I> Has<U, C, There<I>> for Beside<T, F> {
    type Null = F::Null;
}

/// What an update or a delete of `T` sees.
pub trait Beyond<T>: Bind {
    /// The clause of the other tables.
    const NODE: &'static Node;
}

impl<T> Beyond<T> for FromTable<T> {
    const NODE: &'static Node = &Node::Text("");
}

impl<T, F: Sql + Bind> Beyond<T> for Beside<T, F> {
    const NODE: &'static Node = F::NODE;
}

impl<T, F: Bind> Bind for Beside<T, F> {
    const IS_EMPTY: bool = F::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        let Beside { from, target: _ } = self;
        from.bind(args);
    }
}

/// `using "workers"`
#[derive(Debug)]
pub struct Using<U>(PhantomData<U>);

copied!([U] Using<U>);

impl<U: Source> Sql for Using<U> {
    const NODE: &'static Node = &Node::Cat(&[&Node::Text(" using "), <Named<U> as Sql>::NODE]);
}

impl<U> Bind for Using<U> {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

impl<U, C> Has<U, C, crate::from::Here> for Using<U> {
    type Null = NotNull;
}

impl<T: Source, V, W> Update<T, V, W> {
    /// `from table`: its columns can be used in what is set, in the conditions and in `returning`. A row that several of
    /// its rows fit is written once, with one of them.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// let renamed = update(Task)
    ///     .from(Worker)
    ///     .set(Task.title, Worker.name)
    ///     .filter(Task.worker_id.eq(Worker.id))
    ///     .returning((Task.id, Worker.score));
    /// ```
    pub fn from<U: Columns>(self, _: U) -> Update<T, V, W, Beside<T, FromTable<U::Source>>> {
        self.with(|_| Beside { from: FromTable::NEW, target: PhantomData })
    }
}

impl<T> Delete<T, crate::condition::Nothing> {
    /// `using table`: its columns can be used in the conditions and in `returning`.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// let orphaned = delete(Task).using(Worker).filter(Task.worker_id.eq(Worker.id)).filter(Worker.score.lt(10));
    /// ```
    pub fn using<U: Columns>(
        self,
        _: U,
    ) -> Delete<T, crate::condition::Nothing, Beside<T, Using<U::Source>>> {
        self.with(|_| Beside { from: Using(PhantomData), target: PhantomData })
    }
}

macro_rules! joins {
    ($([$($generics:ident),*] $ty:ident<$($arg:ident),*>, $clause:literal;)*) => {$(
        impl<$($generics,)* F> $ty<$($arg,)* Beside<T, F>> {
            #[doc = concat!("`join table on condition`, of the tables of [`", $clause, "`](", stringify!($ty), "::", $clause, "): the condition cannot name the table that is written to.")]
            pub fn join<U, On, I>(
                self,
                _: U,
                on: On,
            ) -> $ty<$($arg,)* Beside<T, Join<F, U::Source, Inner, On>>>
            where
                U: Columns,
                On: Expr + Within<Join<F, U::Source, Inner, ()>, I>,
                On::Base: Boolean,
            {
                self.with(|Beside { from, target }| Beside { from: Join::new(from, Named::NEW, on), target })
            }

            #[doc = concat!("`left join table on condition`, of the tables of [`", $clause, "`](", stringify!($ty), "::", $clause, "): where no row fits, the joined table's columns are NULL.")]
            pub fn left_join<U, On, I>(
                self,
                _: U,
                on: On,
            ) -> $ty<$($arg,)* Beside<T, Join<F, U::Source, Left, On>>>
            where
                U: Columns,
                On: Expr + Within<Join<F, U::Source, Inner, ()>, I>,
                On::Base: Boolean,
            {
                self.with(|Beside { from, target }| Beside { from: Join::new(from, Named::NEW, on), target })
            }
        }
    )*};
}

joins! {
    [T, V, W] Update<T, V, W>, "from";
    [T, W] Delete<T, W>, "using";
}
