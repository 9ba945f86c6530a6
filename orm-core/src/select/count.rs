//! How many rows a SELECT finds, and whether it finds any.

use super::{Compound, Select, grouped};
use crate::args::{Args, Bind};
use crate::condition::where_clause;
use crate::expr::{Kind, Kinded};
use crate::group::Grouping;
use crate::query::{Plan, Query};
use crate::row::{Read, Shape, next};
use crate::sql::{Node, Sql};
use crate::value::BaseValue;

/// A statement whose rows can be counted instead of read.
#[diagnostic::on_unimplemented(
    message = "only the rows of a SELECT can be counted",
    label = "not a `select`"
)]
pub trait CountRows: Sized {
    /// The statement that counts.
    type Count;
    /// The statement that asks whether there is any.
    type Exists;

    /// `select count(*) ..`
    fn into_count(self) -> Self::Count;

    /// `select exists (..)`
    fn into_exists(self) -> Self::Exists;
}

impl<P, F, W, G, O, L, X, K> CountRows for Select<P, F, W, G, O, L, X, K> {
    type Count = CountOf<Self>;
    type Exists = ExistsOf<Self>;

    fn into_count(self) -> CountOf<Self> {
        CountOf(self)
    }

    fn into_exists(self) -> ExistsOf<Self> {
        ExistsOf(self)
    }
}

impl<Op, A, B, O, L, X> CountRows for Compound<Op, A, B, O, L, X> {
    type Count = CountOf<Self>;
    type Exists = ExistsOf<Self>;

    fn into_count(self) -> CountOf<Self> {
        CountOf(self)
    }

    fn into_exists(self) -> ExistsOf<Self> {
        ExistsOf(self)
    }
}

/// `select count(*)` of the rows that `Q` finds, within its limit and offset.
#[derive(Debug, Clone, Copy)]
pub struct CountOf<Q>(Q);

/// `select exists` of the rows that `Q` finds.
#[derive(Debug, Clone, Copy)]
pub struct ExistsOf<Q>(Q);

/// A query whose rows are counted: what is asked does not depend on its order, seldom on its selection, and never on
/// its lock.
pub trait Rows: Bind {
    /// What follows `select` when the rows are those of FROM and WHERE, so that `count(*)` counts them.
    const PLAIN: Option<&'static Node>;
    /// The query.
    const QUERY: &'static Node;

    /// Encodes the parameters of either.
    fn bind_rows(&self, args: &mut Args);
}

impl<P, F, W, G, O, L, X, K> Rows for Select<P, F, W, G, O, L, X, K>
where
    P: Kinded + Sql + Bind,
    F: Sql + Bind,
    W: Sql + Bind,
    G: Grouping,
    O: Sql + Bind,
    L: Sql + Bind,
    X: Sql + Bind,
    K: Sql,
{
    const PLAIN: Option<&'static Node> = if is_empty(L::NODE) && is_empty(X::NODE) && Self::IS_OF_ROWS {
        Some(&Node::Cat(&[F::NODE, where_clause::<W>()]))
    } else {
        None
    };

    const QUERY: &'static Node = grouped!(
        G,
        &Node::Cat(&[
            &Node::Text("select "),
            if Self::IS_OF_ROWS { &Node::Text("1") } else { P::NODE },
            F::NODE,
            where_clause::<W>(),
            G::CLAUSES,
            L::NODE,
            X::NODE,
        ])
    );

    fn bind_rows(&self, args: &mut Args) {
        let start = args.mark();
        let Select { selection, from, filter, group, order: _, limit, offset, lock: _ } = self;
        if !Self::IS_OF_ROWS {
            selection.bind(args);
        }
        from.bind(args);
        filter.bind(args);
        group.bind(args);
        limit.bind(args);
        offset.bind(args);
        if G::PARAMETERIZED.is_some() {
            args.check_keys(Self::QUERY, start);
        }
    }
}

impl<P: Kinded, F, W, G: Grouping, O, L, X, K> Select<P, F, W, G, O, L, X, K> {
    /// Whether it returns a row for each row of FROM and WHERE.
    const IS_OF_ROWS: bool =
        is_empty(G::CLAUSES) && !<P::Kind as Kind>::DISTINCT && !<P::Kind as Kind>::AGGREGATES;
}

impl<Op, A, B, O, L, X> Rows for Compound<Op, A, B, O, L, X>
where
    Self: Sql + Bind,
{
    const PLAIN: Option<&'static Node> = None;
    const QUERY: &'static Node = <Self as Sql>::NODE;

    fn bind_rows(&self, args: &mut Args) {
        self.bind(args);
    }
}

const fn is_empty(node: &Node) -> bool {
    matches!(node, Node::Text(text) if text.is_empty())
}

impl<Q: Rows> Sql for CountOf<Q> {
    const NODE: &'static Node = match Q::PLAIN {
        Some(rows) => &Node::Cat(&[&Node::Text("select count(*)"), rows]),
        None => &Node::Cat(&[&Node::Text("select count(*) from ("), Q::QUERY, &Node::Text(") as counted")]),
    };
}

impl<Q: Rows> Sql for ExistsOf<Q> {
    const NODE: &'static Node = &Node::Cat(&[&Node::Text("select exists ("), Q::QUERY, &Node::Text(")")]);
}

macro_rules! question {
    ($question:ident => $answer:ty) => {
        impl<Q: Rows> Bind for $question<Q> {
            fn bind(&self, args: &mut Args) {
                self.0.bind_rows(args);
            }
        }

        impl<Q: Rows + Query<I>, I> Query<I> for $question<Q> {
            type Output = $answer;
            const PLAN: &'static Plan = &Plan::new::<Self>(&Shape::One(<$answer as BaseValue>::TYPE));
            const READ: Read<$answer> = next;
        }
    };
}

question!(CountOf => i64);
question!(ExistsOf => bool);
