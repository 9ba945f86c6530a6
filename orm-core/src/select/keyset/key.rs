//! The keys of pages: what orders them and says where one ends.

use crate::args::{Args, Bind};
use crate::expr::{Ascending, Descending, Expr, Ordered, Param};
use crate::row::Shape;
use crate::sql::{Level, Node, Sql};
use crate::value::BaseValue;

/// An expression as a key of pages, with its direction.
pub trait Key: Bind {
    /// The type of its values.
    type Base: BaseValue;
    /// The expression.
    const NODE: &'static Node;
    /// The cast of a parameter beside it.
    const CAST: &'static str;
    /// Whether the least value comes first.
    const ASCENDING: bool;
}

impl<E: Expr> Key for E {
    type Base = E::Base;
    const NODE: &'static Node = <E as Sql>::NODE;
    const CAST: &'static str = <E as Sql>::CAST;
    const ASCENDING: bool = true;
}

macro_rules! directions {
    ($($direction:ident $ascending:literal)*) => {$(
        impl<E: Expr> Key for Ordered<E, $direction> {
            type Base = E::Base;
            const NODE: &'static Node = <E as Sql>::NODE;
            const CAST: &'static str = <E as Sql>::CAST;
            const ASCENDING: bool = $ascending;
        }
    )*};
}

directions! { Ascending true Descending false }

/// What `keyset` takes: an expression, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not order pages",
    label = "expected a column or an expression, or a tuple of at most four, each with `.asc()` or `.desc()`",
    note = "end with the primary key: `.keyset((Task.created_at.desc(), Task.id), 20)`"
)]
pub trait KeysOf {
    /// The keys, one by one.
    type Chain;

    /// The keys, one by one.
    fn chain(self) -> Self::Chain;
}

impl<K: Key> KeysOf for K {
    type Chain = Last<K>;

    fn chain(self) -> Last<K> {
        Last(self)
    }
}

macro_rules! tuples {
    ($(($($K:ident)*) $chain:ty, $value:expr;)*) => {$(
        #[expect(non_snake_case, reason = "a key is called as its type")]
        impl<$($K: Key),*> KeysOf for ($($K,)*) {
            type Chain = $chain;

            fn chain(self) -> Self::Chain {
                let ($($K,)*) = self;
                $value
            }
        }
    )*};
}

tuples! {
    (A) Last<A>, Last(A);
    (A B) Before<A, Last<B>>, Before(A, Last(B));
    (A B C) Before<A, Before<B, Last<C>>>, Before(A, Before(B, Last(C)));
    (A B C D) Before<A, Before<B, Before<C, Last<D>>>>, Before(A, Before(B, Before(C, Last(D))));
}

/// The last key.
#[derive(Debug, Clone, Copy)]
pub struct Last<K>(K);

/// A key, and those that order what it leaves equal.
#[derive(Debug, Clone, Copy)]
pub struct Before<K, R>(K, R);

/// Keys, one by one.
pub trait Chain {
    /// The last one.
    type End;
    /// How many.
    const COUNT: usize;
    /// Whether none of them has a parameter.
    const IS_EMPTY: bool;
    /// The expressions, comma separated.
    const COLUMNS: &'static Node;
    /// The position's parameters, comma separated.
    const PARAMS: &'static Node;
    /// The ORDER BY clause's items.
    const ORDER: &'static Node;
    /// Whether each is ascending, or none is.
    const DIRECTION: Option<bool>;
    /// Whether a row comes after another, by directions that differ: each key but the last is compared twice.
    const AFTER: &'static Node;
    /// The types of the expressions.
    const SHAPES: &'static Shape;

    /// Encodes the parameters of the expressions.
    fn bind_columns(&self, args: &mut Args);

    /// Encodes the parameters of [`AFTER`](Self::AFTER), for a position.
    fn bind_after<'p>(&self, position: impl Iterator<Item = &'p [u8]>, args: &mut Args);
}

/// Between two of a list.
pub(super) const COMMA: &Node = &Node::Text(", ");

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
        b" > " => const { &Node::Operator(Level::Compare, &[K::NODE, &Node::Text(" > "), param::<K>()]) },
        b" < " => const { &Node::Operator(Level::Compare, &[K::NODE, &Node::Text(" < "), param::<K>()]) },
        b" >= " => const { &Node::Operator(Level::Compare, &[K::NODE, &Node::Text(" >= "), param::<K>()]) },
        _ => const { &Node::Operator(Level::Compare, &[K::NODE, &Node::Text(" <= "), param::<K>()]) },
    }
}

const fn order<K: Key>() -> &'static Node {
    const { &Node::Item(&Node::Cat(&[K::NODE, &Node::Text(if K::ASCENDING { " asc" } else { " desc" })])) }
}

fn bind_compared<K: Key>(key: &K, value: Option<&[u8]>, args: &mut Args) {
    if !K::IS_EMPTY {
        key.bind(args);
    }
    if let Some(value) = value {
        args.push_raw(value);
    }
}

impl<K: Key> Chain for Last<K> {
    type End = K;
    const COUNT: usize = 1;
    const IS_EMPTY: bool = K::IS_EMPTY;
    const COLUMNS: &'static Node = K::NODE;
    const PARAMS: &'static Node = param::<K>();
    const ORDER: &'static Node = order::<K>();
    const DIRECTION: Option<bool> = Some(K::ASCENDING);
    const AFTER: &'static Node = compare::<K>([" > ", " < "]);
    const SHAPES: &'static Shape = &Shape::One(<K::Base as BaseValue>::TYPE);

    fn bind_columns(&self, args: &mut Args) {
        self.0.bind(args);
    }

    fn bind_after<'p>(&self, mut position: impl Iterator<Item = &'p [u8]>, args: &mut Args) {
        bind_compared(&self.0, position.next(), args);
    }
}

impl<K: Key, R: Chain> Chain for Before<K, R> {
    type End = R::End;
    const COUNT: usize = 1 + R::COUNT;
    const IS_EMPTY: bool = K::IS_EMPTY && R::IS_EMPTY;
    const COLUMNS: &'static Node = &Node::Cat(&[K::NODE, COMMA, R::COLUMNS]);
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

    fn bind_columns(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind_columns(args);
    }

    fn bind_after<'p>(&self, mut position: impl Iterator<Item = &'p [u8]>, args: &mut Args) {
        let value = position.next();
        bind_compared(&self.0, value, args);
        bind_compared(&self.0, value, args);
        self.1.bind_after(position, args);
    }
}
