//! From a database to the [`Catalog`] of what it holds.
//!
//! One query for each kind of object, all sent at once and answered from one snapshot, whatever the number of tables.
//! Expressions are as the server prints them.

mod aside;
mod body;
mod canonical;
mod constraint;
mod expression;
mod fields;
mod grant;
mod index;
mod index_key;
mod plain;
mod routine;
mod scope;
mod scratch;
mod security;
mod sequence;
mod session;
mod table;
mod types;
mod unmodelled;
mod view;

pub use canonical::canonical;
pub use scope::Scope;
pub use unmodelled::Unmodelled;

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
    /// What is there and the catalog has no words for.
    pub unmodelled: Vec<Unmodelled>,
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
/// It reads in a transaction of its own, or in that of the caller, whose settings are as before when it is done; a future
/// that is dropped leaves it open. Owners are not looked at, and what belongs to an extension is left out.
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
/// If the server is older than PostgreSQL 13, refuses a query or is gone, or if something is dropped while it is looked at.
pub async fn inspect(client: &Client, scope: &Scope) -> Result<Inspected, Error> {
    let session = Session::begin(client).await?;
    let inspected = look(client, scope, true).await;
    session.end(client).await?;
    inspected
}

/// What the catalog has words for, and nothing else.
async fn modelled(client: &Client, scope: &Scope) -> Result<Catalog, Error> {
    let session = Session::begin(client).await?;
    let inspected = look(client, scope, false).await;
    session.end(client).await?;
    Ok(inspected?.catalog)
}

async fn look(client: &Client, scope: &Scope, all: bool) -> Result<Inspected, Error> {
    let place = Place::find(client, scope).await?;
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
    let (tables, views, columns, keys, foreign_keys, checks, exclusions, indexes) = tokio::join!(
        ask(table::sql()),
        ask(view::sql()),
        ask(table::columns_sql(version)),
        ask(constraint::keys_sql(version)),
        ask(constraint::foreign_keys_sql()),
        ask(constraint::checks_sql()),
        ask(constraint::exclusions_sql()),
        ask(index::sql(version)),
    );
    let mut tables = table::read(&tables?)?;
    let mut views = view::read(&views?)?;
    table::read_columns(&columns?, &mut tables)?;
    for constraints in [keys?, foreign_keys?, checks?, exclusions?] {
        constraint::read(&constraints, &mut tables)?;
    }
    let mut invalid_indexes = index::read(&indexes?, &mut tables, &mut views)?;
    let (sequences, triggers, policies, enums, domains, composites, routines, grants) = tokio::join!(
        ask(sequence::sql()),
        ask(routine::TRIGGERS_SQL.to_owned()),
        ask(security::POLICIES_SQL.to_owned()),
        ask(types::enums_sql()),
        ask(types::domains_sql()),
        ask(types::composites_sql()),
        ask(routine::sql()),
        ask(grant::sql(version)),
    );
    let sequences = sequence::read(&sequences?, &mut tables)?;
    routine::read_triggers(&triggers?, &mut tables)?;
    security::read_policies(&policies?, &mut tables)?;
    let (enums, domains) = (types::read_enums(&enums?)?, types::read_domains(&domains?)?);
    let composites = types::read_composites(&composites?)?;
    let routines = routine::read(&routines?)?;
    let (grants, mut revoked) = grant::read(&grants?)?;
    let (unmodelled, extensions, roles) = tokio::join!(
        async { if all { ask(unmodelled::sql(version, place.everything)).await } else { Ok(Vec::new()) } },
        client.query_typed(types::EXTENSIONS_SQL, &[]),
        async { client.query_typed(security::ROLES_SQL, &[(&place.roles, Type::TEXT_ARRAY)]).await },
    );
    let mut unmodelled = unmodelled::read(&unmodelled?)?;
    let mut catalog = Catalog {
        schemas: place.schemas,
        extensions: types::read_extensions(&extensions?)?,
        roles: security::read_roles(&roles?)?,
        enums,
        domains,
        composites,
        sequences,
        routines,
        tables: tables.into_values().collect(),
        views: views.into_values().collect(),
        grants,
    };
    catalog.sort();
    invalid_indexes.sort();
    unmodelled.append(&mut revoked);
    unmodelled.sort();
    Ok(Inspected { catalog, invalid_indexes, unmodelled })
}

/// A condition: the object is no part of an extension.
fn not_of_extension(class: &str, oid: &str) -> String {
    depends_not(class, oid, "'e'")
}

/// A condition: the object is no part of an extension or of another object, as a range type's functions are.
fn independent(class: &str, oid: &str) -> String {
    depends_not(class, oid, "'e', 'i'")
}

fn depends_not(class: &str, oid: &str, how: &str) -> String {
    format!(
        "not exists (
                select from pg_depend e
                where e.classid = '{class}'::regclass and e.objid = {oid} and e.deptype in ({how}))"
    )
}
