//! The way back: fields of a row into Rust values.

use crate::meta::TypeMeta;
use crate::value::{BaseValue, BoxError, Value};
use postgres_types::Type;

/// Where the fields of a row are read from: a driver's row, or a record inside one.
pub trait RawRow {
    /// The type of the field at `index`, or nothing past the last one.
    fn ty(&self, index: usize) -> Option<&Type>;

    /// Puts the fields from `first` on into `window`, as many as it holds, and says how many there were.
    fn read<'r>(&'r self, first: usize, window: &mut [Raw<'r>]) -> usize;
}

/// A field's bytes; `None` is NULL.
pub type Raw<'r> = Option<&'r [u8]>;

/// How a value is read from the fields of a row. A constant function pointer, so that what many queries read alike is
/// compiled once.
pub type Read<T> = fn(&mut Fields<'_>) -> Result<T, DecodeError>;

/// The fields of one row, in order.
pub struct Fields<'r> {
    row: &'r dyn RawRow,
    next: usize,
    /// The fields from `next` to `fetched`, each at its index modulo [`WINDOW`]: those of most rows are fetched at once.
    window: [Raw<'r>; WINDOW],
    fetched: usize,
}

const WINDOW: usize = 8;

impl<'r> Fields<'r> {
    /// The fields of `row`, from the first.
    #[inline]
    pub fn new(row: &'r dyn RawRow) -> Self {
        Fields { row, next: 0, window: [None; WINDOW], fetched: 0 }
    }

    /// Fetches the first fields of the row where its kind is known, so that mostly no virtual call is needed.
    #[inline]
    pub fn begin(&mut self, row: &'r impl RawRow) {
        self.fetched = row.read(0, &mut self.window);
    }

    /// The next field, or nothing past the last one.
    #[inline]
    fn raw(&mut self) -> Option<Raw<'r>> {
        if self.next == self.fetched && !self.fetch() {
            return None;
        }
        let raw = self.window.get(self.next % WINDOW).copied();
        self.next += 1;
        raw
    }

    /// Fetches fields from the next one on, and says whether there are any.
    #[cold]
    #[inline(never)]
    fn fetch(&mut self) -> bool {
        let window = self.window.get_mut(self.next % WINDOW..).unwrap_or_default();
        self.fetched = self.next + self.row.read(self.next, window);
        self.fetched > self.next
    }

    /// The bytes of the next field, which is never NULL.
    pub(crate) fn next_raw(&mut self) -> Result<&'r [u8], DecodeError> {
        match self.raw() {
            Some(Some(raw)) => Ok(raw),
            Some(None) => Err(DecodeError::null()),
            None => Err(DecodeError::missing(self.next)),
        }
    }

    /// Passes over the next `count` fields if all of them are NULL, and says whether it did.
    pub fn skip_if_null(&mut self, count: usize) -> bool {
        let (next, fetched) = (self.next, self.fetched);
        let null = (0..count).all(|_| matches!(self.raw(), Some(None)));
        if !null {
            self.next = next;
            if self.fetched != fetched {
                // The window holds later fields now.
                self.fetched = next;
            }
        }
        null
    }
}

/// Reads the next field.
///
/// # Errors
/// When there is none, when it is NULL and `V` is not an `Option`, or when its bytes are not a `V`.
pub fn next<V: Value>(fields: &mut Fields<'_>) -> Result<V, DecodeError> {
    let Some(raw) = fields.raw() else { return Err(DecodeError::missing(fields.next)) };
    let ty = if <V::Base as BaseValue>::READS_TYPE { fields.row.ty(fields.next - 1) } else { None };
    V::from_field(ty.unwrap_or(V::TYPE.param), raw).map_err(|error| error.at(fields.next - 1))
}

/// The types of a result's columns that a row type reads, checked against the server's once a prepared statement.
#[derive(Debug)]
pub enum Shape {
    /// Nothing: the statement returns no rows.
    Empty,
    /// One column.
    One(&'static TypeMeta),
    /// Every column of a table: [`Table::types`](crate::table::Table::types).
    Table(fn(&mut Vec<&'static TypeMeta>)),
    /// One after the other.
    Many(&'static [&'static Shape]),
}

impl Shape {
    /// The types, in order.
    pub fn types(&self) -> Vec<&'static TypeMeta> {
        let mut types = Vec::new();
        self.add_types(&mut types);
        types
    }

    fn add_types(&self, types: &mut Vec<&'static TypeMeta>) {
        match self {
            Shape::Empty => {}
            Shape::One(ty) => types.push(ty),
            Shape::Table(add) => add(types),
            Shape::Many(shapes) => shapes.iter().for_each(|shape| shape.add_types(types)),
        }
    }
}

/// A struct for a result, filled from a selection's columns in order; derived.
///
/// See [`Select::to`](crate::select::Select::to).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct for a result",
    label = "does not derive `Row`",
    note = "derive `Row` for a struct with a field for each selected column; a whole table is read into its own struct without `.to`"
)]
pub trait Row: Sized {
    /// The struct itself. What follows is said of this type, so that of a struct that does not derive it nothing else is
    /// complained of.
    type This;
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
    #[cold]
    #[inline(never)]
    pub fn null() -> Self {
        DecodeError(Box::new(Inner { column: 0, kind: Kind::Null }))
    }

    /// The field's bytes are not a value of the type.
    #[cold]
    #[inline(never)]
    pub fn value(source: BoxError) -> Self {
        DecodeError(Box::new(Inner { column: 0, kind: Kind::Value(source) }))
    }

    #[cold]
    #[inline(never)]
    fn missing(column: usize) -> Self {
        DecodeError(Box::new(Inner { column, kind: Kind::Missing }))
    }

    #[cold]
    #[inline(never)]
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
