//! Text: patterns, and the functions of text.

use super::compare::comparisons;
use super::function::{example, function};
use super::{Arguments, Call, Compare, Expr, IntoExpr, Never, Param};
use crate::sql_function;
use crate::value::{BoxError, Input, Null};
use bytes::BytesMut;
use std::borrow::Cow;
use std::marker::PhantomData;

comparisons! {
    /// `like`
    Like " like " Match;
    /// `ilike`
    Ilike " ilike " Match;
    /// `not like`
    NotLike " not like " Match;
    /// `not ilike`
    NotIlike " not ilike " Match;
    /// `~`
    Matches " ~ " Other;
    /// `~*`
    Imatches " ~* " Other;
}

/// A type that patterns can match.
#[diagnostic::on_unimplemented(
    message = "an SQL `{Self}` is not text",
    label = "only text is matched by patterns"
)]
pub trait TextValue {}

impl TextValue for String {}

/// The operators of text.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
/// # #[derive(Table)]
/// # #[orm(table = "tasks")]
/// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
/// let a = select(Worker).filter(Worker.name.like("A%")).filter(Worker.email.not_ilike("%@example.com"));
/// let discounts = select(Task).filter(Task.title.contains("50%")).filter(Task.title.regex_matches("^[A-Z]"));
/// ```
pub trait TextOperators: Expr + Sized {
    /// `self like pattern`: `%` is any text, `_` any one character, `\` takes the next character as it is.
    fn like<R: IntoExpr<String, Self>>(self, pattern: R) -> Compare<Like, Self, R::Expr>
    where
        Self::Base: TextValue,
    {
        Compare(self, pattern.into_expr(), PhantomData)
    }

    /// `self ilike pattern`: [`like`](TextOperators::like) without regard to case.
    fn ilike<R: IntoExpr<String, Self>>(self, pattern: R) -> Compare<Ilike, Self, R::Expr>
    where
        Self::Base: TextValue,
    {
        Compare(self, pattern.into_expr(), PhantomData)
    }

    /// `self not like pattern`
    fn not_like<R: IntoExpr<String, Self>>(self, pattern: R) -> Compare<NotLike, Self, R::Expr>
    where
        Self::Base: TextValue,
    {
        Compare(self, pattern.into_expr(), PhantomData)
    }

    /// `self not ilike pattern`
    fn not_ilike<R: IntoExpr<String, Self>>(self, pattern: R) -> Compare<NotIlike, Self, R::Expr>
    where
        Self::Base: TextValue,
    {
        Compare(self, pattern.into_expr(), PhantomData)
    }

    /// `self ~ pattern`: whether PostgreSQL's regular expression matches any part of the text.
    fn regex_matches<R: IntoExpr<String, Self>>(self, pattern: R) -> Compare<Matches, Self, R::Expr>
    where
        Self::Base: TextValue,
    {
        Compare(self, pattern.into_expr(), PhantomData)
    }

    /// `self ~* pattern`: [`regex_matches`](TextOperators::regex_matches) without regard to case.
    fn regex_imatches<R: IntoExpr<String, Self>>(self, pattern: R) -> Compare<Imatches, Self, R::Expr>
    where
        Self::Base: TextValue,
    {
        Compare(self, pattern.into_expr(), PhantomData)
    }

    /// `self like 'text%'`, where the text stands for itself.
    fn starts_with<V: TextInput>(self, text: V) -> Compare<Like, Self, Param<Escaped<V, false, true>, String>>
    where
        Self::Base: TextValue,
    {
        Compare(self, Param(Escaped(text), PhantomData), PhantomData)
    }

    /// `self like '%text'`, where the text stands for itself.
    fn ends_with<V: TextInput>(self, text: V) -> Compare<Like, Self, Param<Escaped<V, true, false>, String>>
    where
        Self::Base: TextValue,
    {
        Compare(self, Param(Escaped(text), PhantomData), PhantomData)
    }

    /// `self like '%text%'`, where the text stands for itself.
    fn contains<V: TextInput>(self, text: V) -> Compare<Like, Self, Param<Escaped<V, true, true>, String>>
    where
        Self::Base: TextValue,
    {
        Compare(self, Param(Escaped(text), PhantomData), PhantomData)
    }
}

impl<E: Expr> TextOperators for E {}

/// A text of the program's, not an expression.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a text to look for",
    label = "expected `&str` or `String`",
    note = "an expression is matched by `.like(..)`; an `Option` becomes a condition that may be absent: `option.map(|text| column.contains(text))`"
)]
pub trait TextInput: Input<String> {}

impl TextInput for String {}
impl TextInput for &String {}
impl TextInput for &str {}
impl TextInput for Cow<'_, str> {}

/// A text as a pattern of `like` that only the text itself matches, and what is before (`BEFORE`) or after it.
#[derive(Debug, Clone, Copy)]
pub struct Escaped<V, const BEFORE: bool, const AFTER: bool>(V);

impl<V: TextInput, const BEFORE: bool, const AFTER: bool> Input<String> for Escaped<V, BEFORE, AFTER> {
    type Null = V::Null;

    fn write(&self, out: &mut BytesMut) -> Result<Null, BoxError> {
        let mut text = BytesMut::new();
        let null = self.0.write(&mut text)?;
        out.reserve(text.len() + 2);
        if BEFORE {
            out.extend_from_slice(b"%");
        }
        for byte in text {
            if matches!(byte, b'%' | b'_' | b'\\') {
                out.extend_from_slice(b"\\");
            }
            out.extend_from_slice(&[byte]);
        }
        if AFTER {
            out.extend_from_slice(b"%");
        }
        Ok(null)
    }
}

sql_function! {
    /// `lower(text)`
    #[doc = example!("lower(Worker.name)")]
    pub fn lower(text: String) -> String
}

sql_function! {
    /// `upper(text)`
    #[doc = example!("upper(Worker.name)")]
    pub fn upper(text: String) -> String
}

sql_function! {
    /// `length(text)`: the number of characters.
    #[doc = example!("length(Worker.name)")]
    pub fn length(text: String) -> i32
}

sql_function! {
    /// `btrim(text)`, which SQL also writes `trim(both from text)`: without the spaces at both ends.
    #[doc = example!("trim(Worker.name)")]
    #[sql_name = "btrim"]
    pub fn trim(text: String) -> String
}

sql_function! {
    /// `replace(text, from, to)`: every `from` replaced by `to`.
    #[doc = example!("replace(Worker.name, \"a\", \"b\")")]
    pub fn replace(text: String, from: String, to: String) -> String
}

sql_function! {
    /// `substring(text, start, count)`: so many characters from the one numbered `start`, counted from 1.
    #[doc = example!("substring(Worker.name, 1, 3)")]
    pub fn substring(text: String, start: i32, count: i32) -> String
}

function!(concat A, [A] "concat(", String, Never);

/// `concat(a, b, ..)`: up to eight expressions and values of any types as one text, NULL as no text.
#[doc = example!("concat((Worker.name, \" <\", Worker.email, \">\"))")]
pub fn concat<P: IntoParts<T>, T>(parts: P) -> Call<concat, P::Parts> {
    Call::new(parts.into_parts())
}

/// What [`concat`] takes: a tuple of expressions and values; `T` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of expressions and values",
    label = "expected `(a, b, ..)`, at most eight"
)]
pub trait IntoParts<T> {
    /// The expressions.
    type Parts: Arguments;

    /// The expressions.
    fn into_parts(self) -> Self::Parts;
}

macro_rules! parts {
    ($([$($A:ident $T:ident $n:tt)*])*) => {$(
        impl<$($A: IntoExpr<$T, concat>, $T),*> IntoParts<($($T,)*)> for ($($A,)*) {
            type Parts = ($($A::Expr,)*);

            fn into_parts(self) -> Self::Parts {
                ($(self.$n.into_expr(),)*)
            }
        }
    )*};
}

parts! {
    [A TA 0]
    [A TA 0 B TB 1]
    [A TA 0 B TB 1 C TC 2]
    [A TA 0 B TB 1 C TC 2 D TD 3]
    [A TA 0 B TB 1 C TC 2 D TD 3 E TE 4]
    [A TA 0 B TB 1 C TC 2 D TD 3 E TE 4 F TF 5]
    [A TA 0 B TB 1 C TC 2 D TD 3 E TE 4 F TF 5 G TG 6]
    [A TA 0 B TB 1 C TC 2 D TD 3 E TE 4 F TF 5 G TG 6 H TH 7]
}
