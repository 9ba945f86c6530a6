//! Sequences that no column owns.

use crate::check::column_name;
use crate::meta::{ObjectMeta, TableName};
use crate::table::{Col, Column, Table};

/// A sequence; made by [`sequence`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SequenceMeta {
    /// Its schema.
    pub schema: Option<&'static str>,
    /// Its name.
    pub name: &'static str,
    /// `smallint`, `integer` or `bigint`.
    pub ty: &'static str,
    /// How it counts.
    pub options: SequenceOptionsMeta,
    /// The table and column that it is dropped with.
    pub owned_by: Option<(TableName, &'static str)>,
    /// What `comment on` says.
    pub comment: Option<&'static str>,
}

/// How a sequence counts; what is `None` is PostgreSQL's default (CREATE SEQUENCE).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SequenceOptionsMeta {
    /// The step.
    pub increment: Option<i64>,
    /// The least value.
    pub min: Option<i64>,
    /// The greatest value.
    pub max: Option<i64>,
    /// The first value.
    pub start: Option<i64>,
    /// How many values a session takes at once.
    pub cache: Option<i64>,
    /// Whether it starts again behind its end.
    pub cycle: bool,
}

impl SequenceOptionsMeta {
    /// Nothing said.
    pub const DEFAULT: Self =
        SequenceOptionsMeta { increment: None, min: None, max: None, start: None, cache: None, cycle: false };
}

/// The sequence `name` of `bigint`, counting from 1.
///
/// ```
/// use mizzle::object::sequence;
///
/// let invoices = sequence("invoice_numbers").start(1000).cache(10);
/// assert_eq!(invoices.options.start, Some(1000));
/// ```
pub const fn sequence(name: &'static str) -> SequenceMeta {
    SequenceMeta {
        schema: None,
        name,
        ty: "bigint",
        options: SequenceOptionsMeta::DEFAULT,
        owned_by: None,
        comment: None,
    }
}

impl SequenceMeta {
    /// It is in this schema.
    pub const fn schema(mut self, schema: &'static str) -> Self {
        self.schema = Some(schema);
        self
    }

    /// It is of this type: `smallint`, `integer` or `bigint`.
    pub const fn of_type(mut self, ty: &'static str) -> Self {
        self.ty = ty;
        self
    }

    /// The step.
    pub const fn increment(mut self, by: i64) -> Self {
        self.options.increment = Some(by);
        self
    }

    /// The least value.
    pub const fn min(mut self, value: i64) -> Self {
        self.options.min = Some(value);
        self
    }

    /// The greatest value.
    pub const fn max(mut self, value: i64) -> Self {
        self.options.max = Some(value);
        self
    }

    /// The first value.
    pub const fn start(mut self, value: i64) -> Self {
        self.options.start = Some(value);
        self
    }

    /// How many values a session takes at once.
    pub const fn cache(mut self, values: i64) -> Self {
        self.options.cache = Some(values);
        self
    }

    /// It starts again behind its end.
    pub const fn cycle(mut self) -> Self {
        self.options.cycle = true;
        self
    }

    /// It is dropped with this column.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "notes")]
    /// # struct Note { #[orm(primary_key, default = sql("nextval('note_numbers')"))] id: i64 }
    /// use mizzle::object::sequence;
    ///
    /// const SCHEMA: Schema = schema![Note; sequence("note_numbers").owned_by(Note.id)];
    /// assert!(SCHEMA.create_sql().ends_with("alter sequence \"note_numbers\" owned by \"notes\".\"id\";\n"));
    /// ```
    pub const fn owned_by<C: Column, S>(mut self, column: Col<C, S>) -> Self {
        self.owned_by = Some((<C::Table as Table>::NAME, column_name(&column)));
        self
    }

    /// What `comment on` says.
    pub const fn comment(mut self, comment: &'static str) -> Self {
        self.comment = Some(comment);
        self
    }

    #[doc(hidden)]
    pub const fn object(self) -> ObjectMeta {
        ObjectMeta::Sequence(self)
    }
}
