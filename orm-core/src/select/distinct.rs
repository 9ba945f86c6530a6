//! SELECT DISTINCT.

use super::{IntoSelection, Project, Select};
use crate::args::{Args, Bind};
use crate::expr::{Kinded, Once};
use crate::row::{Read, Shape};
use crate::sql::{Node, Sql};

impl<P, F, W, G, O, L, X, K> Select<P, F, W, G, O, L, X, K> {
    /// `select distinct`: equal rows are returned once.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// let titles = select(Task.title).from(Task).distinct();
    /// ```
    pub fn distinct(self) -> Select<Distinct<P>, F, W, G, O, L, X, K> {
        let Select { selection, from, filter, group, order, limit, offset, lock } = self;
        Select { selection: Distinct(selection), from, filter, group, order, limit, offset, lock }
    }

    /// `select distinct on (keys)`: of the rows that are equal in `keys`, the first one. The order must begin with the
    /// keys.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// let latest = select(Task).distinct_on(Task.worker_id).order_by(Task.worker_id).order_by(Task.id.desc());
    /// ```
    pub fn distinct_on<T, S, I>(self, keys: T) -> Select<DistinctOn<S, P>, F, W, G, O, L, X, K>
    where
        T: IntoSelection<Selection = S>,
        S: Project<F, I>,
    {
        let Select { selection, from, filter, group, order, limit, offset, lock } = self;
        let selection = DistinctOn(keys.into_selection().0, selection);
        Select { selection, from, filter, group, order, limit, offset, lock }
    }
}

/// `distinct` and the selection.
#[derive(Debug, Clone, Copy)]
pub struct Distinct<P>(P);

/// `distinct on (D)` and the selection.
#[derive(Debug, Clone, Copy)]
pub struct DistinctOn<D, P>(D, P);

impl<P: Sql> Sql for Distinct<P> {
    const NODE: &'static Node = &Node::Cat(&[&Node::Text("distinct "), P::NODE]);
}

impl<D: Sql, P: Sql> Sql for DistinctOn<D, P> {
    const NODE: &'static Node =
        &Node::Cat(&[&Node::Text("distinct on ("), D::NODE, &Node::Text(") "), P::NODE]);
}

impl<P: Bind> Bind for Distinct<P> {
    const IS_EMPTY: bool = P::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<D: Bind, P: Bind> Bind for DistinctOn<D, P> {
    const IS_EMPTY: bool = D::IS_EMPTY && P::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
    }
}

macro_rules! selection {
    ([$($generics:ident),*] $ty:ty) => {
        impl<$($generics: Bind + Sql),*> Kinded for $ty
        where
            P: Kinded,
        {
            type Kind = Once<P::Kind>;
        }

        impl<$($generics: Bind + Sql,)* F, I> Project<F, I> for $ty
        where
            P: Project<F, I>,
        {
            type Output = P::Output;
            const SHAPE: &'static Shape = P::SHAPE;
            const READ: Read<P::Output> = P::READ;
        }
    };
}

selection!([P] Distinct<P>);
selection!([D, P] DistinctOn<D, P>);
