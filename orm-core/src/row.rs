//! The way back: fields of a row into Rust values.

use crate::meta::{ColumnMeta, TypeMeta};
use crate::value::{BaseValue, BoxError, Value};
use postgres_types::Type;

/// Where the fields of a row are read from: a driver's row, or a record inside one.
pub trait RawRow {
    /// The type and the bytes (`None` is NULL) of the field at `index`, or nothing past the last one.
    fn field(&self, index: usize) -> Option<(&Type, Option<&[u8]>)>;

    /// The bytes of the field at `index`, for values that are read alike whatever the type is.
    fn raw(&self, index: usize) -> Option<Option<&[u8]>> {
        self.field(index).map(|(_, raw)| raw)
    }
}

/// How a value is read from the fields of a row. A constant function pointer, so that what many queries read alike is
/// compiled once.
pub type Read<T> = fn(&mut Fields<'_>) -> Result<T, DecodeError>;

/// The fields of one row, in order.
pub struct Fields<'r> {
    row: &'r dyn RawRow,
    next: usize,
}

impl<'r> Fields<'r> {
    /// The fields of `row`, from the first.
    pub fn new(row: &'r dyn RawRow) -> Self {
        Fields { row, next: 0 }
    }

    /// Passes over the next `count` fields if all of them are NULL, and says whether it did.
    pub fn skip_if_null(&mut self, count: usize) -> bool {
        let end = self.next + count;
        let null = (self.next..end).all(|index| matches!(self.row.raw(index), Some(None)));
        if null {
            self.next = end;
        }
        null
    }
}

/// Reads the next field.
///
/// # Errors
/// When there is none, when it is NULL and `V` is not an `Option`, or when its bytes are not a `V`.
pub fn next<V: Value>(fields: &mut Fields<'_>) -> Result<V, DecodeError> {
    let index = fields.next;
    fields.next += 1;
    let field = if <V::Base as BaseValue>::READS_TYPE {
        fields.row.field(index)
    } else {
        fields.row.raw(index).map(|raw| (V::TYPE.param, raw))
    };
    match field {
        Some((ty, raw)) => V::from_field(ty, raw).map_err(|error| error.at(index)),
        None => Err(DecodeError::missing(index)),
    }
}

/// The types of a result's columns that a row type reads, checked against the server's once a prepared statement.
#[derive(Debug)]
pub enum Shape {
    /// Nothing: the statement returns no rows.
    Empty,
    /// One column.
    One(&'static TypeMeta),
    /// Every column of a table.
    Table(&'static [ColumnMeta]),
    /// One after the other.
    Many(&'static [&'static Shape]),
}

impl Shape {
    /// The types, in order.
    pub fn types(&self) -> Vec<&'static TypeMeta> {
        match self {
            Shape::Empty => Vec::new(),
            Shape::One(ty) => vec![ty],
            Shape::Table(columns) => columns.iter().map(|column| column.ty).collect(),
            Shape::Many(shapes) => shapes.iter().flat_map(|shape| shape.types()).collect(),
        }
    }
}

/// A struct for a result, filled from a selection's columns in order; derived.
///
/// See [`Select::to`](crate::select::Select::to).
pub trait Row: Sized {
    /// The types of the struct's fields, as a tuple.
    type Fields;

    /// The struct of these fields.
    fn from_fields(fields: Self::Fields) -> Self;
}

/// A field of a row that cannot be read. Names no value.
#[derive(Debug)]
pub struct DecodeError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    column: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Null,
    Missing,
    Value(BoxError),
}

impl DecodeError {
    /// The field is NULL.
    pub fn null() -> Self {
        DecodeError(Box::new(Inner { column: 0, kind: Kind::Null }))
    }

    /// The field's bytes are not a value of the type.
    pub fn value(source: BoxError) -> Self {
        DecodeError(Box::new(Inner { column: 0, kind: Kind::Value(source) }))
    }

    fn missing(column: usize) -> Self {
        DecodeError(Box::new(Inner { column, kind: Kind::Missing }))
    }

    fn at(mut self, column: usize) -> Self {
        self.0.column = column;
        self
    }

    /// Which field, counted from 0.
    pub fn column(&self) -> usize {
        self.0.column
    }
}

impl std::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0.kind {
            Kind::Null => "found NULL where the Rust type is not an `Option`",
            Kind::Missing => "the row has fewer columns than the Rust type",
            Kind::Value(_) => "the value cannot be read",
        })
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            Kind::Value(source) => Some(source.as_ref()),
            Kind::Null | Kind::Missing => None,
        }
    }
}
