//! From a database to the [`Catalog`] of what it holds.
//!
//! One query for each kind of object, all sent at once and answered from one snapshot, whatever the number of tables.
//! Expressions are as the server prints them.

mod constraint;
mod expression;
mod fields;
mod index;
mod index_key;
mod scope;
mod sequence;
mod session;
mod table;
mod types;
mod view;

pub use scope::Scope;

use crate::Error;
use crate::catalog::{Catalog, Name};
use scope::Place;
use session::Session;
use tokio_postgres::Client;
use tokio_postgres::types::Type;

/// What an inspection found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inspected {
    /// What the kit knows of.
    pub catalog: Catalog,
    /// Indexes that a broken `create index concurrently` left, or one that is still under way; the catalog is without them.
    pub invalid_indexes: Vec<InvalidIndex>,
}

/// An index that is there and is not used by queries.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InvalidIndex {
    /// Its table.
    pub table: Name,
    /// Its name, in the schema of the table.
    pub name: String,
}

/// What the database of `client` holds, as far as `scope` goes.
///
/// It reads in a transaction of its own, or in that of the caller, whose settings are as before when it is done.
/// Owners are not looked at, and what belongs to an extension is left out.
///
/// ```
/// use orm_kit::catalog::Name;
/// use orm_kit::inspect::{Scope, inspect};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let database = orm_testing::TestDb::with_schema("create table notes (id bigint, body text not null)").await?;
/// let client = orm_postgres::connect_driver(database.url()).await?;
/// let found = inspect(&client, &Scope::default()).await?;
/// let notes = found.catalog.table(&Name::new("public", "notes")).unwrap();
/// assert_eq!(notes.columns[1].ty, "text");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If the server is older than PostgreSQL 13, refuses a query or is gone.
pub async fn inspect(client: &Client, scope: &Scope) -> Result<Inspected, Error> {
    let session = Session::begin(client).await?;
    let inspected = look(client, scope).await;
    session.end(client).await?;
    inspected
}

async fn look(client: &Client, scope: &Scope) -> Result<Inspected, Error> {
    let place = Place::find(client, scope).await?;
    if place.namespaces.is_empty() {
        return Ok(Inspected::default());
    }
    let version = place.version;
    if version < 130_000 {
        return Err(Error::new(format!(
            "the server is PostgreSQL {}; 13 or newer is needed",
            version / 10_000
        )));
    }
    let ask = |sql: String| {
        let namespaces = &place.namespaces;
        async move { client.query_typed(&sql, &[(namespaces, Type::OID_ARRAY)]).await }
    };
    // All are sent at once. Behind one that fails all others fail, so they are looked at in this order.
    let (tables, views, columns, keys, foreign_keys, checks, exclusions, indexes, sequences) = tokio::join!(
        ask(table::sql()),
        ask(view::sql()),
        ask(table::columns_sql(version)),
        ask(constraint::keys_sql(version)),
        ask(constraint::foreign_keys_sql()),
        ask(constraint::checks_sql()),
        ask(constraint::exclusions_sql()),
        ask(index::sql(version)),
        ask(sequence::sql()),
    );
    let mut tables = table::read(&tables?)?;
    let mut views = view::read(&views?)?;
    table::read_columns(&columns?, &mut tables)?;
    for constraints in [keys?, foreign_keys?, checks?, exclusions?] {
        constraint::read(&constraints, &mut tables)?;
    }
    let mut invalid_indexes = index::read(&indexes?, &mut tables, &mut views)?;
    invalid_indexes.sort();
    let sequences = sequence::read(&sequences?, &mut tables)?;
    let (enums, domains, composites, extensions) = tokio::join!(
        ask(types::enums_sql()),
        ask(types::domains_sql()),
        ask(types::composites_sql()),
        client.query_typed(types::EXTENSIONS_SQL, &[]),
    );
    let mut catalog = Catalog {
        schemas: place.schemas,
        enums: types::read_enums(&enums?)?,
        domains: types::read_domains(&domains?)?,
        composites: types::read_composites(&composites?)?,
        extensions: types::read_extensions(&extensions?)?,
        sequences,
        tables: tables.into_values().collect(),
        views: views.into_values().collect(),
        ..Catalog::default()
    };
    catalog.sort();
    Ok(Inspected { catalog, invalid_indexes })
}

/// A condition: the object is not a part of an extension.
fn not_of_extension(class: &str, oid: &str) -> String {
    format!(
        "not exists (
                select from pg_depend e
                where e.classid = '{class}'::regclass and e.objid = {oid} and e.deptype = 'e')"
    )
}
