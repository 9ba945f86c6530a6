#![doc = include_str!("../README.md")]

pub use orm_core::{
    delete::{Delete, delete},
    expr,
    insert::{Excluded, Insert, excluded, insert},
    meta::object,
    meta::{self, Schema},
    query, raw,
    returning::Returning,
    row::{self, Row},
    schema,
    select::{Page, Select, select},
    sql, sql_function, table,
    table::Table,
    update::{Patch, Update, update},
    value::{self, Interval, MacAddr, Multirange, PgComposite, PgEnum, Range},
};
pub use orm_macros::{Insert, Patch, PgComposite, PgEnum, PgNewtype, Row, Table, Update, alias, sql};
pub use orm_postgres::{
    Client, Db, DbBuilder, Error, Executor, Fetch, Isolation, RowStream, Run, StatementEvent,
    TransactionBuilder, Tx,
};

pub use orm_postgres::batch;

#[cfg(feature = "serde_json")]
pub use orm_core::value::Json;

/// What a module that declares or queries tables needs: `use mizzle::prelude::*;`
///
/// ```
/// use mizzle::prelude::*;
///
/// #[derive(Table)]
/// struct Note {
///     #[orm(primary_key, identity)]
///     id: i64,
///     body: String,
/// }
///
/// let notes = select(Note).filter(Note.body.like("a%"));
/// ```
pub mod prelude {
    #[cfg(feature = "chrono")]
    pub use crate::expr::{age, current_date, now};
    pub use crate::{
        Client, Db, Executor, Interval, Isolation, MacAddr, Multirange, Patch, PgComposite, PgEnum,
        PgNewtype, Range, Row, Run, Schema, Table, Tx, alias, delete, excluded,
        expr::{ArrayOperators, Operators, RangeOperators, TextOperators},
        expr::{abs, ceil, floor, round},
        expr::{
            array_agg, array_agg_nullable, avg, bool_and, bool_or, count, count_of, max, min, string_agg, sum,
        },
        expr::{array_append, array_length, array_remove, cardinality},
        expr::{case, coalesce, greatest, least, null, nullif},
        expr::{concat, length, lower, replace, substring, trim, upper},
        expr::{count_rows, exists, not_exists, scalar},
        expr::{date_trunc, extract, unit},
        insert, schema, select, sql_function, update,
    };
    #[cfg(feature = "serde_json")]
    pub use crate::{
        Json,
        expr::{JsonOperators, jsonb_path_exists, jsonb_set},
    };
    pub use orm_macros::{Insert, Update, sql};
}

#[doc(hidden)]
pub use orm_core::private as __private;
