//! GROUP BY and HAVING of a SELECT.

use super::{IntoSelection, Project, Select};
use crate::condition::Condition;
use crate::expr::Within;
use crate::group::{Grouped, Grouping, IntoKeys};

impl<P, F, W, G: Grouping, O, L, X, K> Select<P, F, W, G, O, L, X, K> {
    /// `group by key`: an expression, a tuple of them, or a table for its primary key, which frees all of its columns;
    /// further ones are added. What is selected beside aggregates must be named here.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, name: String }
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// let busy = select((Worker.name, count()))
    ///     .from(Worker)
    ///     .join(Task, Task.worker_id.eq(Worker.id))
    ///     .group_by(Worker)
    ///     .having(count().gt(10))
    ///     .order_by(count().desc());
    /// ```
    pub fn group_by<T, S, N, I, J, H>(self, key: T) -> Select<P, F, W, G::Regrouped<N>, O, L, X, K>
    where
        T: IntoSelection<Selection = S>,
        S: Project<F, I> + IntoKeys<G::Keys, Keys = N>,
        O: Within<Grouped<F, N>, J>,
        G::Conditions: Within<Grouped<F, N>, H>,
    {
        let Select { selection, from, filter, group, order, limit, offset, lock } = self;
        let group = group.regroup(|keys| key.into_selection().0.add_to(keys));
        Select { selection, from, filter, group, order, limit, offset, lock }
    }

    /// `having condition`, of groups; further ones are joined by `and`. An `Option` of a condition is left out when it is
    /// `None`.
    pub fn having<E, I, J>(self, condition: E) -> Select<P, F, W, G::Having<E::This>, O, L, X, K>
    where
        E: Condition<This = E>,
        E::This: Within<Grouped<F, G::Keys>, I>,
        O: Within<Grouped<F, G::Keys>, J>,
    {
        let Select { selection, from, filter, group, order, limit, offset, lock } = self;
        Select { selection, from, filter, group: group.having(condition), order, limit, offset, lock }
    }
}
