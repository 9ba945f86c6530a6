//! RETURNING: rows out of an insert, an update or a delete.

use crate::args::{Args, Bind};
use crate::delete::Delete;
use crate::insert::{Insert, Upsert};
use crate::query::{Plan, Query, Statement};
use crate::row::{Read, Row};
use crate::select::{IntoSelection, Project, To};
use crate::sql::{Node, Sql};
use crate::update::{Update, UpdateRows};

/// A complete statement that writes rows; `I` is inferred.
pub trait Writes<I>: Sql + Bind {
    /// What `returning` can name.
    type Scope;
}

/// The statement `Q`, returning the selection `P` of each row it writes.
#[derive(Debug, Clone, Copy)]
pub struct Returning<Q, P> {
    statement: Q,
    selection: P,
}

macro_rules! returning {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        impl<$($generics)*> $ty {
            /// `returning selection`: a table, a column, an expression, or a tuple of them.
            pub fn returning<P: IntoSelection>(self, selection: P) -> Returning<Self, P::Selection> {
                Returning { statement: self, selection: selection.into_selection().0 }
            }
        }
    )*};
}

returning! {
    [T, V] Insert<T, V>;
    [T, V, K, A] Upsert<T, V, K, A>;
    [T, V, W, F] Update<T, V, W, F>;
    ['r, T, R] UpdateRows<'r, T, R>;
    [T, W, F] Delete<T, W, F>;
}

impl<Q, P> Returning<Q, P> {
    /// Fills a struct that derives `Row` from the selection's columns, in order.
    pub fn to<T: Row<This = T>>(self) -> Returning<Q, To<P, T::This>> {
        let Returning { statement, selection } = self;
        Returning { statement, selection: To::new(selection) }
    }
}

impl<Q: Sql, P: Sql> Sql for Returning<Q, P> {
    const NODE: &'static Node = &Node::Cat(&[Q::NODE, &Node::Text(" returning "), P::NODE]);
}

impl<Q: Bind, P: Bind> Bind for Returning<Q, P> {
    fn bind(&self, args: &mut Args) {
        let Returning { statement, selection } = self;
        statement.bind(args);
        if !P::IS_EMPTY {
            selection.bind(args);
        }
    }
}

impl<Q, P> Statement for Returning<Q, P> {}

impl<Q, P, I, J> Query<(I, J)> for Returning<Q, P>
where
    Q: Writes<I>,
    P: Project<Q::Scope, J>,
{
    type Output = P::Output;
    const PLAN: &'static Plan = &Plan::new::<Self>(P::SHAPE);
    const READ: Read<P::Output> = P::READ;
}
