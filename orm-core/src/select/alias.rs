//! A query as a source of rows: `(select ..) as totals`.

use super::{Compound, Fill, Select};
use crate::from::{Derived, Inside};
use crate::query::Query;
use crate::table::{Columns, QueryTable, Source};

/// A table that may stand for a query whose rows are `O`.
pub trait Names<O>: Columns {}

impl<T: Columns, O> Names<O> for T
where
    <T::Source as Source>::Table: QueryTable,
    O: Fill<FieldsOf<T>, <T::Source as Source>::Table>,
{
}

type FieldsOf<T> = <<<T as Columns>::Source as Source>::Table as QueryTable>::Fields;

macro_rules! alias {
    ([$($generics:ident),*] $ty:ty) => {
        impl<$($generics),*> $ty {
            /// `(query) as table`: the query as a source of rows for `from` and `join`. The struct of its rows derives
            /// `Table` with `#[orm(query)]`; the selection fills its fields in their order. A query with an
            /// [`outer`](Select::outer) table is `lateral`.
            ///
            /// ```
            /// # use mizzle::prelude::*;
            /// # #[derive(Table)]
            /// # #[orm(table = "workers")]
            /// # struct Worker { #[orm(primary_key, identity)] id: i64, name: String }
            /// # #[derive(Table)]
            /// # #[orm(table = "tasks")]
            /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
            /// #[derive(Table)]
            /// #[orm(table = "totals", query)]
            /// struct Total { worker_id: i64, tasks: i64 }
            ///
            /// let totals = select((Task.worker_id, count())).from(Task).group_by(Task.worker_id).as_(Total);
            /// let busy = select((Worker.name, Total.tasks))
            ///     .from(Worker)
            ///     .join(totals, Total.worker_id.eq(Worker.id))
            ///     .filter(Total.tasks.gt(10));
            /// ```
            pub fn as_<T, I>(self, _: T) -> Derived<T::Source, Self>
            where
                Self: Query<I>,
                T: Names<<Self as Query<I>>::Output>,
            {
                Derived::new(self)
            }
        }
    };
}

alias!([P, F, W, G, O, L, X, K] Select<P, F, W, G, O, L, X, K>);
alias!([Op, A, B, O, L, X] Compound<Op, A, B, O, L, X>);

impl<P, F: Inside, W, G, O, L, X, K> Inside for Select<P, F, W, G, O, L, X, K> {
    const IS_CORRELATED: bool = F::IS_CORRELATED;
}

impl<Op, A: Inside, B: Inside, O, L, X> Inside for Compound<Op, A, B, O, L, X> {
    const IS_CORRELATED: bool = A::IS_CORRELATED || B::IS_CORRELATED;
}
