//! Calls of functions: PostgreSQL's own, and with `sql_function!` the user's.

use super::{Expr, IntoExpr, Kinded, NullRule, Nulls, Plain, Within, expression, param::beside};
use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::sql::{Node, Sql};
use crate::value::BaseValue;
use std::marker::PhantomData;

/// An SQL function, as called with the arguments `A`, a tuple.
pub trait Function<A>: 'static {
    /// The text before the arguments: `lower(`.
    const OPEN: &'static str;
    /// The text after them.
    const CLOSE: &'static str = ")";
    /// Whether the arguments are of one type, so that parameters take the cast that a column among them needs.
    const ALIKE: bool = false;
    /// The type of its result, without NULL.
    type Base: BaseValue;
    /// When it is NULL: a [`NullRule`].
    type Rule;
}

/// A call of the function `N` with the arguments `A`, a tuple.
#[derive(Debug)]
pub struct Call<N, A>(A, PhantomData<N>);

copied!([N, A] Call<N, A> { 0, 1 }, A);

impl<N, A> Call<N, A> {
    /// The call with these arguments.
    pub fn new(arguments: A) -> Self {
        Call(arguments, PhantomData)
    }
}

impl<N: Function<A>, A: Arguments> Sql for Call<N, A> {
    const NODE: &'static Node =
        &Node::Cat(&[&Node::Text(N::OPEN), if N::ALIKE { A::ALIKE } else { A::NODE }, &Node::Text(N::CLOSE)]);
    const CAST: &'static str = if N::ALIKE { A::COMMON_CAST } else { "" };
}

impl<N, A: Bind> Bind for Call<N, A> {
    const IS_EMPTY: bool = A::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<N: Function<A>, A: Arguments> Expr for Call<N, A> {
    type Base = N::Base;
}

impl<N: Function<A>, A: ArgumentsWithin<F, I>, F, I> Within<F, (I,)> for Call<N, A>
where
    N::Rule: NullRule<A::Nulls>,
{
    type Null = <N::Rule as NullRule<A::Nulls>>::Null;
}

expression!([N: Function<A>, A: Arguments] Call<N, A>; A);

/// A tuple of expressions.
pub trait Arguments: Sql + Bind + Kinded {
    /// Its text with the casts that arguments of one type need.
    const ALIKE: &'static Node;
    /// The first cast that an argument asks for.
    const COMMON_CAST: &'static str;
}

/// A tuple of expressions that may stand in a query whose FROM clause is `F`; `I` is inferred.
pub trait ArgumentsWithin<F, I> {
    /// Whether each may be NULL there.
    type Nulls: Nulls;
}

/// Values and expressions, as a tuple, that are the arguments of the function `N` if it takes the types `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of expressions and values",
    label = "expected `(a, b, ..)`, at most eight"
)]
pub trait IntoArguments<T, N> {
    /// The expressions.
    type Arguments: Arguments;

    /// The expressions.
    fn into_arguments(self) -> Self::Arguments;
}

impl Sql for () {
    const NODE: &'static Node = &Node::Text("");
}

impl Bind for () {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

impl Kinded for () {
    type Kind = Plain;
}

impl Arguments for () {
    const ALIKE: &'static Node = <() as Sql>::NODE;
    const COMMON_CAST: &'static str = "";
}

impl<N> IntoArguments<(), N> for () {
    type Arguments = ();

    fn into_arguments(self) {}
}

impl<F> ArgumentsWithin<F, ()> for () {
    type Nulls = ();
}

/// What stands beside each argument of the tuple `A`: all of them.
struct Peers<A>(PhantomData<A>);

impl<A: Arguments> Sql for Peers<A> {
    const NODE: &'static Node = A::NODE;
    const CAST: &'static str = A::COMMON_CAST;
}

macro_rules! arguments {
    ($([$($A:ident $I:ident $n:tt)+])*) => {$(
        impl<$($A: Expr),+> Arguments for ($($A,)+) {
            const ALIKE: &'static Node = &Node::Cat(arguments!(@alike [] ($($A,)+) $($A)+));
            const COMMON_CAST: &'static str = {
                let mut cast = "";
                $(if cast.is_empty() {
                    cast = $A::CAST;
                })+
                cast
            };
        }

        impl<Function, $($A: IntoExpr<$I, Function>, $I),+> IntoArguments<($($I,)+), Function> for ($($A,)+) {
            type Arguments = ($($A::Expr,)+);

            fn into_arguments(self) -> Self::Arguments {
                ($(self.$n.into_expr(),)+)
            }
        }

        impl<Scope, $($A: Within<Scope, $I>, $I),+> ArgumentsWithin<Scope, ($($I,)+)> for ($($A,)+) {
            type Nulls = ($($A::Null,)+);
        }
    )*};
    (@alike [$($done:tt)*] $all:tt $A:ident) => { &[$($done)* beside::<$A, Peers<$all>>()] };
    (@alike [$($done:tt)*] $all:tt $A:ident $($rest:ident)+) => {
        arguments!(@alike [$($done)* beside::<$A, Peers<$all>>(), &Node::Text(", "),] $all $($rest)+)
    };
}

arguments! {
    [A IA 0]
    [A IA 0 B IB 1]
    [A IA 0 B IB 1 C IC 2]
    [A IA 0 B IB 1 C IC 2 D ID 3]
    [A IA 0 B IB 1 C IC 2 D ID 3 E IE 4]
    [A IA 0 B IB 1 C IC 2 D ID 3 E IE 4 G IG 5]
    [A IA 0 B IB 1 C IC 2 D ID 3 E IE 4 G IG 5 H IH 6]
    [A IA 0 B IB 1 C IC 2 D ID 3 E IE 4 G IG 5 H IH 6 J IJ 7]
}

/// Declares a function of the database: of an extension, or of one's own.
///
/// Its arguments are values or expressions of the types named, up to eight. It is NULL if an argument is; if it may be
/// NULL besides, its result is an `Option`. A name that Rust does not take, or one with a schema, goes into `sql_name`.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
/// sql_function!(fn similarity(a: String, b: String) -> f32);
/// sql_function!(#[sql_name = "app.rank_of"] pub fn rank(score: i32) -> Option<i64>);
///
/// let like_ada = select(Worker).filter(similarity(Worker.name, "Ada").gt(0.5)).order_by(rank(Worker.score));
/// ```
#[macro_export]
macro_rules! sql_function {
    (
        $(#[doc = $doc:expr])* $(#[sql_name = $sql:literal])?
        $vis:vis fn $name:ident($($argument:ident: $ty:ty),* $(,)?) -> $out:ty $(;)?
    ) => {
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        $vis enum $name {}

        impl<Arguments> $crate::expr::Function<Arguments> for $name {
            const OPEN: &'static ::core::primitive::str = $crate::sql_function!(@open $name $($sql)?);
            type Base = <$out as $crate::value::Value>::Base;
            type Rule = $crate::expr::Strict<<$out as $crate::value::Value>::Null>;
        }

        $(#[doc = $doc])*
        #[allow(non_camel_case_types)]
        $vis fn $name<$($argument,)* Arguments>($($argument: $argument),*) -> $crate::expr::Call<$name, Arguments>
        where
            ($($argument,)*): $crate::expr::IntoArguments<($($ty,)*), $name, Arguments = Arguments>,
        {
            $crate::expr::Call::new($crate::expr::IntoArguments::<($($ty,)*), $name>::into_arguments(($($argument,)*)))
        }
    };
    (@open $name:ident) => { ::core::concat!(::core::stringify!($name), "(") };
    (@open $name:ident $sql:literal) => { ::core::concat!($sql, "(") };
}

/// A function whose arguments are of types that are not written down: `abs` of any number.
macro_rules! function {
    ($name:ident $arguments:ty, [$($generics:tt)*] $open:literal $($close:literal)?, $base:ty, $rule:ty $(, $alike:ident)?) => {
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}

        impl<$($generics)*> $crate::expr::Function<$arguments> for $name {
            const OPEN: &'static str = $open;
            $(const CLOSE: &'static str = $close;)?
            $(const ALIKE: bool = stringify!($alike).len() > 0;)?
            type Base = $base;
            type Rule = $rule;
        }
    };
}

pub(super) use function;

/// The documentation's example of an expression of the table `Worker`.
macro_rules! example {
    ($expression:literal) => {
        concat!(
            "```\n# use mizzle::prelude::*;\n# #[derive(Table)]\n# #[orm(table = \"workers\")]\n",
            "# struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, ",
            "#[orm(default = 100)] score: i32, wage: f64, tags: Vec<String> }\n",
            "let query = select(",
            $expression,
            ").from(Worker);\n```"
        )
    };
}

pub(super) use example;
