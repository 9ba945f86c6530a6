//! `coalesce`, `nullif`, `greatest`, `least`.

use super::function::{example, function};
use super::{Always, Call, Expr, IntoExpr, Merging};

function!(coalesce (L, R), [L: Expr, R: Expr] "coalesce(", L::Base, Merging, alike);
function!(nullif (L, R), [L: Expr, R: Expr] "nullif(", L::Base, Always, alike);
function!(greatest (L, R), [L: Expr, R: Expr] "greatest(", L::Base, Merging, alike);
function!(least (L, R), [L: Expr, R: Expr] "least(", L::Base, Merging, alike);

/// `coalesce(first, second)`: the first that is not NULL. NULL only if both may be.
#[doc = example!("coalesce(Worker.email, \"none\")")]
pub fn coalesce<L: Expr, R: IntoExpr<L::Base, L, Expr = E>, E>(
    first: L,
    second: R,
) -> Call<coalesce, (L, E)> {
    Call::new((first, second.into_expr()))
}

/// `nullif(expression, value)`: NULL when both are equal, else the first.
#[doc = example!("nullif(Worker.name, \"\")")]
pub fn nullif<L: Expr, R: IntoExpr<L::Base, L, Expr = E>, E>(
    expression: L,
    value: R,
) -> Call<nullif, (L, E)> {
    Call::new((expression, value.into_expr()))
}

/// `greatest(first, second)`. NULLs do not count: NULL only if both are.
#[doc = example!("greatest(Worker.score, 0)")]
pub fn greatest<L: Expr, R: IntoExpr<L::Base, L, Expr = E>, E>(
    first: L,
    second: R,
) -> Call<greatest, (L, E)> {
    Call::new((first, second.into_expr()))
}

/// `least(first, second)`. NULLs do not count: NULL only if both are.
#[doc = example!("least(Worker.score, 100)")]
pub fn least<L: Expr, R: IntoExpr<L::Base, L, Expr = E>, E>(first: L, second: R) -> Call<least, (L, E)> {
    Call::new((first, second.into_expr()))
}
