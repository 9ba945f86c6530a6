//! The driver's rows as the core reads them.

use crate::error::{Error, Kind};
use crate::fetch::{Refusal, Sink};
use orm_core::row::{Fields, Raw, RawRow, Shape};
use tokio_postgres::types::{FromSql, Kind as TypeKind, Type};
use tokio_postgres::{Column, Row};

/// A row of the driver's, field by field.
struct DriverRow<'r> {
    row: &'r Row,
    columns: &'r [Column],
}

/// A field, whatever its type.
struct Any<'r>(Raw<'r>);

impl<'r> FromSql<'r> for Any<'r> {
    fn from_sql(_: &Type, raw: &'r [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Any(Some(raw)))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Any(None))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

impl RawRow for DriverRow<'_> {
    fn ty(&self, index: usize) -> Option<&Type> {
        self.columns.get(index).map(Column::type_)
    }

    fn read<'r>(&'r self, first: usize, window: &mut [Raw<'r>]) -> usize {
        let mut count = 0;
        for (index, field) in (first..self.columns.len()).zip(window) {
            let Ok(Any(raw)) = self.row.try_get(index) else { break };
            *field = raw;
            count += 1;
        }
        count
    }
}

/// Reads a row.
#[inline]
pub(crate) fn read_row(row: &Row, rows: &mut dyn Sink) -> Result<(), Error> {
    let row = DriverRow { row, columns: row.columns() };
    let mut fields = Fields::new(&row);
    fields.begin(&row);
    rows.push(&mut fields).map_err(|refusal| refused(refusal, row.columns))
}

#[cold]
fn refused(refusal: Refusal, columns: &[Column]) -> Error {
    match refusal {
        Refusal::Unreadable(error) => {
            let column = columns.get(error.column()).map(|column| column.name().to_owned());
            Error::new(Kind::Decode { error, column: column.unwrap_or_default() })
        }
        Refusal::TooMany(expected) => Error::new(Kind::TooManyRows(expected)),
    }
}

/// Checks the columns that a prepared statement returns against the types they are read as.
pub(crate) fn check_columns(shape: &Shape, columns: &[Column]) -> Result<(), Error> {
    let types = shape.types();
    if types.len() != columns.len() {
        return Err(Error::new(Kind::ColumnCount { expected: types.len(), found: columns.len() }));
    }
    for (index, (ty, column)) in types.into_iter().zip(columns).enumerate() {
        if !(ty.accepts)(column.type_()) {
            return Err(Error::new(Kind::ColumnType {
                index,
                name: column.name().to_owned(),
                expected: ty.name,
                found: described(column.type_()),
            }));
        }
    }
    Ok(())
}

/// A type's name; a composite type's fields too, because those are what differs.
fn described(ty: &Type) -> String {
    let TypeKind::Composite(fields) = ty.kind() else { return ty.name().to_owned() };
    let fields = fields.iter().map(|field| format!("{} {}", field.name(), field.type_().name()));
    format!("{} ({})", ty.name(), fields.collect::<Vec<_>>().join(", "))
}
