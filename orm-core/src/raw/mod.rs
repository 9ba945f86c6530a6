//! Raw SQL: a constant text with typed parts, which `sql!` makes.
//!
//! A [`Fragment`] is its text as a type, the [`Template`], and a list of parts. Like every other piece of a statement
//! it knows its node from its type alone, so a statement with raw SQL in it is a constant, too.

mod part;
mod rows;
mod typed;

pub use part::{Every, InText, IntoPart, Own, every};
pub use rows::{FromColumns, RawQuery};
pub use typed::{Aggregate, Typed};

use crate::args::{Args, Bind};
use crate::condition::{Condition, Present};
use crate::expr::{IntoExpr, Junction, Kind, Kinded, Negation, Operators, OrderKey, Plain, Within};
use crate::sql::{Level, Node, Sql};
use crate::value::{BaseValue, NotNull, Nullable, Value};
use std::marker::PhantomData;

/// The text of an `sql!` without its parts, as a type; `sql!` makes it.
pub trait Template: 'static {
    /// Before the first part, between two parts, and behind the last one.
    const TEXTS: &'static [&'static str];
    /// Whether it can stand beside an operator without parentheses: a name, a call, or in parentheses already.
    const IS_ATOM: bool;
}

/// Raw SQL, made by `sql!`: a condition, an order, a command; [`of`](Fragment::of) makes it an expression and
/// [`to`](Fragment::to) a query.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
/// let email = "ada@example.com";
/// let query = select(Worker).filter(sql!("lower({Worker.email}) = {email}")).order_by(sql!("random()"));
/// ```
#[must_use = "raw SQL does nothing until it stands in a statement or is run"]
pub struct Fragment<T, P> {
    parts: P,
    template: PhantomData<fn() -> T>,
}

impl<T, P: Clone> Clone for Fragment<T, P> {
    fn clone(&self) -> Self {
        Fragment { parts: self.parts.clone(), template: PhantomData }
    }
}

impl<T, P: Copy> Copy for Fragment<T, P> {}

/// The text of a template, whose parts are to follow; generated code calls it.
pub fn fragment<T: Template>(_: PhantomData<T>) -> Fragment<T, NoParts> {
    Fragment { parts: NoParts, template: PhantomData }
}

impl<T, P> Fragment<T, P> {
    /// Adds the next part.
    #[doc(hidden)]
    pub fn part<E: IntoPart<M>, M>(self, part: E) -> Fragment<T, Part<P, E::Part>> {
        Fragment { parts: Part(self.parts, part.into_part()), template: PhantomData }
    }

    /// Adds the next part, which is of a table that the text itself names.
    #[doc(hidden)]
    pub fn own<E: IntoPart<M>, M>(self, part: E) -> Fragment<T, Part<P, Own<E::Part>>> {
        Fragment { parts: Part(self.parts, Own(part.into_part())), template: PhantomData }
    }

    /// Says what type its value has, which makes it an expression; an `Option` may be NULL.
    ///
    /// What the server makes of it is checked when a statement with it is first run.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// # async fn run(db: &Db) -> Result<(), mizzle::Error> {
    /// let length = sql!("char_length({Worker.email})").of::<Option<i32>>();
    /// let lengths: Vec<Option<i32>> = select(length).from(Worker).filter(length.gt(5)).all(db).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn of<V: Value>(self) -> Typed<T, P, <V::Base as BaseValue>::This, V::Null> {
        Typed::new(self)
    }

    /// Says what type its value has, of an aggregate: it is one value of a group of rows.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// let median = sql!("percentile_disc(0.5) within group (order by {Worker.score})").aggregate::<Option<i32>>();
    /// ```
    pub fn aggregate<V: Value>(self) -> Aggregate<T, P, <V::Base as BaseValue>::This, V::Null> {
        Aggregate::new(self)
    }

    /// Says what its rows are, which makes it a query: a struct that derives `Row`, a table, a value, or a tuple of
    /// them.
    ///
    /// What the server returns is checked when it is first run.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// #[derive(Row)]
    /// struct Line { name: String, rank: i64 }
    ///
    /// # async fn run(db: &Db) -> Result<(), mizzle::Error> {
    /// let lines: Vec<Line> = sql!("select {Worker.name}, rank() over (order by {Worker.score}) from {Worker}")
    ///     .to::<Line>()
    ///     .all(db)
    ///     .await?;
    /// let best = sql!("select {Worker.*} from {Worker} order by 4 desc limit 1").to::<Worker>().optional(db).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn to<R>(self) -> RawQuery<T, P, R> {
        RawQuery::new(self)
    }
}

type Bool<T, P> = Typed<T, P, bool, Nullable>;

impl<T: Template, P: Parts<T>> Fragment<T, P> {
    /// `self and other`
    pub fn and<R: IntoExpr<bool, Bool<T, P>>>(
        self,
        other: R,
    ) -> Junction<crate::expr::And, Bool<T, P>, R::Expr> {
        Operators::and(Typed::new(self), other)
    }

    /// `self or other`
    pub fn or<R: IntoExpr<bool, Bool<T, P>>>(
        self,
        other: R,
    ) -> Junction<crate::expr::Or, Bool<T, P>, R::Expr> {
        Operators::or(Typed::new(self), other)
    }

    /// `not self`
    #[expect(clippy::should_implement_trait, reason = "as of every other condition")]
    pub fn not(self) -> Negation<Bool<T, P>> {
        Operators::not(Typed::new(self))
    }
}

/// No parts.
#[derive(Debug, Clone, Copy)]
pub struct NoParts;

/// The parts `P`, and one more.
#[derive(Debug, Clone, Copy)]
pub struct Part<P, E>(P, E);

/// The parts of the template `T`.
pub trait Parts<T>: Bind + Kinded {
    /// How many.
    const LEN: usize;
    /// The template's text up to the last of them and behind it.
    const NODE: &'static Node;
}

/// What a part is an operand of: of operators unknown, so of the tightest, which puts parentheses around every other.
const AROUND_PART: Level = Level::Multiply;

/// The text of `T` behind so many parts.
const fn text_after<T: Template>(parts: usize) -> &'static str {
    match T::TEXTS.split_at(parts).1 {
        [text, ..] => text,
        [] => "",
    }
}

impl<T: Template> Parts<T> for NoParts {
    const LEN: usize = 0;
    const NODE: &'static Node = &Node::Text(text_after::<T>(0));
}

impl<T: Template, P: Parts<T>, E: Sql + Bind + Kinded> Parts<T> for Part<P, E> {
    const LEN: usize = P::LEN + 1;
    const NODE: &'static Node =
        &Node::Operator(AROUND_PART, &[P::NODE, E::NODE, &Node::Text(text_after::<T>(P::LEN + 1))]);
}

impl Bind for NoParts {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

impl<P: Bind, E: Bind> Bind for Part<P, E> {
    const IS_EMPTY: bool = P::IS_EMPTY && E::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        if !P::IS_EMPTY {
            self.0.bind(args);
        }
        if !E::IS_EMPTY {
            self.1.bind(args);
        }
    }
}

impl Kinded for NoParts {
    type Kind = Plain;
}

impl<P: Kinded, E: Kinded> Kinded for Part<P, E> {
    type Kind = <P::Kind as Kind>::With<E::Kind>;
}

impl<F> Within<F, ()> for NoParts {
    type Null = NotNull;
}

impl<P: Within<F, I>, E: Within<F, J>, F, I, J> Within<F, (I, J)> for Part<P, E> {
    type Null = NotNull;
}

impl<T: Template, P: Parts<T>> Sql for Fragment<T, P> {
    const NODE: &'static Node =
        if T::IS_ATOM { &Node::Cat(&[P::NODE]) } else { &Node::Operator(Level::Or, &[P::NODE]) };
}

impl<T, P: Bind> Bind for Fragment<T, P> {
    const IS_EMPTY: bool = P::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.parts.bind(args);
    }
}

impl<T, P: Kinded> Kinded for Fragment<T, P> {
    type Kind = P::Kind;
}

impl<T, P: Within<F, I>, F, I> Within<F, (I,)> for Fragment<T, P> {
    type Null = Nullable;
}

impl<T: Template, P: Parts<T>> Present for Fragment<T, P> {}

impl<T: Template, P: Parts<T>> Condition for Fragment<T, P> {
    type This = Self;
}

impl<T: Template, P: Parts<T>> Condition for Option<Fragment<T, P>> {
    type This = Self;
}

impl<T: Template, P: Parts<T>> Present for Option<Fragment<T, P>> {
    const IS_OPTIONAL: bool = true;

    fn is_present(&self) -> bool {
        self.is_some()
    }

    fn holds_always(&self) -> bool {
        self.is_none()
    }
}

impl<T: Template, P: Parts<T>> OrderKey for Fragment<T, P> {
    type This = Self;
}

/// As an operand of `and` and `or`; elsewhere its type has to be said.
impl<T: Template, P: Parts<T>, B: crate::expr::Expr> IntoExpr<bool, B> for Fragment<T, P> {
    type Expr = Bool<T, P>;

    fn into_expr(self) -> Self::Expr {
        Typed::new(self)
    }
}
