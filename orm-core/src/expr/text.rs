//! Matching of text.

use super::compare::{Ilike, Like};
use super::{Compare, Expr, IntoExpr};

/// A type that `like` can match.
#[diagnostic::on_unimplemented(message = "an SQL `{Self}` is not text", label = "`like` matches text only")]
pub trait TextValue {}

impl TextValue for String {}

/// The operators of text.
pub trait TextOperators: Expr + Sized {
    /// `self like pattern`: `%` is any text, `_` any one character, `\` takes the next character as it is.
    fn like<R: IntoExpr<String, Self>>(self, pattern: R) -> Compare<Like, Self, R::Expr>
    where
        Self::Base: TextValue,
    {
        Compare::new(self, pattern.into_expr())
    }

    /// `self ilike pattern`: [`like`](TextOperators::like) without regard to case.
    fn ilike<R: IntoExpr<String, Self>>(self, pattern: R) -> Compare<Ilike, Self, R::Expr>
    where
        Self::Base: TextValue,
    {
        Compare::new(self, pattern.into_expr())
    }
}

impl<E: Expr> TextOperators for E {}
