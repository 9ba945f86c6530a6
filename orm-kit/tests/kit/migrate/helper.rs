//! Migrations in a line, and what a database looks like behind them.

use orm_kit::migrate::{Event, Migrator, Progress};
use orm_kit::migration::{Migration, Migrations};
use orm_testing::TestDb;
use std::time::Duration;
use tokio_postgres::Client;

/// Each follows the one before: name, script, and the way back behind a line `-- down`.
pub(crate) fn migrations(list: &[(&str, &str)]) -> Migrations {
    let mut all = Vec::new();
    let mut parent = None;
    for (name, text) in list {
        let (sql, down) = match text.split_once("-- down\n") {
            Some((sql, down)) => (sql, Some(down)),
            None => (*text, None),
        };
        all.push(Migration::new(name, sql, down, parent.as_slice()));
        parent = Some(*name);
    }
    Migrations::new(all).unwrap()
}

/// A migrator that does not wait for long.
pub(crate) fn migrator(url: &str, list: &[(&str, &str)]) -> Migrator {
    Migrator::new(url)
        .migrations(migrations(list))
        .lock_timeout(Duration::from_millis(50))
        .backoff(Duration::from_millis(10))
        .pause(Duration::ZERO)
}

pub(crate) async fn connect(db: &TestDb) -> Client {
    orm_postgres::connect_driver(db.url()).await.unwrap()
}

/// What was said, a line each.
#[derive(Default)]
pub(crate) struct Log(pub(crate) Vec<String>);

impl Progress for Log {
    fn event(&mut self, event: Event<'_>) {
        self.0.push(event.to_string());
    }
}

impl Log {
    pub(crate) fn has(&self, part: &str) -> bool {
        self.0.iter().any(|line| line.contains(part))
    }
}

/// The first column of the first row.
pub(crate) async fn value(client: &Client, sql: &str) -> String {
    client.query_one(&format!("select ({sql})::text"), &[]).await.unwrap().get(0)
}

/// Everything but the journal's times: columns, indexes with their validity, constraints, and the journal.
pub(crate) async fn state(client: &Client) -> Vec<String> {
    let sql = "
        select format('column %s.%s %s %s', c.oid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull)
            from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0
            and not a.attisdropped
        union all select format('index %s %s', pg_get_indexdef(indexrelid), indisvalid) from pg_index
            where indexrelid::regclass::text !~ '^pg_|mizzle'
        union all select format('constraint %s %s', conname, convalidated) from pg_constraint
            where connamespace = 'public'::regnamespace
        union all select format('parent %s of %s', inhparent::regclass, inhrelid::regclass) from pg_inherits
        union all select format('applied %s %s', name, finished_at is not null) from mizzle.migrations
        union all select format('statement %s %s %s', migration, position, finished_at is not null)
            from mizzle.migration_statements
        order by 1";
    client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// Waits until a query is true.
pub(crate) async fn until(client: &Client, sql: &str) {
    for _ in 0..500 {
        if value(client, sql).await == "true" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never true: {sql}");
}
