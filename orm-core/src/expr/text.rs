//! Text: patterns, and the functions of text.

use super::compare::comparisons;
use super::function::{example, function};
use super::{Call, Compare, Expr, IntoArguments, IntoExpr, Never, Param};
use crate::sql_function;
use crate::value::{BoxError, Input, NotNull, Null};
use bytes::{BufMut, BytesMut};
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
    fn starts_with<V: TextInput<This = T>, T>(self, text: V) -> Matched<Like, Self, T, false, true>
    where
        Self::Base: TextValue,
    {
        Compare(self, Param(Pattern(text.into_this()), PhantomData), PhantomData)
    }

    /// `self like '%text'`, where the text stands for itself.
    fn ends_with<V: TextInput<This = T>, T>(self, text: V) -> Matched<Like, Self, T, true, false>
    where
        Self::Base: TextValue,
    {
        Compare(self, Param(Pattern(text.into_this()), PhantomData), PhantomData)
    }

    /// `self like '%text%'`, where the text stands for itself.
    fn contains<V: TextInput<This = T>, T>(self, text: V) -> Matched<Like, Self, T, true, true>
    where
        Self::Base: TextValue,
    {
        Compare(self, Param(Pattern(text.into_this()), PhantomData), PhantomData)
    }

    /// `self ilike 'text%'`: [`starts_with`](TextOperators::starts_with) without regard to case.
    fn istarts_with<V: TextInput<This = T>, T>(self, text: V) -> Matched<Ilike, Self, T, false, true>
    where
        Self::Base: TextValue,
    {
        Compare(self, Param(Pattern(text.into_this()), PhantomData), PhantomData)
    }

    /// `self ilike '%text'`: [`ends_with`](TextOperators::ends_with) without regard to case.
    fn iends_with<V: TextInput<This = T>, T>(self, text: V) -> Matched<Ilike, Self, T, true, false>
    where
        Self::Base: TextValue,
    {
        Compare(self, Param(Pattern(text.into_this()), PhantomData), PhantomData)
    }

    /// `self ilike '%text%'`: [`contains`](TextOperators::contains) without regard to case.
    fn icontains<V: TextInput<This = T>, T>(self, text: V) -> Matched<Ilike, Self, T, true, true>
    where
        Self::Base: TextValue,
    {
        Compare(self, Param(Pattern(text.into_this()), PhantomData), PhantomData)
    }
}

impl<E: Expr> TextOperators for E {}

/// A text of the program's, not an expression.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a text to look for",
    label = "expected `&str` or `String`",
    note = "an expression is matched by `.like(..)`; an `Option` becomes a condition that may be absent: `option.map(|text| column.contains(text))`"
)]
pub trait TextInput {
    /// The type itself; said so, nothing else is complained of where this is no text.
    type This;

    /// The value itself.
    fn into_this(self) -> Self::This;

    /// The text.
    fn text(&self) -> &str;
}

macro_rules! text_input {
    ($($ty:ty),*) => {$(
        impl TextInput for $ty {
            type This = Self;

            fn into_this(self) -> Self {
                self
            }

            fn text(&self) -> &str {
                self
            }
        }
    )*};
}

text_input!(String, &String, &str, Cow<'_, str>);

/// The expression `E`, matched by the text `V` that stands for itself.
type Matched<O, E, V, const BEFORE: bool, const AFTER: bool> =
    Compare<O, E, Param<Pattern<V, BEFORE, AFTER>, String>>;

/// The pattern of `like` that only the text itself matches, with anything `BEFORE` or `AFTER` it.
#[derive(Debug, Clone, Copy)]
pub struct Pattern<V, const BEFORE: bool, const AFTER: bool>(V);

impl<V: TextInput, const BEFORE: bool, const AFTER: bool> Input<String> for Pattern<V, BEFORE, AFTER> {
    type Null = NotNull;

    fn write(&self, out: &mut BytesMut) -> Result<Null, BoxError> {
        if BEFORE {
            out.put_u8(b'%');
        }
        // Bytes of a longer character are none of the three.
        for &byte in self.0.text().as_bytes() {
            if matches!(byte, b'%' | b'_' | b'\\') {
                out.put_u8(b'\\');
            }
            out.put_u8(byte);
        }
        if AFTER {
            out.put_u8(b'%');
        }
        Ok(Null::No)
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
pub fn concat<P: IntoArguments<T, concat, Arguments = A>, T, A>(parts: P) -> Call<concat, A> {
    Call::new(parts.into_arguments())
}
