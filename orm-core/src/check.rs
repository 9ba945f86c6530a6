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
    C::NAME
}

/// Both ends of a foreign key have one type.
pub const fn check_reference<C, S, D, Z>(_: &Col<C, S>, _: &Col<D, Z>)
where
    C: Column,
    D: Column,
    <C::Value as Value>::Base: RefersTo<<D::Value as Value>::Base, C, D>,
{
}

/// A column `C` of type `Self` may refer to a column `D` of type `T`.
#[diagnostic::on_unimplemented(
    message = "the foreign key `{C}` is an SQL `{Self}`, its target `{D}` an SQL `{T}`",
    label = "the two ends of a foreign key must have one type"
)]
pub trait RefersTo<T, C, D> {}

impl<T: BaseValue, C, D> RefersTo<T, C, D> for T {}

/// An integer literal fits the column's type.
///
/// # Panics
/// When it does not, as do all of these; evaluated by the compiler, which shows the message.
pub const fn check_int<V: Value>(value: i128) {
    match V::TYPE.class {
        TypeClass::Integer { bits } => {
            let bound = 1_i128 << (bits - 1);
            assert!(-bound <= value && value < bound, "the number is out of the range of the column's type");
        }
        TypeClass::Float | TypeClass::Numeric => {}
        _ => panic!("the literal is a number, the column's type is not"),
    }
}

/// A literal with a fraction fits the column's type.
pub const fn check_float<V: Value>() {
    assert!(
        matches!(V::TYPE.class, TypeClass::Float | TypeClass::Numeric),
        "the literal is a number with a fraction, the column's type has none"
    );
}

/// A string literal fits the column's type.
pub const fn check_text<V: Value>() {
    assert!(matches!(V::TYPE.class, TypeClass::Text), "the literal is a text, the column's type is not");
}

/// `true` or `false` fits the column's type.
pub const fn check_bool<V: Value>() {
    assert!(matches!(V::TYPE.class, TypeClass::Boolean), "the literal is a boolean, the column's type is not");
}

/// A JSON document fits the column's type.
pub const fn check_json<V: Value>() {
    assert!(matches!(V::TYPE.class, TypeClass::Json), "the literal is a JSON document, the column's type is not");
}

/// `varchar(n)` or `char(n)` fits the column's type.
pub const fn check_text_type<V: Value>() {
    assert!(matches!(V::TYPE.class, TypeClass::Text), "`varchar` and `char` are for columns of text");
}

/// `numeric(p, s)` fits the column's type.
pub const fn check_numeric<V: Value>() {
    assert!(matches!(V::TYPE.class, TypeClass::Numeric), "`numeric` is for columns of `Decimal`");
}

/// `identity` fits the column's type.
pub const fn check_identity<V: Value>() {
    assert!(
        matches!(V::TYPE.class, TypeClass::Integer { .. }) && !<V::Null as Nullability>::NULLABLE,
        "`identity` is for columns of `i16`, `i32` or `i64` that are not NULL"
    );
}
