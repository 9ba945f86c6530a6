#![doc = include_str!("../README.md")]

pub use orm_core::{
    delete::{Delete, delete},
    expr,
    insert::{Insert, insert},
    meta::{self, Schema},
    query,
    returning::Returning,
    row::{self, Row},
    schema,
    select::{Select, select},
    sql, table,
    table::Table,
    update::{Update, update},
    value::{self, PgEnum},
};
pub use orm_macros::{Insert, PgEnum, PgNewtype, Row, Table, alias};
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
    #[cfg(feature = "serde_json")]
    pub use crate::Json;
    pub use crate::{
        Client, Db, Executor, Isolation, PgEnum, PgNewtype, Row, Run, Schema, Table, Tx, alias, delete,
        expr::{
            Operators, TextOperators, array_agg, array_agg_nullable, avg, bool_and, bool_or, count, count_of,
            exists, max, min, not_exists, scalar, string_agg, sum,
        },
        insert, schema, select, update,
    };
    pub use orm_macros::Insert;
}

#[doc(hidden)]
pub use orm_core::private as __private;
