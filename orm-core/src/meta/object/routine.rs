//! Functions and procedures, written in SQL.

use crate::meta::ObjectMeta;

/// A function or procedure; made by [`function`] or [`procedure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoutineMeta {
    /// Its schema.
    pub schema: Option<&'static str>,
    /// Its name with the types of its arguments in parentheses.
    pub signature: &'static str,
    /// Whether it is a procedure.
    pub procedure: bool,
    /// The statement that makes it.
    pub definition: &'static str,
}

/// The function with this signature, and the `create or replace function` that makes it, often a file's.
///
/// The signature is its name and the types of its arguments as PostgreSQL prints them, `clamp(integer, integer)`.
///
/// ```
/// use mizzle::object::function;
///
/// let touch = function(
///     "touch()",
///     "create or replace function touch() returns trigger language plpgsql as $$
///      begin new.updated_at = now(); return new; end $$",
/// );
/// assert!(!touch.procedure);
/// ```
pub const fn function(signature: &'static str, definition: &'static str) -> RoutineMeta {
    RoutineMeta { schema: None, signature, procedure: false, definition }
}

/// The procedure with this signature; as [`function`].
pub const fn procedure(signature: &'static str, definition: &'static str) -> RoutineMeta {
    RoutineMeta { schema: None, signature, procedure: true, definition }
}

impl RoutineMeta {
    /// It is in this schema, which its definition must name too.
    pub const fn schema(mut self, schema: &'static str) -> Self {
        self.schema = Some(schema);
        self
    }

    #[doc(hidden)]
    pub const fn object(self) -> ObjectMeta {
        ObjectMeta::Routine(self)
    }
}
