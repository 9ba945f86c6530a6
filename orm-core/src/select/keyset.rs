//! Keyset pagination: pages that follow the last row of the page before, instead of counting rows.

use super::{Project, Select};
use crate::args::{Args, Bind};
use crate::condition::{Conditions, Nothing};
use crate::error::EncodeError;
use crate::expr::{Ascending, Descending, Kinded, Ordered, Param, Plain, Within};
use crate::query::{Plan, Query, Statement};
use crate::row::{DecodeError, Fields, Read, Shape};
use crate::sql::{Level, Node, Sql, render};
use crate::table::{Col, Column, Source};
use crate::value::{BaseValue, NotNull, Value};
pub use position::Position;
use position::Token;
use std::marker::PhantomData;

mod position;

impl<P, F, W, K> Select<P, F, W, Nothing, Nothing, Nothing, Nothing, K> {
    /// Pages of `rows` rows, ordered by `keys`: a column or a tuple of up to four, each with its direction. Together they
    /// must tell any two rows apart, so end with the primary key; an index on them makes every page as fast as the first.
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
    pub fn keyset<Keys, C, I>(self, _: Keys, rows: u32) -> Keyset<P, F, W, C, K>
    where
        Keys: KeysOf<F, I, Chain = C>,
    {
        let Select { selection, from, filter, group: _, order: _, limit: _, offset: _, lock: _ } = self;
        Keyset { selection, from, filter, after: None, rows, keys: PhantomData }
    }
}

/// A SELECT whose rows come in pages.
#[derive(Debug)]
pub struct Keyset<P, F, W, C, K> {
    selection: P,
    from: F,
    filter: W,
    after: Option<String>,
    rows: u32,
    keys: PhantomData<(C, K)>,
}

impl<P: Clone, F: Clone, W: Clone, C, K> Clone for Keyset<P, F, W, C, K> {
    fn clone(&self) -> Self {
        let Keyset { selection, from, filter, after, rows, keys } = self;
        Keyset {
            selection: selection.clone(),
            from: from.clone(),
            filter: filter.clone(),
            after: after.clone(),
            rows: *rows,
            keys: *keys,
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

/// A column as a key of pages, with its direction.
pub trait Key {
    /// The type of its values.
    type Base: BaseValue;
    /// The column.
    const COLUMN: &'static Node;
    /// The cast of a parameter beside it.
    const CAST: &'static str;
    /// Whether the least value comes first.
    const ASCENDING: bool;
}

impl<C: Column, S: Source> Key for Col<C, S> {
    type Base = <C::Value as Value>::Base;
    const COLUMN: &'static Node = <Self as Sql>::NODE;
    const CAST: &'static str = <Self as Sql>::CAST;
    const ASCENDING: bool = true;
}

macro_rules! directions {
    ($($direction:ident $ascending:literal)*) => {$(
        impl<K: Key> Key for Ordered<K, $direction> {
            type Base = K::Base;
            const COLUMN: &'static Node = K::COLUMN;
            const CAST: &'static str = K::CAST;
            const ASCENDING: bool = $ascending;
        }
    )*};
}

directions! { Ascending true Descending false }

/// What `keyset` takes: columns of the FROM clause `F` that are never NULL; `I` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not order pages",
    label = "expected a column that is never NULL, or a tuple of at most four, each with `.asc()` or `.desc()`",
    note = "end with the primary key: `.keyset((Task.created_at.desc(), Task.id), 20)`"
)]
pub trait KeysOf<F, I> {
    /// The keys, one by one.
    type Chain;
}

impl<K: Key + Within<F, I, Null = NotNull>, F, I> KeysOf<F, I> for K {
    type Chain = Last<K>;
}

macro_rules! tuples {
    ($(($($K:ident $I:ident)*) $chain:ty;)*) => {$(
        impl<F, $($K: Key + Within<F, $I, Null = NotNull>, $I),*> KeysOf<F, ($($I,)*)> for ($($K,)*) {
            type Chain = $chain;
        }
    )*};
}

tuples! {
    (A I) Last<A>;
    (A I B J) Before<A, Last<B>>;
    (A I B J C L) Before<A, Before<B, Last<C>>>;
    (A I B J C L D M) Before<A, Before<B, Before<C, Last<D>>>>;
}

/// The last key.
pub struct Last<K>(PhantomData<K>);

/// A key, and those that order what it leaves equal.
pub struct Before<K, R>(PhantomData<(K, R)>);

/// Keys, one by one.
pub trait Chain {
    /// How many.
    const COUNT: usize;
    /// The columns, comma separated.
    const COLUMNS: &'static Node;
    /// The parameters, comma separated.
    const PARAMS: &'static Node;
    /// The ORDER BY clause's items.
    const ORDER: &'static Node;
    /// Whether each is ascending, or none is.
    const DIRECTION: Option<bool>;
    /// Whether a row comes after another, by directions that differ: each key but the last is compared twice.
    const AFTER: &'static Node;
    /// The types of the columns.
    const SHAPES: &'static Shape;
}

const COMMA: &Node = &Node::Text(", ");

/// `$n`, compared with the key.
const fn param<K: Key>() -> &'static Node {
    const { &Node::Cat(&[<Param<K::Base, K::Base> as Sql>::NODE, &Node::Text(K::CAST)]) }
}

const fn compare<K: Key>(orders: [&'static str; 2]) -> &'static Node {
    let [ascending, descending] = orders;
    if K::ASCENDING { operator::<K>(ascending) } else { operator::<K>(descending) }
}

const fn operator<K: Key>(text: &'static str) -> &'static Node {
    match text.as_bytes() {
        b" > " => const { &Node::Operator(Level::Compare, &[K::COLUMN, &Node::Text(" > "), param::<K>()]) },
        b" < " => const { &Node::Operator(Level::Compare, &[K::COLUMN, &Node::Text(" < "), param::<K>()]) },
        b" >= " => const { &Node::Operator(Level::Compare, &[K::COLUMN, &Node::Text(" >= "), param::<K>()]) },
        _ => const { &Node::Operator(Level::Compare, &[K::COLUMN, &Node::Text(" <= "), param::<K>()]) },
    }
}

const fn order<K: Key>() -> &'static Node {
    const { &Node::Item(&Node::Cat(&[K::COLUMN, &Node::Text(if K::ASCENDING { " asc" } else { " desc" })])) }
}

impl<K: Key> Chain for Last<K> {
    const COUNT: usize = 1;
    const COLUMNS: &'static Node = K::COLUMN;
    const PARAMS: &'static Node = param::<K>();
    const ORDER: &'static Node = order::<K>();
    const DIRECTION: Option<bool> = Some(K::ASCENDING);
    const AFTER: &'static Node = compare::<K>([" > ", " < "]);
    const SHAPES: &'static Shape = &Shape::One(<K::Base as BaseValue>::TYPE);
}

impl<K: Key, R: Chain> Chain for Before<K, R> {
    const COUNT: usize = 1 + R::COUNT;
    const COLUMNS: &'static Node = &Node::Cat(&[K::COLUMN, COMMA, R::COLUMNS]);
    const PARAMS: &'static Node = &Node::Cat(&[param::<K>(), COMMA, R::PARAMS]);
    const ORDER: &'static Node = &Node::Cat(&[order::<K>(), R::ORDER]);
    const DIRECTION: Option<bool> = match R::DIRECTION {
        Some(ascending) if ascending == K::ASCENDING => Some(ascending),
        _ => None,
    };
    const AFTER: &'static Node = &Node::Operator(
        Level::And,
        &[
            compare::<K>([" >= ", " <= "]),
            &Node::Text(" and "),
            &Node::Operator(Level::Or, &[compare::<K>([" > ", " < "]), &Node::Text(" or "), R::AFTER]),
        ],
    );
    const SHAPES: &'static Shape = &Shape::Many(&[&Shape::One(<K::Base as BaseValue>::TYPE), R::SHAPES]);
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
        let Keyset { selection, from, filter, after, rows, keys: _ } = self;
        selection.bind(args);
        from.bind(args);
        filter.bind(args);
        args.push_present(after.is_some());
        if let Some(token) = after {
            match Token::read(token, &name::<C>(), C::COUNT) {
                Some(token) => bind_after::<C>(&token, args),
                None => args.fail(EncodeError::token()),
            }
        }
        // One row more says whether there is a next page.
        args.push::<i64, i64>(&(i64::from(*rows) + 1));
    }
}

fn bind_after<C: Chain>(token: &Token, args: &mut Args) {
    let last = C::COUNT.saturating_sub(1);
    for (index, key) in token.keys().enumerate() {
        args.push_raw(key);
        if C::DIRECTION.is_none() && index < last {
            args.push_raw(key);
        }
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
