//! What is done by hand on a connection, whether it is held or out of a pool.

use super::tokio_postgres::{account, user};
use crate::Result;
use crate::tables::{Account, Filter, NewScore, Reading, TOGETHER, User};
use futures_util::TryStreamExt;
use futures_util::future::try_join_all;
use std::pin::pin;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement, Transaction};

pub const UPDATE: &str = "update scores set score = score + $1 where id = $2";
pub const UPSERT: &str = "insert into scores (id, name, score) \
    select * from unnest($1::bigint[], $2::text[], $3::int[]) \
    on conflict (id) do update set name = excluded.name, score = excluded.score";
pub const UPDATE_MANY: &str = "update scores set name = r.name, score = r.score \
    from unnest($1::bigint[], $2::text[], $3::int[]) as r (id, name, score) where scores.id = r.id";
pub const READINGS: &str = "select id, sensor, value from readings";

/// The text of a filter, and its parameters.
pub fn filter_text<'f>(filter: &'f Filter<'f>) -> (String, Vec<&'f (dyn ToSql + Sync)>) {
    let mut text =
        String::from("select id, owner, iban, score, active, balance, notes, created_at from accounts");
    let mut parameters: Vec<&(dyn ToSql + Sync)> = Vec::new();
    let mut condition = |start: &str, value| {
        parameters.push(value);
        let word = if parameters.len() == 1 { "where" } else { "and" };
        text.push_str(&format!(" {word} {start} ${}", parameters.len()));
    };
    if let Some(owner) = &filter.owner {
        condition("owner =", owner);
    }
    if let Some(score) = &filter.min_score {
        condition("score >=", score);
    }
    if let Some(active) = &filter.active {
        condition("active =", active);
    }
    text.push_str(" order by id limit 10");
    (text, parameters)
}

pub async fn accounts(
    client: &Client,
    statement: &Statement,
    parameters: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Account>> {
    Ok(client.query(statement, parameters).await?.iter().map(account).collect())
}

pub async fn updates(tx: Transaction<'_>, update: &Statement, ids: &[i64; TOGETHER]) -> Result<u64> {
    let mut updated = 0;
    for id in ids {
        updated += tx.execute(update, &[&1_i32, id]).await?;
    }
    tx.commit().await?;
    Ok(updated)
}

pub async fn find_batch(
    client: &Client,
    find: &Statement,
    ids: &[i64; TOGETHER],
) -> Result<Vec<Option<User>>> {
    let finds = ids.iter().map(async |id| client.query_opt(find, &[id]).await);
    Ok(try_join_all(finds).await?.iter().map(|row| row.as_ref().map(user)).collect())
}

/// For [`UPSERT`] and [`UPDATE_MANY`].
pub async fn write_scores(client: &Client, statement: &Statement, rows: &[NewScore]) -> Result<u64> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let scores: Vec<i32> = rows.iter().map(|row| row.score).collect();
    Ok(client.execute(statement, &[&ids, &names, &scores]).await?)
}

pub async fn stream(client: &Client, readings: &Statement, mut each: impl FnMut(Reading)) -> Result<()> {
    let parameters: [&(dyn ToSql + Sync); 0] = [];
    let mut rows = pin!(client.query_raw(readings, parameters).await?);
    while let Some(row) = rows.try_next().await? {
        each(Reading { id: row.get(0), sensor: row.get(1), value: row.get(2) });
    }
    Ok(())
}
