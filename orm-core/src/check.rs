//! The checks of an attribute against its field's type; generated code calls them in constants, so that what is wrong
//! fails `cargo check` at the attribute.

use crate::meta::{TableName, TypeClass};
use crate::table::{Col, Column, Columns, Source, Table};
use crate::value::{BaseValue, Nullability, Value};

/// The table behind the value that stands for it.
pub const fn table_name<C: Columns>(_: &C) -> TableName {
    <<C::Source as Source>::Table as Table>::NAME
}

/// The column's name.
pub const fn column_name<C: Column, S>(_: &Col<C, S>) -> &'static str {
    C::NAME.raw
}

/// Both ends of a foreign key have one type.
pub const fn check_reference<C, S, D, Z, A, B>(_: &Col<C, S>, _: &Col<D, Z>)
where
    C: Column<Value: Value<Base = A>>,
    D: Column<Value: Value<Base = B>>,
    A: RefersTo<B, C, D>,
{
}

/// A column `C` of type `Self` may refer to a column `D` of type `T`.
#[diagnostic::on_unimplemented(
    message = "the foreign key `{C}` is an SQL `{Self}`, its target `{D}` an SQL `{T}`",
    label = "the two ends of a foreign key must have one type"
)]
pub trait RefersTo<T, C, D> {}

impl<T: BaseValue, C, D> RefersTo<T, C, D> for T {}

/// Stands for no type. With a second impl rustc looks at the target's type before it chooses one; with only the first it
/// would conclude that the types are equal, and complain of that in its own words.
pub struct Neither<T>(std::marker::PhantomData<T>);

impl<T, C, D> RefersTo<Neither<T>, C, D> for T {}

/// An integer literal fits the column's type.
///
/// # Panics
/// With `message` when it does not, as do all of these; evaluated by the compiler, which shows the message.
pub const fn check_int<V: Value>(value: i128, message: &'static str) {
    let fits = match V::TYPE.class {
        TypeClass::Integer { bits } => {
            let bound = 1_i128 << (bits - 1);
            -bound <= value && value < bound
        }
        TypeClass::Float | TypeClass::Numeric => true,
        _ => false,
    };
    check(fits, message);
}

/// A literal with a fraction fits the column's type.
pub const fn check_float<V: Value>(message: &'static str) {
    check(matches!(V::TYPE.class, TypeClass::Float | TypeClass::Numeric), message);
}

/// A string literal, or `varchar(n)` or `char(n)`, fits the column's type.
pub const fn check_text<V: Value>(message: &'static str) {
    check(matches!(V::TYPE.class, TypeClass::Text), message);
}

/// `true` or `false` fits the column's type.
pub const fn check_bool<V: Value>(message: &'static str) {
    check(matches!(V::TYPE.class, TypeClass::Boolean), message);
}

/// A JSON document fits the column's type.
pub const fn check_json<V: Value>(message: &'static str) {
    check(matches!(V::TYPE.class, TypeClass::Json), message);
}

/// `numeric(p, s)` fits the column's type.
pub const fn check_numeric<V: Value>(message: &'static str) {
    check(matches!(V::TYPE.class, TypeClass::Numeric), message);
}

/// `identity` fits the column's type.
pub const fn check_identity<V: Value>(message: &'static str) {
    check(matches!(V::TYPE.class, TypeClass::Integer { .. }) && !<V::Null as Nullability>::NULLABLE, message);
}

#[expect(clippy::panic, reason = "evaluated by the compiler")]
const fn check(fits: bool, message: &'static str) {
    if !fits {
        panic!("{}", message);
    }
}

/// Says which column is wrong. A constant panic shows at most one string: the message is put together first.
#[expect(clippy::panic, reason = "evaluated by the compiler")]
pub(crate) const fn refuse(before: &str, name: &str, after: &str) -> ! {
    let len = before.len() + name.len() + after.len();
    let mut message = [b' '; 256];
    if len <= message.len() {
        let (start, rest) = message.split_at_mut(before.len());
        start.copy_from_slice(before.as_bytes());
        let (middle, rest) = rest.split_at_mut(name.len());
        middle.copy_from_slice(name.as_bytes());
        rest.split_at_mut(after.len()).0.copy_from_slice(after.as_bytes());
        if let Ok(message) = std::str::from_utf8(message.split_at(len).0) {
            panic!("{}", message);
        }
    }
    panic!("{}", name)
}
