//! How many rows a SELECT finds, and whether it finds any.

use super::{Project, Select};
use crate::args::{Args, Bind};
use crate::condition::{Conditions, where_clause};
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

impl<P, F, W, O, L, X> CountRows for Select<P, F, W, O, L, X> {
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

/// `select 1 from .. where .. limit .. offset ..`: what is asked does not depend on selection and order.
const fn rows<F: Sql, W: Sql, L: Sql, X: Sql>() -> &'static Node {
    const { &Node::Cat(&[&Node::Text("select 1"), F::NODE, where_clause::<W>(), L::NODE, X::NODE]) }
}

/// Neither limit nor offset.
const fn is_whole<L: Sql, X: Sql>() -> bool {
    matches!((L::NODE, X::NODE), (Node::Text(limit), Node::Text(offset)) if limit.is_empty() && offset.is_empty())
}

impl<P, F: Sql, W: Sql, O, L: Sql, X: Sql> Sql for CountOf<Select<P, F, W, O, L, X>> {
    const NODE: &'static Node = if is_whole::<L, X>() {
        &Node::Cat(&[&Node::Text("select count(*)"), F::NODE, where_clause::<W>()])
    } else {
        &Node::Cat(&[
            &Node::Text("select count(*) from ("),
            rows::<F, W, L, X>(),
            &Node::Text(") as counted"),
        ])
    };
}

impl<P, F: Sql, W: Sql, O, L: Sql, X: Sql> Sql for ExistsOf<Select<P, F, W, O, L, X>> {
    const NODE: &'static Node =
        &Node::Cat(&[&Node::Text("select exists ("), rows::<F, W, L, X>(), &Node::Text(")")]);
}

macro_rules! question {
    ($question:ident => $answer:ty) => {
        impl<P, F: Bind, W: Bind, O, L: Bind, X: Bind> Bind for $question<Select<P, F, W, O, L, X>> {
            fn bind(&self, args: &mut Args) {
                let Select { selection: _, from, filter, order: _, limit, offset } = &self.0;
                from.bind(args);
                filter.bind(args);
                limit.bind(args);
                offset.bind(args);
            }
        }

        impl<P, F, W, O, L, X, I> Query<I> for $question<Select<P, F, W, O, L, X>>
        where
            P: Project<F, I>,
            F: Sql + Bind,
            W: Conditions,
            L: Sql + Bind,
            X: Sql + Bind,
        {
            type Output = $answer;
            const PLAN: &'static Plan = &Plan::new::<Self>(&Shape::One(<$answer as BaseValue>::TYPE));
            const READ: Read<$answer> = next;
        }
    };
}

question!(CountOf => i64);
question!(ExistsOf => bool);
