//! A declared catalog as PostgreSQL prints it.

use super::scratch::{self, Scratch};
use super::{Scope, aside, modelled, plain};
use crate::Error;
use crate::catalog::{Catalog, Extension, Role};
use crate::ddl;
use orm_core::sql::quote_ident;
use std::collections::BTreeSet;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Transaction};

/// A declared catalog with every expression as the server of `client` prints it, which is how [`inspect`](fn@super::inspect) finds it: the
/// two can be compared.
///
/// What may be printed otherwise than it is written is made in schemas of other names, in a transaction that is rolled back,
/// and inspected there; the plain rest is believed. A name without a schema is one of the catalog's own if there is such a one. Nothing that is there is changed or locked, but for
/// reading what views select from; no row is read. `client` must not be in a transaction.
///
/// ```
/// use orm_kit::catalog::{Catalog, Check, Column, Name, Table};
/// use orm_kit::inspect::canonical;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let database = orm_testing::TestDb::new().await?;
/// let mut client = orm_postgres::connect_driver(database.url()).await?;
/// let mut loans = Table::new(Name::new("public", "loans"));
/// loans.columns.push(Column::new("rate", "numeric"));
/// loans.checks.push(Check {
///     name: "loans_rate_check".to_owned(),
///     expression: "rate > 0".to_owned(),
///     no_inherit: false,
///     validated: true,
///     comment: None,
/// });
/// let declared = Catalog { tables: vec![loans], ..Catalog::default() };
/// let printed = canonical(&mut client, &declared).await?;
/// assert_eq!(printed.tables[0].checks[0].expression, "rate > (0)::numeric");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If the server does not take what is declared: the error names the statement.
pub async fn canonical(client: &mut Client, declared: &Catalog) -> Result<Catalog, Error> {
    let transaction = client.transaction().await?;
    let printed = print(&transaction, declared).await;
    transaction.rollback().await?;
    printed
}

/// Bodies of functions may name what comes later, and are not what is looked at.
const SETTINGS: &str = "
    set local check_function_bodies = off;
    set local lock_timeout = '5s';
    set local client_min_messages = warning";

async fn print(transaction: &Transaction<'_>, declared: &Catalog) -> Result<Catalog, Error> {
    transaction.batch_execute(SETTINGS).await?;
    let made = scratch::made(declared);
    let mut scratch = make_schemas(transaction, declared).await?;
    make_what_is_of_no_schema(transaction, declared).await?;

    let mut catalog = declared.clone();
    plain::take_out(&mut catalog);
    aside::set_aside(&mut catalog, &made);
    scratch.enter(&mut catalog);
    if let Err((statement, error)) = run(transaction, &ddl::create_all(&catalog)).await {
        return Err(error.of_statement(&scratch.leave_text(&statement)));
    }
    let scope = Scope::default().schemas(scratch.names());
    let mut printed = modelled(transaction.client(), &scope).await?;
    scratch.leave(&mut printed);
    aside::put_back(&mut printed, declared, &made);
    plain::put_in(&mut printed, declared);
    Ok(printed)
}

/// Makes the scratch schemas, and lets names without a schema be looked for in them first.
async fn make_schemas(transaction: &Transaction<'_>, declared: &Catalog) -> Result<Scratch, Error> {
    let schemas: Vec<String> = scratch::schemas(declared).into_iter().collect();
    let row = transaction
        .query_typed_one(
            "select pg_backend_pid(), current_setting('search_path'),
                array(
                    select quote_ident(s.schema) <> s.schema
                    from unnest($1) with ordinality s (schema, place) order by s.place)",
            &[(&schemas, Type::TEXT_ARRAY)],
        )
        .await?;
    let (session, there, quoted): (i32, String, Vec<bool>) =
        (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    let scratch = Scratch::new(schemas.into_iter().zip(quoted), session, scratch::made(declared));
    let mut path: Vec<String> = scratch.names().map(|name| quote_ident(name)).collect();
    let create: String = path.iter().map(|name| format!("create schema {name};\n")).collect();
    path.extend(Some(there).filter(|path| !path.is_empty()));
    transaction.batch_execute(&format!("{create}set local search_path = {}", path.join(", "))).await?;
    Ok(scratch)
}

/// Makes the roles and extensions that are not there yet: what is declared may need them.
async fn make_what_is_of_no_schema(transaction: &Transaction<'_>, declared: &Catalog) -> Result<(), Error> {
    let row = transaction
        .query_typed_one(
            "select array(select rolname::text from pg_roles), array(select extname::text from pg_extension),
                array(select nspname::text from pg_namespace)",
            &[],
        )
        .await?;
    let (roles, extensions): (BTreeSet<&str>, BTreeSet<&str>) = (set(&row, 0)?, set(&row, 1)?);
    let mut schemas = set(&row, 2)?;
    let mut statements = Vec::new();
    for role in declared.roles.iter().filter(|role| !roles.contains(role.name.as_str())) {
        statements.extend(ddl::role::create(&Role { member_of: Vec::new(), ..role.clone() }));
    }
    for extension in declared.extensions.iter().filter(|it| !extensions.contains(it.name.as_str())) {
        let Extension { name: _, schema, version: _ } = extension;
        if let Some(schema) = schema.as_deref().filter(|schema| schemas.insert(schema)) {
            statements.push(format!("create schema {}", quote_ident(schema)));
        }
        statements.extend(ddl::extension::create(extension));
    }
    run(transaction, &statements).await.map_err(|(statement, error)| error.of_statement(&statement))
}

fn set(row: &tokio_postgres::Row, at: usize) -> Result<BTreeSet<&str>, Error> {
    Ok(row.try_get::<_, Vec<&str>>(at)?.into_iter().collect())
}

/// Runs the statements, all in one message; only if one fails each by itself, to say which.
async fn run(transaction: &Transaction<'_>, statements: &[String]) -> Result<(), (String, Error)> {
    let blame = |statement: &str| {
        let statement = statement.to_owned();
        move |error: tokio_postgres::Error| (statement, Error::driver(error))
    };
    transaction.batch_execute("savepoint mizzle_statements").await.map_err(blame(""))?;
    // A comment at the end of a statement ends with its line.
    if transaction.batch_execute(&statements.join("\n;\n")).await.is_ok() {
        return Ok(());
    }
    transaction.batch_execute("rollback to savepoint mizzle_statements").await.map_err(blame(""))?;
    for statement in statements {
        transaction.batch_execute(statement).await.map_err(blame(statement))?;
    }
    Ok(())
}
