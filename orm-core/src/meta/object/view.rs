//! Views, declared by a typed select.

use super::table_of;
use crate::meta::{IndexMeta, ObjectMeta, TableMeta, TableName};
use crate::query::Query;
use crate::select::Names;
use crate::sql::{Sql, Text};
use crate::table::{Source, Table};

/// A view; made by [`view`], [`materialized_view`] or [`view_sql`].
#[derive(Debug, Clone, Copy)]
pub struct ViewMeta {
    /// Its name.
    pub name: TableName,
    /// Whether its rows are stored.
    pub materialized: bool,
    /// The select.
    pub query: &'static str,
    /// The struct of its rows, whose columns name its own; without one they are called as in the select.
    pub rows: Option<&'static TableMeta>,
    /// What stands in `with (..)`, names and values.
    pub with: &'static [(&'static str, &'static str)],
    /// The indexes of one that is materialized.
    pub indexes: &'static [IndexMeta],
    /// What `comment on` says.
    pub comment: Option<&'static str>,
}

/// The view whose rows are a struct declared with `#[orm(query)]`, and the select that it stands for, which must return the
/// struct's fields in order and type.
///
/// A view has no parameters, so values in the select are written with `sql!`.
///
/// ```
/// use mizzle::object::view;
/// use mizzle::prelude::*;
///
/// #[derive(Table)]
/// #[orm(table = "workers")]
/// struct Worker {
///     #[orm(primary_key, identity)]
///     id: i64,
///     name: String,
///     active: bool,
/// }
///
/// #[derive(Table)]
/// #[orm(table = "active_workers", query)]
/// struct ActiveWorker {
///     id: i64,
///     name: String,
/// }
///
/// const SCHEMA: Schema = schema![
///     Worker;
///     view(ActiveWorker, || {
///         select((Worker.id, Worker.name)).from(Worker).filter(sql!("{Worker.active}"))
///     }),
/// ];
/// assert_eq!(SCHEMA.objects().len(), 2);
/// ```
pub const fn view<C, Q, I>(_: C, select: fn() -> Q) -> ViewMeta
where
    C: Names<Q::Output>,
    Q: Query<I>,
{
    let _ = select;
    ViewMeta {
        name: table_of::<C>(),
        materialized: false,
        query: text_of::<Q>(),
        rows: Some(<<C::Source as Source>::Table as Table>::META),
        with: &[],
        indexes: &[],
        comment: None,
    }
}

/// As [`view`], with its rows stored until it is refreshed.
pub const fn materialized_view<C, Q, I>(columns: C, select: fn() -> Q) -> ViewMeta
where
    C: Names<Q::Output>,
    Q: Query<I>,
{
    let mut meta = view(columns, select);
    meta.materialized = true;
    meta
}

/// The view `name` of a select in SQL, for what the builders have no word for.
///
/// ```
/// use mizzle::object::view_sql;
///
/// assert!(!view_sql("answers", "select 42 as answer").materialized);
/// ```
pub const fn view_sql(name: &'static str, query: &'static str) -> ViewMeta {
    ViewMeta {
        name: TableName { schema: None, name },
        materialized: false,
        query,
        rows: None,
        with: &[],
        indexes: &[],
        comment: None,
    }
}

/// The text, empty if it depends on what is present.
const fn text_of<Q: Sql>() -> &'static str {
    let Some(text) = <Q as Text>::TEXT else { return "" };
    match std::str::from_utf8(text) {
        Ok(text) => text,
        // The writer copies whole strings.
        Err(_) => "",
    }
}

impl ViewMeta {
    /// It is in this schema.
    pub const fn schema(mut self, schema: &'static str) -> Self {
        self.name.schema = Some(schema);
        self
    }

    /// Its rows are stored until it is refreshed.
    pub const fn materialized(mut self) -> Self {
        self.materialized = true;
        self
    }

    /// With these options, such as `("security_invoker", "true")`.
    pub const fn with(mut self, options: &'static [(&'static str, &'static str)]) -> Self {
        self.with = options;
        self
    }

    /// With these indexes, which only a materialized view has.
    ///
    /// ```
    /// use mizzle::object::{index, key, view_sql};
    /// use mizzle::prelude::*;
    ///
    /// const SCHEMA: Schema = schema![
    ///     ;
    ///     view_sql("answers", "select 42 as answer")
    ///         .materialized()
    ///         .indexes(&[index("answers_answer_idx", &[key("answer")]).unique()]),
    /// ];
    /// assert!(SCHEMA.create_sql().ends_with(
    ///     "create unique index \"answers_answer_idx\" on \"answers\" (\"answer\");\n"
    /// ));
    /// ```
    pub const fn indexes(mut self, indexes: &'static [IndexMeta]) -> Self {
        self.indexes = indexes;
        self
    }

    /// What `comment on` says.
    pub const fn comment(mut self, comment: &'static str) -> Self {
        self.comment = Some(comment);
        self
    }

    #[doc(hidden)]
    pub const fn object(self) -> ObjectMeta {
        assert!(!self.query.is_empty(), "a view has no conditions that may be absent");
        assert!(!has_parameter(self.query), "a view has no parameters: write values with `sql!`");
        assert!(
            self.materialized || self.indexes.is_empty(),
            "a view that is not materialized has no indexes"
        );
        ObjectMeta::View(self)
    }
}

/// Whether `$1` stands in it: a select of the builders has a dollar nowhere else but in names and texts of a person's own.
const fn has_parameter(sql: &str) -> bool {
    let mut rest = sql.as_bytes();
    while let [first, behind @ ..] = rest {
        if let (b'$', [b'1'..=b'9', ..]) = (*first, behind) {
            return true;
        }
        rest = behind;
    }
    false
}
