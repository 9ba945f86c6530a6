//! The operators and functions of arrays.

use super::compare::comparisons;
use super::function::{example, function};
use super::{Always, Call, Compare, Expr, IntoExpr, NullRule, Strict, Within, expression};
use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::sql::{Level, Node, Sql};
use crate::value::{BaseValue, Element, NotNull, Nullability, Nullable};
use std::marker::PhantomData;

comparisons! {
    /// `@>`
    Contains " @> " Other of nothing true;
    /// `<@`
    Contained " <@ " Other;
    /// `&&`
    Overlaps " && " Other of nothing false;
}

/// A type of array.
#[diagnostic::on_unimplemented(
    message = "an SQL `{Self}` is not an array",
    label = "expected a `Vec<T>` or `Vec<Option<T>>`"
)]
pub trait ArrayValue: BaseValue {
    /// The type itself; said so, a wrong list is not complained of where there is no array.
    type This: BaseValue;
    /// The type of its elements, without NULL.
    type Element: Element;
    /// Whether an element may be NULL.
    type ElementNull: Nullability;
}

impl<T: Element> ArrayValue for Vec<T> {
    type This = Self;
    type Element = T;
    type ElementNull = NotNull;
}

impl<T: Element> ArrayValue for Vec<Option<T>> {
    type This = Self;
    type Element = T;
    type ElementNull = Nullable;
}

/// The operators of arrays.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, tags: Vec<String> }
/// let found = select(Worker).filter(Worker.tags.contains_all(["rust", "sql"])).filter(Worker.tags.any_eq("go").not());
/// ```
pub trait ArrayOperators: Expr + Sized {
    /// `self @> list`: every element of the list is one of the array's.
    fn contains_all<R>(self, list: R) -> Compare<Contains, Self, R::Expr>
    where
        Self::Base: ArrayValue,
        R: IntoExpr<<Self::Base as ArrayValue>::This, Self>,
    {
        Compare(self, list.into_expr(), PhantomData)
    }

    /// `self <@ list`: every element of the array is one of the list's.
    fn contained_in<R>(self, list: R) -> Compare<Contained, Self, R::Expr>
    where
        Self::Base: ArrayValue,
        R: IntoExpr<<Self::Base as ArrayValue>::This, Self>,
    {
        Compare(self, list.into_expr(), PhantomData)
    }

    /// `self && list`: some element of the array is one of the list's.
    fn overlaps<R>(self, list: R) -> Compare<Overlaps, Self, R::Expr>
    where
        Self::Base: ArrayValue,
        R: IntoExpr<<Self::Base as ArrayValue>::This, Self>,
    {
        Compare(self, list.into_expr(), PhantomData)
    }

    /// `value = any(self)`: the value is one of the array's elements.
    fn any_eq<V>(self, value: V) -> AnyEq<Self, V::Expr, <Self::Base as ArrayValue>::ElementNull>
    where
        Self::Base: ArrayValue,
        V: IntoExpr<<Self::Base as ArrayValue>::Element, Self>,
    {
        AnyEq(self, Item(value.into_expr(), PhantomData), PhantomData)
    }

    /// `cardinality(self) = 0`
    #[expect(clippy::wrong_self_convention, reason = "an expression is part of what is made of it")]
    fn is_empty(self) -> IsEmpty<Self>
    where
        Self::Base: ArrayValue,
    {
        IsEmpty(self)
    }
}

impl<E: Expr> ArrayOperators for E {}

/// `value = any(array)`, where an element of the array may be NULL or not, as `N` says.
#[derive(Debug)]
pub struct AnyEq<A, V, N>(A, Item<V, A>, PhantomData<N>);

copied!([A, V, N] AnyEq<A, V, N> { 0, 1, 2 }, A, V);

impl<A: Sql, V: Sql, N> Sql for AnyEq<A, V, N> {
    const NODE: &'static Node = &Node::Operator(
        Level::Compare,
        &[<Item<V, A> as Sql>::NODE, &Node::Text(" = any("), &Node::Cat(&[A::NODE]), &Node::Text(")")],
    );
}

impl<A: Bind, V: Bind, N> Bind for AnyEq<A, V, N> {
    fn bind(&self, args: &mut Args) {
        self.1.bind(args);
        self.0.bind(args);
    }
}

impl<A: Expr, V: Expr, N: Nullability> Expr for AnyEq<A, V, N> {
    type Base = bool;
}

impl<A: Within<F, I>, V: Within<F, J>, N: Nullability, F, I, J> Within<F, (I, J)> for AnyEq<A, V, N> {
    type Null = <<A::Null as Nullability>::Or<V::Null> as Nullability>::Or<N>;
}

expression!([A: Expr, V: Expr, N: Nullability] AnyEq<A, V, N>; A, V);

/// `cardinality(array) = 0`
#[derive(Debug, Clone, Copy)]
pub struct IsEmpty<A>(A);

impl<A: Sql> Sql for IsEmpty<A> {
    const NODE: &'static Node = &Node::Operator(
        Level::Compare,
        &[&Node::Cat(&[&Node::Text("cardinality("), A::NODE, &Node::Text(")")]), &Node::Text(" = 0")],
    );
}

impl<A: Bind> Bind for IsEmpty<A> {
    const IS_EMPTY: bool = A::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<A: Expr> Expr for IsEmpty<A> {
    type Base = bool;
}

impl<A: Within<F, I>, F, I> Within<F, (I,)> for IsEmpty<A> {
    type Null = A::Null;
}

expression!([A: Expr] IsEmpty<A>; A);

/// `V` beside the array `A`: a parameter takes the cast of the array's elements.
#[derive(Debug)]
pub struct Item<V, A>(V, PhantomData<A>);

copied!([V, A] Item<V, A> { 0, 1 }, V);

impl<V: Sql, A: Sql> Sql for Item<V, A> {
    const NODE: &'static Node = if V::IS_PARAM && !A::CAST.is_empty() {
        &Node::Cat(&[V::NODE, &Node::Text(element_cast(A::CAST))])
    } else {
        V::NODE
    };
}

/// `::citext` for `::citext[]`
const fn element_cast(cast: &'static str) -> &'static str {
    match cast.as_bytes() {
        [element @ .., b'[', b']'] => cast.split_at(element.len()).0,
        _ => cast,
    }
}

impl<V: Bind, A> Bind for Item<V, A> {
    const IS_EMPTY: bool = V::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<V: Expr, A: Expr> Expr for Item<V, A> {
    type Base = V::Base;
}

impl<V: Within<F, I>, A, F, I> Within<F, (I,)> for Item<V, A> {
    type Null = V::Null;
}

expression!([V: Expr, A: Expr] Item<V, A>; V);

/// NULL if the first operand is.
pub enum First {}

impl<A: Nullability, B> NullRule<(A, B)> for First {
    type Null = A;
}

/// Never NULL; the second operand becomes an element of an `Array`.
pub struct Appending<Array>(PhantomData<Array>);

impl<A, B: MayBeElement<N>, N, Array: ArrayValue<ElementNull = N>> NullRule<(A, B)> for Appending<Array> {
    type Null = NotNull;
}

/// A value of this nullability may be an element of an array whose elements are of the nullability `N`.
#[diagnostic::on_unimplemented(
    message = "a value that may be NULL cannot be an element of a `Vec<T>`",
    label = "the appended value may be NULL",
    note = "give it a value: `coalesce(value, ..)`, or declare the column as `Vec<Option<T>>`"
)]
pub trait MayBeElement<N> {}

impl<N> MayBeElement<N> for NotNull {}
impl MayBeElement<Nullable> for Nullable {}

function!(array_append (A, V), [A: Expr, V: Expr] "array_append(", A::Base, Appending<A::Base>);
function!(array_remove (A, V), [A: Expr, V: Expr] "array_remove(", A::Base, First);
function!(array_length (A,), [A: Expr] "array_length(" ", 1)", i32, Always);
function!(cardinality (A,), [A: Expr] "cardinality(", i32, Strict);

/// `array_append(array, value)`: the array with one more element at its end. An array that is NULL counts as empty.
#[doc = example!("array_append(Worker.tags, \"new\")")]
pub fn array_append<A, V, E>(array: A, value: V) -> Call<array_append, (A, Item<E, A>)>
where
    A: Expr<Base: ArrayValue>,
    V: IntoExpr<<A::Base as ArrayValue>::Element, A, Expr = E>,
{
    Call::new((array, Item(value.into_expr(), PhantomData)))
}

/// `array_remove(array, value)`: the array without every element that equals the value.
#[doc = example!("array_remove(Worker.tags, \"old\")")]
pub fn array_remove<A, V, E>(array: A, value: V) -> Call<array_remove, (A, Item<E, A>)>
where
    A: Expr<Base: ArrayValue>,
    V: IntoExpr<<A::Base as ArrayValue>::Element, A, Expr = E>,
{
    Call::new((array, Item(value.into_expr(), PhantomData)))
}

/// `array_length(array, 1)`: NULL for an empty array, of which [`cardinality`] is 0.
#[doc = example!("array_length(Worker.tags)")]
pub fn array_length<A: Expr<Base: ArrayValue>>(array: A) -> Call<array_length, (A,)> {
    Call::new((array,))
}

/// `cardinality(array)`: the number of elements.
#[doc = example!("cardinality(Worker.tags)")]
pub fn cardinality<A: Expr<Base: ArrayValue>>(array: A) -> Call<cardinality, (A,)> {
    Call::new((array,))
}
