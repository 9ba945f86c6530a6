//! `case when .. then .. else .. end`.

use super::function::example;
use super::{Expr, IntoExpr, Kind, Kinded, Plain, Within, expression, param::beside};
use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::sql::{Node, Sql};
use crate::value::{BaseValue, NotNull, Nullability, Nullable};
use std::marker::PhantomData;

#[doc(hidden)]
#[allow(non_camel_case_types)]
#[derive(Debug, Clone, Copy)]
pub enum case {}

/// Starts a `case`, to which conditions are added.
///
/// With [`otherwise`](Case::otherwise) it has a value for every row; with [`end`](Case::end) it is NULL where no
/// condition holds.
#[doc = example!(
    "case().when(Worker.score.gt(100), \"high\").when(Worker.score.gt(50), \"fair\").otherwise(\"low\")"
)]
pub fn case() -> Case<Start> {
    Case(Start)
}

/// A `case` that is not yet ended, with the branches `B`.
#[derive(Debug, Clone, Copy)]
#[must_use = "end it by `.otherwise(..)` or `.end()`"]
pub struct Case<B>(B);

impl Case<Start> {
    /// `when condition then value`: the first value says of what type all are.
    pub fn when<C, V, T>(self, condition: C, value: V) -> Case<When<Start, C::Expr, V::Expr>>
    where
        C: IntoExpr<bool, case>,
        V: IntoExpr<T, case>,
    {
        Case(When(self.0, condition.into_expr(), value.into_expr()))
    }
}

impl<P: Branches, D: Expr, E: Expr> Case<When<P, D, E>> {
    /// `when condition then value`
    pub fn when<C, V>(self, condition: C, value: V) -> Case<When<When<P, D, E>, C::Expr, V::Expr>>
    where
        C: IntoExpr<bool, case>,
        V: IntoExpr<E::Base, case>,
    {
        Case(When(self.0, condition.into_expr(), value.into_expr()))
    }

    /// `else value end`
    pub fn otherwise<V>(self, value: V) -> Ended<Otherwise<When<P, D, E>, V::Expr>, NotNull>
    where
        V: IntoExpr<E::Base, case>,
    {
        Ended(Otherwise(self.0, value.into_expr()), PhantomData)
    }

    /// `end`: NULL where no condition holds.
    pub fn end(self) -> Ended<When<P, D, E>, Nullable> {
        Ended(self.0, PhantomData)
    }
}

/// No branch.
#[derive(Debug, Clone, Copy)]
pub struct Start;

/// The branches `P`, and `when C then V`.
#[derive(Debug, Clone, Copy)]
pub struct When<P, C, V>(P, C, V);

/// The branches `P`, and `else V`.
#[derive(Debug, Clone, Copy)]
pub struct Otherwise<P, V>(P, V);

/// The branches of a `case`.
pub trait Branches: Bind + Kinded {
    /// The type of their values.
    type Base;
    /// The first cast that a value asks for.
    const CAST: &'static str;
    /// Their text, with `Peer`'s cast at every parameter that is a value.
    type Beside<Peer: Sql>: Sql;
}

/// Branches that may stand in a query whose FROM clause is `F`; `I` is inferred.
pub trait BranchesWithin<F, I> {
    /// Whether any value may be NULL there.
    type Null: Nullability;
}

/// The branches `B`, with `Peer`'s cast at every parameter that is a value.
pub struct Beside<B, Peer>(PhantomData<(B, Peer)>);

/// What stands beside each value: all of them.
struct Peers<B>(PhantomData<B>);

impl<B: Branches> Sql for Peers<B> {
    const NODE: &'static Node = &Node::Text("");
    const CAST: &'static str = B::CAST;
}

impl Bind for Start {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

impl Kinded for Start {
    type Kind = Plain;
}

impl Branches for Start {
    type Base = ();
    const CAST: &'static str = "";
    type Beside<Peer: Sql> = Beside<Start, Peer>;
}

impl<Peer> Sql for Beside<Start, Peer> {
    const NODE: &'static Node = &Node::Text("");
}

impl<F> BranchesWithin<F, ()> for Start {
    type Null = NotNull;
}

impl<P: Bind, C: Bind, V: Bind> Bind for When<P, C, V> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
        self.2.bind(args);
    }
}

impl<P: Kinded, C: Kinded, V: Kinded> Kinded for When<P, C, V> {
    type Kind = <P::Kind as Kind>::With<<C::Kind as Kind>::With<V::Kind>>;
}

impl<P: Branches, C: Expr, V: Expr> Branches for When<P, C, V> {
    type Base = V::Base;
    const CAST: &'static str = if P::CAST.is_empty() { V::CAST } else { P::CAST };
    type Beside<Peer: Sql> = Beside<Self, Peer>;
}

impl<P: Branches, C: Expr, V: Expr, Peer: Sql> Sql for Beside<When<P, C, V>, Peer> {
    const NODE: &'static Node = &Node::Cat(&[
        <P::Beside<Peer> as Sql>::NODE,
        &Node::Text(" when "),
        C::NODE,
        &Node::Text(" then "),
        beside::<V, Peer>(),
    ]);
}

impl<P: BranchesWithin<F, I>, C: Within<F, J>, V: Within<F, K>, F, I, J, K> BranchesWithin<F, (I, J, K)>
    for When<P, C, V>
{
    type Null = <P::Null as Nullability>::Or<V::Null>;
}

impl<P: Bind, V: Bind> Bind for Otherwise<P, V> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
    }
}

impl<P: Kinded, V: Kinded> Kinded for Otherwise<P, V> {
    type Kind = <P::Kind as Kind>::With<V::Kind>;
}

impl<P: Branches, V: Expr> Branches for Otherwise<P, V> {
    type Base = V::Base;
    const CAST: &'static str = if P::CAST.is_empty() { V::CAST } else { P::CAST };
    type Beside<Peer: Sql> = Beside<Self, Peer>;
}

impl<P: Branches, V: Expr, Peer: Sql> Sql for Beside<Otherwise<P, V>, Peer> {
    const NODE: &'static Node =
        &Node::Cat(&[<P::Beside<Peer> as Sql>::NODE, &Node::Text(" else "), beside::<V, Peer>()]);
}

impl<P: BranchesWithin<F, I>, V: Within<F, J>, F, I, J> BranchesWithin<F, (I, J)> for Otherwise<P, V> {
    type Null = <P::Null as Nullability>::Or<V::Null>;
}

/// `case .. end` with the branches `B`; `N` says whether it may be NULL besides its values.
#[derive(Debug)]
pub struct Ended<B, N>(B, PhantomData<N>);

copied!([B, N] Ended<B, N> { 0, 1 }, B);

impl<B: Branches, N> Sql for Ended<B, N> {
    const NODE: &'static Node =
        &Node::Cat(&[&Node::Text("case"), <B::Beside<Peers<B>> as Sql>::NODE, &Node::Text(" end")]);
    const CAST: &'static str = B::CAST;
}

impl<B: Bind, N> Bind for Ended<B, N> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<B: Branches<Base: BaseValue>, N: Nullability> Expr for Ended<B, N> {
    type Base = B::Base;
}

impl<B: BranchesWithin<F, I>, N: Nullability, F, I> Within<F, (I,)> for Ended<B, N> {
    type Null = <B::Null as Nullability>::Or<N>;
}

expression!([V: Branches<Base: BaseValue>, N: Nullability] Ended<V, N>; V);
