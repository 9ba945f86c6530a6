//! Joins.

use super::Select;
use crate::condition::Nothing;
use crate::expr::{Boolean, Expr, Within};
use crate::from::{Cross, Full, Inner, IntoSource, Join, Joins, Left, Outer, Right};
use crate::table::Columns;

/// A FROM clause `F`, joined with the table `T` in the way `K` on the condition `On`.
type Joined<F, T, K, On> = Join<F, <T as IntoSource>::Source, K, On, <T as IntoSource>::Rows>;

impl<P, F, W, G, O, L, X, K> Select<P, F, W, G, O, L, X, K> {
    /// `join table on condition`
    pub fn join<T, On, I, J>(self, table: T, on: On) -> Select<P, Joined<F, T, Inner, On>, W, G, O, L, X, K>
    where
        T: IntoSource<Rows: Joins<F, J>>,
        On: Expr + Within<Join<F, T::Source, Inner, ()>, I>,
        On::Base: Boolean,
    {
        self.joined(table, on)
    }

    /// `left join table on condition`: where no row fits, the joined table's columns are NULL, so they become
    /// `Option`s.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// # async fn run(db: &Db) -> Result<(), mizzle::Error> {
    /// let rows: Vec<(String, Option<Task>)> = select((Worker.name, Task))
    ///     .from(Worker)
    ///     .left_join(Task, Task.worker_id.eq(Worker.id))
    ///     .all(db)
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn left_join<T, On, I, J>(
        self,
        table: T,
        on: On,
    ) -> Select<P, Joined<F, T, Left, On>, W, G, O, L, X, K>
    where
        T: IntoSource<Rows: Joins<F, J>>,
        On: Expr + Within<Join<F, T::Source, Inner, ()>, I>,
        On::Base: Boolean,
    {
        self.joined(table, on)
    }

    /// `right join table on condition`: where no row of the tables before it fits, their columns are NULL.
    pub fn right_join<T, On, I, J>(
        self,
        table: T,
        on: On,
    ) -> Select<P, Joined<F, T, Right, On>, W, G, O, L, X, K>
    where
        T: IntoSource<Rows: Joins<F, J>>,
        On: Expr + Within<Join<F, T::Source, Inner, ()>, I>,
        On::Base: Boolean,
    {
        self.joined(table, on)
    }

    /// `full join table on condition`: where no row fits, the columns of either side are NULL.
    pub fn full_join<T, On, I, J>(
        self,
        table: T,
        on: On,
    ) -> Select<P, Joined<F, T, Full, On>, W, G, O, L, X, K>
    where
        T: IntoSource<Rows: Joins<F, J>>,
        On: Expr + Within<Join<F, T::Source, Inner, ()>, I>,
        On::Base: Boolean,
    {
        self.joined(table, on)
    }

    /// `cross join table`: each row with each.
    pub fn cross_join<T, I>(self, table: T) -> Select<P, Joined<F, T, Cross, Nothing>, W, G, O, L, X, K>
    where
        T: IntoSource<Rows: Joins<F, I>>,
    {
        self.joined(table, Nothing)
    }

    /// Makes this a subquery of one whose FROM clause has `table`, so that conditions can name its columns.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, name: String }
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// let tasks = select(Task).outer(Worker).filter(Task.worker_id.eq(Worker.id));
    /// let idle = select(Worker).filter(not_exists(tasks));
    /// ```
    pub fn outer<T: Columns>(self, _: T) -> Select<P, Outer<F, T::Source>, W, G, O, L, X, K> {
        let Select { selection, from, filter, group, order, limit, offset, lock } = self;
        Select { selection, from: Outer::new(from), filter, group, order, limit, offset, lock }
    }

    fn joined<T: IntoSource, M, On>(
        self,
        table: T,
        on: On,
    ) -> Select<P, Joined<F, T, M, On>, W, G, O, L, X, K> {
        let Select { selection, from, filter, group, order, limit, offset, lock } = self;
        let from = Join::new(from, table.into_rows(), on);
        Select { selection, from, filter, group, order, limit, offset, lock }
    }
}
