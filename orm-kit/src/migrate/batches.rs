//! One `update` or `delete` in batches, in the order of a key, each with its place in the journal.

use super::applier::{Applier, Numbered};
use super::journal::Entered;
use super::retry::Retry;
use crate::error::Error;
use crate::script::unquote;
use orm_core::sql::quote_literal;
use std::time::{Duration, Instant};
use tokio::time::sleep;
use tokio_postgres::types::Type;

/// How many rows the first batch has.
const ROWS: u64 = 1000;

/// No batch has more.
const MOST: u64 = 100_000;

/// How long a batch should take: its rows are locked for as long.
const TIME: Duration = Duration::from_millis(200);

/// Where a statement is.
struct Progress {
    last: Option<Vec<String>>,
    /// The last key as it began: rows that come later are as they should be, and might never end.
    most: Vec<String>,
    changed: i64,
    rows: u64,
}

impl Applier<'_> {
    pub(super) async fn batches(
        &mut self,
        table: &str,
        key: &[String],
        statement: Numbered<'_>,
        started: Option<&Entered>,
    ) -> Result<(), Error> {
        self.begins(statement);
        let begun = async {
            self.check_key(table, key).await?;
            self.journal.enter(self.session, &self.entering(statement), false).await?;
            Ok((self.rows_of(table).await?, self.last_key(table, key).await?))
        };
        let (of, most) = begun.await.map_err(|error| self.locate(error, statement))?;
        let Some(most) = most else { return self.finished(statement).await };
        let same = started.filter(|entered| entered.is_of(statement));
        let mut progress = Progress {
            last: same.and_then(|entered| entered.last_key.clone()),
            most,
            changed: same.map_or(0, |entered| entered.rows),
            rows: ROWS,
        };
        let mut retry = Retry::default();
        loop {
            let begun = Instant::now();
            match self.batch(table, key, statement, &mut progress).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    if self.session.is_open() {
                        self.session.execute("rollback").await?;
                    }
                    progress.rows = (progress.rows / 2).max(1);
                    self.again(&mut retry, error, statement).await?;
                    continue;
                }
            }
            retry = Retry::default();
            progress.rows = next_size(progress.rows, begun.elapsed());
            let rows = progress.changed.unsigned_abs();
            self.batched(statement, rows, of);
            sleep(self.options.pause).await;
        }
        self.finished(statement).await
    }

    /// Changes the next rows; there were none if it says so.
    async fn batch(
        &self,
        table: &str,
        key: &[String],
        statement: Numbered<'_>,
        progress: &mut Progress,
    ) -> Result<bool, Error> {
        let columns = key.join(", ");
        let above = progress.last.as_ref().map(|last| bound(&columns, ">", last));
        let mut from = bound(&columns, "<=", &progress.most);
        if let Some(above) = &above {
            from += &format!(" and {above}");
        }
        let rows = progress.rows;
        self.session.execute("begin").await?;
        self.session.lock_timeout("local", self.options.lock_timeout).await?;
        let end = format!(
            "select * from (select {columns} from {table} where {from} order by {columns} limit {rows}) batch \
             order by {} limit 1",
            downwards(key)
        );
        let Some(end) = self.session.row(&end).await? else {
            self.session.execute("commit").await?;
            return Ok(false);
        };
        let end = texts(end);
        let above = above.map_or(String::new(), |above| format!(" and {above}"));
        let sql = format!("{}{above} and {}", statement.statement.sql, bound(&columns, "<=", &end));
        let changed = self.session.execute(&sql).await?;
        let changed = progress.changed.saturating_add(i64::try_from(changed).unwrap_or(i64::MAX));
        self.journal.advance(self.session, &self.entering(statement), &end, changed).await?;
        self.session.execute("commit").await?;
        (progress.last, progress.changed) = (Some(end), changed);
        Ok(true)
    }

    /// The last key that there is.
    async fn last_key(&self, table: &str, key: &[String]) -> Result<Option<Vec<String>>, Error> {
        let (columns, downwards) = (key.join(", "), downwards(key));
        let last = format!("select {columns} from {table} order by {downwards} limit 1");
        Ok(self.session.row(&last).await?.map(texts))
    }

    /// Rows whose key is null are in no batch.
    async fn check_key(&self, table: &str, key: &[String]) -> Result<(), Error> {
        let names: Vec<String> = key.iter().map(|column| unquote(column)).collect();
        let sql = "select attname from pg_catalog.pg_attribute where attrelid = pg_catalog.to_regclass($1) \
                   and attname = any ($2) and attnotnull";
        let rows = self.session.query(sql, &[(&table, Type::TEXT), (&names, Type::NAME_ARRAY)]).await?;
        let mut found = Vec::new();
        for row in rows {
            found.push(row.try_get::<_, String>(0)?);
        }
        match names.iter().find(|name| !found.contains(name)) {
            Some(name) => Err(Error::new(format!(
                "`{name}` is no column of `{table}` that is `not null`, so that batches by it would leave rows out; give the \
                 columns of the primary key"
            ))),
            None => Ok(()),
        }
    }

    /// How many rows the table has, as far as the server knows.
    pub(super) async fn rows_of(&self, table: &str) -> Result<Option<u64>, Error> {
        let sql = "select reltuples::int8 from pg_catalog.pg_class where oid = pg_catalog.to_regclass($1)";
        let rows = self.session.query(sql, &[(&table, Type::TEXT)]).await?;
        let rows: Option<i64> = rows.first().map(|row| row.try_get(0)).transpose()?;
        Ok(rows.and_then(|rows| u64::try_from(rows).ok()).filter(|rows| *rows > 0))
    }
}

/// `"day" desc, "id" desc`.
fn downwards(key: &[String]) -> String {
    key.iter().map(|column| format!("{column} desc")).collect::<Vec<_>>().join(", ")
}

/// The values of a row without nulls.
fn texts(row: Vec<Option<String>>) -> Vec<String> {
    row.into_iter().map(Option::unwrap_or_default).collect()
}

/// `("id") > ('7')`: the literals take on the types of the columns.
fn bound(columns: &str, operator: &str, key: &[String]) -> String {
    let values: Vec<_> = key.iter().map(|value| quote_literal(value)).collect();
    format!("({columns}) {operator} ({})", values.join(", "))
}

/// As many rows as would have taken the right time, but not a jump.
pub(super) fn next_size(rows: u64, took: Duration) -> u64 {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1);
    let wanted = rows.saturating_mul(u64::try_from(TIME.as_micros()).unwrap_or(u64::MAX)) / micros;
    wanted.clamp((rows / 2).max(1), rows.saturating_mul(2)).min(MOST)
}

#[cfg(test)]
mod tests {
    use super::{MOST, next_size};
    use std::time::Duration;

    #[test]
    fn a_batch_takes_a_fifth_of_a_second() {
        for (rows, millis, next) in [
            (1000, 200, 1000),
            (1000, 160, 1250),
            (1000, 1, 2000),
            (1000, 300, 666),
            (1000, 90_000, 500),
            (1, 90_000, 1),
            (MOST, 1, MOST),
        ] {
            assert_eq!(next_size(rows, Duration::from_millis(millis)), next);
        }
    }
}
