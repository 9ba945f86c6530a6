//! What the catalog says of a statement whose end nobody saw.

use super::session::Session;
use crate::error::Error;
use crate::script::{Alone, index_body};
use tokio_postgres::Client;
use tokio_postgres::types::Type;

/// What there is of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    Done,
    /// A half, which this finishes.
    Instead(String),
}

pub(super) async fn probe(session: &Session, alone: &Alone, sql: &str) -> Result<Found, Error> {
    let done = match alone {
        Alone::CreateIndex { index, table } => {
            return created(session, index.as_deref().unwrap_or_default(), table, sql).await;
        }
        Alone::DropIndex { index } => {
            let rows =
                session.query("select pg_catalog.to_regclass($1) is null", &[(index, Type::TEXT)]).await?;
            first(&rows)?
        }
        Alone::Detach { table, partition } => return detached(session, table, partition).await,
        Alone::Shared { exists, name, create } => {
            session.query(exists, &[(name, Type::TEXT)]).await?.is_empty() != *create
        }
        Alone::Reindex { .. } | Alone::Again => false,
    };
    Ok(if done { Found::Done } else { Found::Nothing })
}

fn first(rows: &[tokio_postgres::Row]) -> Result<bool, Error> {
    rows.first().map_or(Ok(false), |row| Ok(row.try_get(0)?))
}

/// A valid index of that name is there; the one of the statement, if its definition is the same.
async fn created(session: &Session, index: &str, table: &str, sql: &str) -> Result<Found, Error> {
    let there = "select i.indrelid = t.oid, pg_catalog.pg_get_indexdef(c.oid) from pg_catalog.pg_class t \
        join pg_catalog.pg_class c on c.relnamespace = t.relnamespace and c.relname = $2::name \
        left join pg_catalog.pg_index i on i.indexrelid = c.oid where t.oid = pg_catalog.to_regclass($1)";
    let rows = session.query(there, &[(&table, Type::TEXT), (&index, Type::TEXT)]).await?;
    let Some(row) = rows.first() else { return Ok(Found::Nothing) };
    let is_of_table: Option<bool> = row.try_get(0)?;
    let definition: String = row.try_get::<_, Option<String>>(1)?.unwrap_or_default();
    let wanted = definition_of(session, index, table, sql).await?;
    if is_of_table == Some(true) && body(&definition) == body(&wanted) {
        return Ok(Found::Done);
    }
    Err(Error::new(format!("`{index}` is there already and is something else: {definition}"))
        .advise("drop or rename one of the two"))
}

/// What PostgreSQL would print of the index, made on a copy of the table without its rows.
async fn definition_of(session: &Session, index: &str, table: &str, sql: &str) -> Result<String, Error> {
    let copy = "pg_temp.mizzle_copy";
    let Some(create) = index_body(sql, "mizzle_index", copy) else { return Ok(String::new()) };
    session.execute("begin").await?;
    let made = async {
        session.execute(&format!("create table {copy} (like {table} including generated)")).await?;
        session.execute(&create).await?;
        session.value("select pg_catalog.pg_get_indexdef('pg_temp.mizzle_index'::pg_catalog.regclass)").await
    };
    let made = made.await;
    session.execute("rollback").await?;
    let made = made
        .map_err(|error| error.advise(format!("so nobody knows whether `{index}` is what it should be")))?;
    Ok(made.unwrap_or_default())
}

/// An index without its name and table: whether it is unique, and from `USING` on.
fn body(definition: &str) -> (bool, &str) {
    let using = definition.split_once(" USING ").map_or("", |(_, using)| using);
    (definition.starts_with("CREATE UNIQUE"), using)
}

async fn detached(session: &Session, table: &str, partition: &str) -> Result<Found, Error> {
    let sql = "select inhdetachpending from pg_catalog.pg_inherits \
        where inhparent = pg_catalog.to_regclass($1) and inhrelid = pg_catalog.to_regclass($2)";
    let rows = session.query(sql, &[(&table, Type::TEXT), (&partition, Type::TEXT)]).await?;
    Ok(match rows.first().map(|row| row.try_get(0)).transpose()? {
        None => Found::Done,
        Some(false) => Found::Nothing,
        Some(true) => Found::Instead(format!("alter table {table} detach partition {partition} finalize")),
    })
}

/// Which invalid indexes a statement may have left behind, unless somebody is building them.
pub(super) async fn leftovers(session: &Session, alone: &Alone) -> Result<Vec<String>, Error> {
    let (which, one, other) = match alone {
        Alone::CreateIndex { index: Some(index), table } => (
            "c.relname = $2::name and i.indrelid = pg_catalog.to_regclass($1)",
            table.as_str(),
            index.as_str(),
        ),
        Alone::Reindex { of: "index", name } => (
            "i.indrelid = (select indrelid from pg_catalog.pg_index where indexrelid = pg_catalog.to_regclass($1)) and \
             c.relname ~ $2",
            name.as_str(),
            REINDEX,
        ),
        Alone::Reindex { of: "table", name } => {
            ("i.indrelid = pg_catalog.to_regclass($1) and c.relname ~ $2", name.as_str(), REINDEX)
        }
        Alone::Reindex { .. } => ("$1 <> '' and c.relname ~ $2", "-", REINDEX),
        _ => return Ok(Vec::new()),
    };
    let sql = format!("{INVALID} and {which}");
    let rows = session.query(&sql, &[(&one, Type::TEXT), (&other, Type::TEXT)]).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// What `reindex concurrently` calls the indexes that it does not finish.
const REINDEX: &str = "_cc(new|old)[0-9]*$";

/// Indexes that nobody can use and nobody is building. One of a partitioned table is waiting for those of its partitions.
pub(super) const INVALID: &str = "select pg_catalog.format('%I.%I', n.nspname, c.relname) from pg_catalog.pg_index i \
    join pg_catalog.pg_class c on c.oid = i.indexrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace \
    where not i.indisvalid and c.relkind = 'i' and n.nspname <> 'pg_toast' and not exists (select from pg_catalog.pg_stat_progress_create_index p \
    where p.relid = i.indrelid and p.pid <> pg_catalog.pg_backend_pid())";

/// What the server does to build an index in this process, and how much of that is done, in percent.
pub(super) async fn building(
    watcher: &Client,
    pid: i32,
) -> Result<Option<(String, Option<u8>)>, tokio_postgres::Error> {
    let sql = "select phase, (100 * done / nullif(total, 0))::int4 from (select phase, \
        case when phase like 'waiting%' then lockers_done when phase like '%tuples%' then tuples_done else blocks_done end, \
        case when phase like 'waiting%' then lockers_total when phase like '%tuples%' then tuples_total else blocks_total end \
        from pg_catalog.pg_stat_progress_create_index where pid = $1) p (phase, done, total)";
    let rows = watcher.query_typed(sql, &[(&pid, Type::INT4)]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let percent: Option<i32> = row.try_get(1)?;
    Ok(Some((row.try_get(0)?, percent.and_then(|percent| u8::try_from(percent.min(100)).ok()))))
}
