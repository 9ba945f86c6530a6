//! Matching of text.

use super::compare::{Ilike, Like};
use super::{Compare, Expr, IntoExpr};
use std::marker::PhantomData;

/// A type that `like` can match.
#[diagnostic::on_unimplemented(message = "an SQL `{Self}` is not text", label = "`like` matches text only")]
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
/// let a = select(Worker).filter(Worker.name.like("A%")).filter(Worker.email.ilike("%@example.com"));
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
}

impl<E: Expr> TextOperators for E {}
