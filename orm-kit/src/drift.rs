//! How far a database is from what it should hold.

use crate::catalog::{Catalog, Constraint, Grant, Object, Role};
use crate::change::Change;
use crate::diff::{Rename, diff};
use crate::error::Error;
use crate::inspect::{InvalidIndex, Scope, canonical, inspect};
use crate::pull::sayable;
use crate::tool;
use std::collections::BTreeSet;
use tokio_postgres::Client;

/// What a database holds, what it should, and what would mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// What it holds.
    pub live: Catalog,
    /// What it should, as the server itself prints it.
    pub declared: Catalog,
    /// What would have to happen, in an order in which it can.
    pub changes: Vec<Change>,
    /// Indexes that are there and not used.
    pub invalid_indexes: Vec<InvalidIndex>,
}

impl Drift {
    /// Whether the database is as it should be.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.invalid_indexes.is_empty()
    }
}

/// Compares a database with what is declared: by what PostgreSQL prints of both, for which the declared objects are made beside
/// the real ones in a transaction that is rolled back.
///
/// ```
/// use mizzle::prelude::*;
/// use orm_kit::{compiled::{Compiled, compiled}, drift::drift};
///
/// #[derive(Table)]
/// #[orm(table = "notes")]
/// struct Note {
///     #[orm(primary_key, identity)]
///     id: i64,
///     #[orm(default = "", check = "length(body) < 1000")]
///     body: String,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// const SCHEMA: Schema = schema![Note];
/// let database = orm_testing::TestDb::with_schema(&SCHEMA.create_sql()).await?;
/// let mut client = orm_postgres::connect_driver(database.url()).await?;
///
/// let Compiled { catalog, renames } = compiled(&SCHEMA);
/// let found = drift(&mut client, &catalog, &[], &renames).await?;
/// assert!(found.is_empty());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// If the server refuses the declared objects, or a query.
pub async fn drift(
    client: &mut Client,
    declared: &Catalog,
    schemas: &[String],
    renames: &[Rename],
) -> Result<Drift, Error> {
    let scope = scope(declared, schemas);
    let found = inspect(client, &scope).await?;
    let mut wanted = canonical(client, declared).await?;
    let mut live = found.catalog;
    leave_out_undeclared(&mut live, declared);
    tool::leave_out(&mut live, declared);
    settle_extensions(&mut wanted, &live);
    settle_inheritance(&mut wanted, &live);
    let mut changes = diff(&live, &wanted, renames);
    leave_alone(&mut changes, &live);
    Ok(Drift { live, declared: wanted, changes, invalid_indexes: found.invalid_indexes })
}

/// The schemas that are managed: those that are asked for, else those that something is declared in.
fn scope(declared: &Catalog, schemas: &[String]) -> Scope {
    let mut managed: BTreeSet<String> = schemas.iter().cloned().collect();
    if managed.is_empty() {
        managed.insert("public".to_owned());
        managed.extend(declared.schemas.iter().map(|schema| schema.name.clone()));
        managed.extend(declared.tables.iter().map(|table| table.name.schema.clone()));
    }
    Scope::default().schemas(managed).roles(declared.roles.iter().map(|role| role.name.clone()))
}

/// What is in no schema is managed as far as it is declared: other programs may have extensions, roles and privileges of theirs.
fn leave_out_undeclared(live: &mut Catalog, declared: &Catalog) {
    live.extensions.retain(|extension| declared.extensions.iter().any(|other| other.name == extension.name));
    live.roles.retain(|Role { name, .. }| declared.roles.iter().any(|role| role.name == *name));
    if declared.grants.is_empty() {
        live.grants.clear();
    }
    let to: BTreeSet<&str> = declared.grants.iter().map(|grant| grant.to.as_str()).collect();
    live.grants.retain(|Grant { to: grantee, .. }| to.contains(grantee.as_str()));
}

/// What structs cannot say is no mistake: a change that only makes the database one that they can say is none. But for a
/// constraint that nobody has validated, which may be what a run has left behind.
fn leave_alone(changes: &mut Vec<Change>, live: &Catalog) {
    let (said, _) = sayable(live);
    let unsaid = diff(live, &said, &[]);
    changes.retain(|change| !unsaid.contains(change) || validates(change));
}

fn validates(change: &Change) -> bool {
    match change {
        Change::Alter { from: Object::Constraint(_, from), to: Object::Constraint(_, to) } => {
            match (from, to) {
                (Constraint::Check(from), Constraint::Check(to)) => from.validated != to.validated,
                (Constraint::ForeignKey(from), Constraint::ForeignKey(to)) => from.validated != to.validated,
                _ => false,
            }
        }
        _ => false,
    }
}

/// Structs say nothing of it.
fn settle_inheritance(wanted: &mut Catalog, live: &Catalog) {
    for table in &mut wanted.tables {
        if let Some(there) = live.table(&table.name).filter(|_| table.inherits.is_empty()) {
            table.inherits.clone_from(&there.inherits);
        }
    }
}

/// An extension without a schema or version is content with any.
fn settle_extensions(wanted: &mut Catalog, live: &Catalog) {
    for extension in &mut wanted.extensions {
        if let Some(there) = live.extensions.iter().find(|other| other.name == extension.name) {
            extension.schema = extension.schema.take().or_else(|| there.schema.clone());
            extension.version = extension.version.take().or_else(|| there.version.clone());
        }
    }
}
