//! The operators and functions of JSON documents.

use super::compare::comparisons;
use super::function::function;
use super::infix::{Infix, operations};
use super::{Call, Compare, Expr, IntoExpr, Strict};
use crate::value::{BaseValue, Json};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::marker::PhantomData;

comparisons! {
    /// `@>`
    ContainsJson " @> " Other false;
    /// `?`
    HasKey " ? " Other false;
    /// `?|`
    HasAnyKey " ?| " Other false of nothing false;
    /// `?&`
    HasAllKeys " ?& " Other false of nothing true;
}

operations! {
    /// `->`
    Get " -> " Other Always false;
    /// `->>`
    GetText " ->> " Other Always false;
    /// `#>`
    Path " #> " Other Always false;
    /// `#>>`
    PathText " #>> " Other Always false;
    /// `||`
    Merge " || " Other Strict false;
    /// `-`
    RemoveKey " - " Add Strict false;
}

/// A type of JSON document.
#[diagnostic::on_unimplemented(
    message = "an SQL `{Self}` is not JSON",
    label = "expected a `serde_json::Value` or a `Json<T>`"
)]
pub trait JsonValue: BaseValue {}

impl JsonValue for Value {}
impl<T: Serialize + DeserializeOwned + 'static> JsonValue for Json<T> {}

/// The operators of JSON documents. All but the first four are of `jsonb`.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, meta: serde_json::Value }
/// let dark = select(Worker).filter(Worker.meta.path_text(["ui", "theme"]).eq("dark"));
/// let old = select(Worker.meta.get("plan")).from(Worker).filter(Worker.meta.has_key("legacy"));
/// let admins = select(Worker).filter(Worker.meta.contains_json(serde_json::json!({"role": "admin"})));
/// let cleaned = update(Worker).set(Worker.meta, Worker.meta.remove_key("legacy")).all_rows();
/// ```
pub trait JsonOperators: Expr + Sized {
    /// `self -> key`: the value of the key, as JSON. NULL where there is none.
    fn get<K: IntoExpr<String, Self>>(self, key: K) -> Infix<Get, Self, K::Expr, Value>
    where
        Self::Base: JsonValue,
    {
        Infix::new(self, key.into_expr())
    }

    /// `self ->> key`: the value of the key, as text. NULL where there is none, or a JSON `null`.
    fn get_text<K: IntoExpr<String, Self>>(self, key: K) -> Infix<GetText, Self, K::Expr, String>
    where
        Self::Base: JsonValue,
    {
        Infix::new(self, key.into_expr())
    }

    /// `self #> path`: the value at the end of the path of keys and indices, as JSON. NULL where there is none.
    fn path<P: IntoExpr<Vec<String>, Self>>(self, path: P) -> Infix<Path, Self, P::Expr, Value>
    where
        Self::Base: JsonValue,
    {
        Infix::new(self, path.into_expr())
    }

    /// `self #>> path`: the value at the end of the path of keys and indices, as text. NULL where there is none, or a
    /// JSON `null`.
    fn path_text<P: IntoExpr<Vec<String>, Self>>(self, path: P) -> Infix<PathText, Self, P::Expr, String>
    where
        Self::Base: JsonValue,
    {
        Infix::new(self, path.into_expr())
    }

    /// `self @> value`: the value's keys and elements are in the document, at the same places.
    fn contains_json<R: IntoExpr<Value, Self>>(self, value: R) -> Compare<ContainsJson, Self, R::Expr>
    where
        Self::Base: JsonValue,
    {
        Compare(self, value.into_expr(), PhantomData)
    }

    /// `self ? key`: the document has the key, or the text as an element.
    fn has_key<K: IntoExpr<String, Self>>(self, key: K) -> Compare<HasKey, Self, K::Expr>
    where
        Self::Base: JsonValue,
    {
        Compare(self, key.into_expr(), PhantomData)
    }

    /// `self ?| keys`: the document has one of the keys.
    fn has_any_key<K: IntoExpr<Vec<String>, Self>>(self, keys: K) -> Compare<HasAnyKey, Self, K::Expr>
    where
        Self::Base: JsonValue,
    {
        Compare(self, keys.into_expr(), PhantomData)
    }

    /// `self ?& keys`: the document has all of the keys.
    fn has_all_keys<K: IntoExpr<Vec<String>, Self>>(self, keys: K) -> Compare<HasAllKeys, Self, K::Expr>
    where
        Self::Base: JsonValue,
    {
        Compare(self, keys.into_expr(), PhantomData)
    }

    /// `self || value`: the keys of both, those of the value where both have them.
    fn merge<R: IntoExpr<Value, Self>>(self, value: R) -> Infix<Merge, Self, R::Expr, Self::Base>
    where
        Self::Base: JsonValue,
    {
        Infix::new(self, value.into_expr())
    }

    /// `self - key`: the document without the key.
    fn remove_key<K: IntoExpr<String, Self>>(self, key: K) -> Infix<RemoveKey, Self, K::Expr, Self::Base>
    where
        Self::Base: JsonValue,
    {
        Infix::new(self, key.into_expr())
    }
}

impl<E: Expr> JsonOperators for E {}

function!(jsonb_set (D, P, V), [D: Expr, P: Expr, V: Expr] "jsonb_set(", D::Base, Strict);
function!(jsonb_path_exists (D, P), [D: Expr, P: Expr] "jsonb_path_exists(", bool, Strict);
function!(jsonpath (P,), [P: Expr] "cast(" " as jsonpath)", String, Strict);

/// `jsonb_set(document, path, value)`: the document with the value at the end of the path.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, meta: serde_json::Value }
/// let theme = jsonb_set(Worker.meta, ["ui", "theme"], serde_json::json!("dark"));
/// let query = update(Worker).set(Worker.meta, theme).all_rows();
/// ```
pub fn jsonb_set<D, P, V, Path, E>(document: D, path: P, value: V) -> Call<jsonb_set, (D, Path, E)>
where
    D: Expr<Base: JsonValue>,
    P: IntoExpr<Vec<String>, D, Expr = Path>,
    V: IntoExpr<Value, D, Expr = E>,
{
    Call::new((document, path.into_expr(), value.into_expr()))
}

/// `jsonb_path_exists(document, path)`: the SQL/JSON path finds something.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, meta: serde_json::Value }
/// let query = select(Worker).filter(jsonb_path_exists(Worker.meta, "$.tags[*] ? (@ == \"new\")"));
/// ```
pub fn jsonb_path_exists<D, P, E>(document: D, path: P) -> Call<jsonb_path_exists, (D, Call<jsonpath, (E,)>)>
where
    D: Expr<Base: JsonValue>,
    P: IntoExpr<String, D, Expr = E>,
{
    Call::new((document, Call::new((path.into_expr(),))))
}
