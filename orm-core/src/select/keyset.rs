//! Keyset pagination: pages that follow the last row of the page before, instead of counting rows.

use super::{Project, Select};
use crate::args::{Args, Bind};
use crate::condition::{Conditions, Nothing};
use crate::error::EncodeError;
use crate::expr::{Kinded, Plain};
use crate::query::{Plan, Query, Statement};
use crate::row::{DecodeError, Fields, Read, Shape};
use crate::sql::{Level, Node, Sql, render};
pub use apart::{TellApart, Unique};
pub use key::KeysOf;
use key::{COMMA, Chain};
pub use position::Position;
use position::Token;
use std::marker::PhantomData;

mod apart;
mod key;
mod position;

impl<P, F, W, K> Select<P, F, W, Nothing, Nothing, Nothing, Nothing, K> {
    /// Pages of `rows` rows, ordered by `keys`: a column or an expression, or a tuple of up to four, each with its
    /// direction. They tell any two rows apart, so the last is a unique key of the table, or completes one; an index on
    /// them makes every page as fast as the first.
    ///
    /// Of several tables it is the first whose rows make pages. The others are joined on a unique key of theirs: for one of
    /// its rows there is one of each at most.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// # async fn run(db: &Db, token: Option<&str>) -> Result<(), mizzle::Error> {
    /// let page = select(Task).keyset((Task.worker_id.desc(), Task.id), 20).after(token).page(db).await?;
    /// let (tasks, next): (Vec<Task>, Option<String>) = (page.rows, page.next);
    /// # Ok(())
    /// # }
    /// ```
    pub fn keyset<Keys, I>(self, keys: Keys, rows: u32) -> Keyset<P, F, W, Keys::Chain, K>
    where
        Keys: KeysOf<Chain: TellApart<F, I>>,
    {
        let Select { selection, from, filter, group: _, order: _, limit: _, offset: _, lock: _ } = self;
        Keyset { selection, from, filter, keys: keys.chain(), after: None, rows, lock: PhantomData }
    }
}

/// A SELECT whose rows come in pages.
#[derive(Debug)]
pub struct Keyset<P, F, W, C, K> {
    selection: P,
    from: F,
    filter: W,
    keys: C,
    after: Option<String>,
    rows: u32,
    lock: PhantomData<K>,
}

impl<P: Clone, F: Clone, W: Clone, C: Clone, K> Clone for Keyset<P, F, W, C, K> {
    fn clone(&self) -> Self {
        let Keyset { selection, from, filter, keys, after, rows, lock } = self;
        Keyset {
            selection: selection.clone(),
            from: from.clone(),
            filter: filter.clone(),
            keys: keys.clone(),
            after: after.clone(),
            rows: *rows,
            lock: *lock,
        }
    }
}

impl<P, F, W, C, K> Keyset<P, F, W, C, K> {
    /// The page after the one that had this token; the first page without one. A token that is not whole, or is of another
    /// query, is refused when the statement is run.
    pub fn after(self, token: Option<&str>) -> Self {
        Keyset { after: token.map(str::to_owned), ..self }
    }
}

/// A statement whose rows come in pages.
#[diagnostic::on_unimplemented(
    message = "the rows of this statement do not come in pages",
    label = "no `.keyset(..)` before this",
    note = "say what orders them and how many a page has: `.keyset((Task.created_at.desc(), Task.id), 20)`"
)]
pub trait Pages {
    /// The statement itself. What follows is said of this type, so that of another statement nothing else is complained of.
    type This;

    /// The statement itself.
    fn this(&self) -> &Self::This;

    /// How many rows a page has.
    fn rows(&self) -> u32;

    /// What writes the token of a position.
    fn writer(&self) -> fn(&Position) -> String;
}

impl<P, F, W, C: Chain, K> Pages for Keyset<P, F, W, C, K> {
    type This = Self;

    fn this(&self) -> &Self {
        self
    }

    fn rows(&self) -> u32 {
        self.rows
    }

    fn writer(&self) -> fn(&Position) -> String {
        |position| Token::write(position, &name::<C>())
    }
}

/// Whether a row comes after the position. Of one direction the keys are compared as one row, which an index answers.
const fn after<C: Chain>() -> &'static Node {
    match C::DIRECTION {
        Some(true) => {
            const { &Node::Cat(&[&Node::Text("("), C::COLUMNS, &Node::Text(") > ("), C::PARAMS, &Node::Text(")")]) }
        }
        Some(false) => {
            const { &Node::Cat(&[&Node::Text("("), C::COLUMNS, &Node::Text(") < ("), C::PARAMS, &Node::Text(")")]) }
        }
        None => C::AFTER,
    }
}

impl<P: Sql, F: Sql, W: Sql, C: Chain, K: Sql> Sql for Keyset<P, F, W, C, K> {
    const NODE: &'static Node = &Node::Cat(&[
        &Node::Text("select "),
        P::NODE,
        COMMA,
        C::COLUMNS,
        F::NODE,
        &Node::Clause {
            prefix: " where ",
            separator: " and ",
            level: Level::And,
            items: &Node::Cat(&[W::NODE, &Node::Item(&Node::Optional(after::<C>()))]),
        },
        &Node::Clause { prefix: " order by ", separator: ", ", level: Level::Free, items: C::ORDER },
        &Node::Text(" limit "),
        &Node::Param(&postgres_types::Type::INT8),
        K::NODE,
    ]);
}

impl<P: Bind, F: Bind, W: Bind, C: Chain, K> Bind for Keyset<P, F, W, C, K> {
    fn bind(&self, args: &mut Args) {
        let Keyset { selection, from, filter, keys, after, rows, lock: _ } = self;
        if *rows == 0 {
            args.fail(EncodeError::page_of_no_rows());
        }
        selection.bind(args);
        bind_columns(keys, args);
        from.bind(args);
        filter.bind(args);
        args.push_present(after.is_some());
        if let Some(token) = after {
            match Token::read(token, &name::<C>(), C::COUNT) {
                Some(token) => bind_after(keys, &token, args),
                None => args.fail(EncodeError::token()),
            }
        }
        bind_columns(keys, args);
        // One row more says whether there is a next page.
        args.push::<i64, i64>(&(i64::from(*rows) + 1));
    }
}

fn bind_columns<C: Chain>(keys: &C, args: &mut Args) {
    if !C::IS_EMPTY {
        keys.bind_columns(args);
    }
}

fn bind_after<C: Chain>(keys: &C, token: &Token, args: &mut Args) {
    if C::DIRECTION.is_none() {
        keys.bind_after(token.keys(), args);
    } else {
        bind_columns(keys, args);
        token.keys().for_each(|key| args.push_raw(key));
    }
}

/// What tells the tokens of queries with other keys apart.
fn name<C: Chain>() -> String {
    render(C::ORDER, crate::args::Present::NONE)
}

impl<P, F, W, C, K> Statement for Keyset<P, F, W, C, K> {}

impl<P, F, W, C, K, I> Query<I> for Keyset<P, F, W, C, K>
where
    P: Kinded<Kind = Plain> + Project<F, I>,
    F: Sql + Bind,
    W: Conditions,
    C: Chain,
    K: Sql,
{
    type Output = (P::Output, Position);
    const PLAN: &'static Plan = &Plan::new::<Self>(&Shape::Many(&[P::SHAPE, C::SHAPES]));
    const READ: Read<Self::Output> = |fields| Ok(((P::READ)(fields)?, position::<C>(fields)?));
}

fn position<C: Chain>(fields: &mut Fields<'_>) -> Result<Position, DecodeError> {
    Position::read(fields, C::COUNT)
}

/// A page of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// The token of the next page, or nothing when this is the last one.
    pub next: Option<String>,
}
