//! What generated code names; not for people, and free to change.

pub use crate::args::Args;
pub use crate::check::*;
pub use crate::describe::*;
pub use crate::from::FromTable;
pub use crate::insert::{InsertRow, UniqueKey, bind_column, check_row, row_column};
pub use crate::meta::object::SequenceOptionsMeta;
pub use crate::meta::*;
pub use crate::raw::{Template, every, fragment};
pub use crate::row::{DecodeError, Fields, Row};
pub use crate::select::{AllOf, IntoSelection, Unique};
pub use crate::sql::RowColumn;
pub use crate::table::{
    Col, Column, ColumnGroup, ColumnName, Columns, Generated, Identity, NoPrimaryKey, QueryTable, Source,
    Table, Writable, add_types,
};
pub use crate::update::{Patch, UpdateRow, bind_patch, change_column, check_changes};
pub use crate::value::{
    BaseValue, CompositeField, Element, PgComposite, PgEnum, RecordReader, RecordWriter, Value,
    accepts_composite, accepts_enum, below_domain, unknown_label,
};
pub use crate::{columns, pg_composite, pg_enum, pg_newtype};
pub use bytes::BytesMut;
pub use postgres_types::Type;
pub use std::marker::PhantomData;
pub use std::vec::Vec;
