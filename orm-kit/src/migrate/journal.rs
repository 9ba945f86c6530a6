//! What a database remembers of its migrations.

use super::session::{Parameter, Session};
use crate::error::Error;
use orm_core::sql::{quote_ident, quote_literal};
use std::collections::BTreeMap;
use std::time::SystemTime;
use tokio_postgres::types::Type;

/// What brings the journal from one version of its format to the next; `{}` is its schema. Never changed, only added to.
const FORMATS: &[&str] = &["
    create table {}.migrations (
        name text primary key,
        checksum text not null,
        origin text not null default 'migrate',
        started_at timestamptz not null default pg_catalog.clock_timestamp(),
        finished_at timestamptz,
        reverting_at timestamptz,
        error text
    );
    create table {}.migration_statements (
        migration text not null references {}.migrations on delete cascade,
        direction text not null,
        position int4 not null,
        checksum text not null,
        statement text not null,
        started_at timestamptz not null default pg_catalog.clock_timestamp(),
        finished_at timestamptz,
        last_key text[],
        changed_rows int8 not null default 0,
        primary key (migration, direction, position)
    )
"];

/// As much of a statement as the journal keeps: all that is looked for in the catalog fits.
const STATEMENT: usize = 2000;

/// Which way a migration runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

impl Direction {
    pub(super) fn word(self) -> &'static str {
        match self {
            Direction::Up => "up",
            Direction::Down => "down",
        }
    }
}

/// The journal of a database, and how it is asked.
pub(super) struct Journal {
    /// Its schema, as it is called.
    pub(super) schema: String,
    /// What it said when it was read.
    pub(super) entries: BTreeMap<String, Entry>,
}

/// A migration in the journal.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) checksum: String,
    pub(super) started_at: SystemTime,
    pub(super) finished_at: Option<SystemTime>,
    pub(super) reverting: bool,
    pub(super) error: Option<String>,
    /// Its statements on the way there, or back if that has begun.
    pub(super) statements: Vec<Entered>,
}

/// A statement in the journal.
#[derive(Debug, Clone)]
pub(super) struct Entered {
    pub(super) position: usize,
    pub(super) checksum: String,
    pub(super) sql: String,
    pub(super) finished: bool,
    pub(super) last_key: Option<Vec<String>>,
    pub(super) rows: i64,
}

impl Journal {
    /// Reads the journal; an empty one if there is none.
    pub(super) async fn read(session: &Session, schema: &str) -> Result<Self, Error> {
        let mut journal = Journal { schema: schema.to_owned(), entries: BTreeMap::new() };
        if journal.format(session).await? > 0 {
            journal.fill(session).await?;
        }
        Ok(journal)
    }

    /// Reads the journal, made or brought up to date before.
    pub(super) async fn make(session: &Session, schema: &str) -> Result<Self, Error> {
        let mut journal = Journal { schema: schema.to_owned(), entries: BTreeMap::new() };
        let format = journal.format(session).await?;
        if format < FORMATS.len() {
            journal.upgrade(session, format).await.map_err(|error| journal.explain(error))?;
        }
        journal.fill(session).await?;
        Ok(journal)
    }

    /// The quoted name of one of its tables.
    pub(super) fn table(&self, name: &str) -> String {
        format!("{}.{}", quote_ident(&self.schema), quote_ident(name))
    }

    /// The version of its format; zero if there is no journal.
    async fn format(&self, session: &Session) -> Result<usize, Error> {
        let table = quote_literal(&self.table("journal"));
        let there = session.value(&format!("select pg_catalog.to_regclass({table})::text")).await;
        if there.map_err(|error| self.explain(error))?.is_none() {
            return Ok(0);
        }
        let format = session.value(&format!("select format from {}", self.table("journal"))).await;
        let format = format.map_err(|error| self.explain(error))?;
        let format = format.and_then(|format| format.parse().ok()).unwrap_or(0);
        if format > FORMATS.len() {
            return Err(Error::new(format!(
                "a newer mizzle has made the journal of this database, in version {format} of its format, and this one \
                 knows up to {}; update it",
                FORMATS.len()
            )));
        }
        Ok(format)
    }

    /// A server refuses `if not exists` where the schema is there and no other may be made.
    async fn upgrade(&self, session: &Session, from: usize) -> Result<(), Error> {
        let schema = quote_ident(&self.schema);
        let mut sql = "begin;".to_owned();
        let there =
            format!("select 1 from pg_catalog.pg_namespace where nspname = {}", quote_literal(&self.schema));
        if session.value(&there).await?.is_none() {
            sql += &format!("create schema {schema};");
        }
        if from == 0 {
            let journal = self.table("journal");
            sql +=
                &format!("create table {journal} (format int4 not null); insert into {journal} values (0);");
        }
        for format in FORMATS.iter().skip(from) {
            sql += &format.replace("{}", &schema);
            sql += ";";
        }
        sql += &format!("update {} set format = {}; commit", self.table("journal"), FORMATS.len());
        let made = session.execute(&sql).await;
        if made.is_err() {
            // The error that is reported is the one that led here.
            let _ = session.execute("rollback").await;
        }
        made.map(drop)
    }

    fn explain(&self, error: Error) -> Error {
        match error.sqlstate() {
            Some("42501") => {
                let schema = quote_ident(&self.schema);
                error.advise(format!(
                    "the journal is in the schema {schema}: let its owner run the migrations, or let whoever administers \
                     the database `grant create on database` or make that schema for this user"
                ))
            }
            _ => error,
        }
    }

    async fn fill(&mut self, session: &Session) -> Result<(), Error> {
        let (migrations, statements) = (self.table("migrations"), self.table("migration_statements"));
        let sql = format!(
            "select name, checksum, started_at, finished_at, reverting_at is not null, error from {migrations}"
        );
        let rows = session.query(&sql, &[]).await.map_err(|error| self.explain(error))?;
        for row in rows {
            let entry = Entry {
                checksum: row.try_get(1)?,
                started_at: row.try_get(2)?,
                finished_at: row.try_get(3)?,
                reverting: row.try_get(4)?,
                error: row.try_get(5)?,
                statements: Vec::new(),
            };
            self.entries.insert(row.try_get(0)?, entry);
        }
        let sql = format!(
            "select s.migration, s.position, s.checksum, s.statement, s.finished_at is not null, s.last_key, \
             s.changed_rows from {statements} s join {migrations} m on m.name = s.migration where s.direction = \
             case when m.reverting_at is null then 'up' else 'down' end order by s.migration, s.position"
        );
        for row in session.query(&sql, &[]).await? {
            let entered = Entered {
                position: usize::try_from(row.try_get::<_, i32>(1)?).unwrap_or_default(),
                checksum: row.try_get(2)?,
                sql: row.try_get(3)?,
                finished: row.try_get(4)?,
                last_key: row.try_get(5)?,
                rows: row.try_get(6)?,
            };
            if let Some(entry) = self.entries.get_mut(row.try_get::<_, &str>(0)?) {
                entry.statements.push(entered);
            }
        }
        Ok(())
    }

    /// A migration of so many statements begins, or goes on.
    pub(super) async fn begin(
        &self,
        session: &Session,
        name: &str,
        checksum: &str,
        direction: Direction,
        statements: usize,
    ) -> Result<(), Error> {
        let migrations = self.table("migrations");
        let sql = match direction {
            Direction::Up => format!(
                "insert into {migrations} as m (name, checksum) values ($1, $2) \
                 on conflict (name) do update set checksum = excluded.checksum, error = null"
            ),
            Direction::Down => format!(
                "update {migrations} set reverting_at = coalesce(reverting_at, pg_catalog.clock_timestamp()), \
                 error = null where name = $1 and $2 <> ''"
            ),
        };
        session.query(&sql, &[(&name, Type::TEXT), (&checksum, Type::TEXT)]).await?;
        let sql = format!(
            "delete from {} where migration = $1 and direction = $2 and position >= $3 and finished_at is null",
            self.table("migration_statements")
        );
        let statements = i32::try_from(statements).unwrap_or(i32::MAX);
        let parameters: &[Parameter<'_>] =
            &[(&name, Type::TEXT), (&direction.word(), Type::TEXT), (&statements, Type::INT4)];
        session.query(&sql, parameters).await.map(drop)
    }

    /// A migration is done with: it is applied, or taken back.
    pub(super) async fn finish(
        &self,
        session: &Session,
        name: &str,
        direction: Direction,
    ) -> Result<(), Error> {
        let migrations = self.table("migrations");
        let sql = match direction {
            Direction::Up => {
                format!(
                    "update {migrations} set finished_at = pg_catalog.clock_timestamp(), error = null where name = $1"
                )
            }
            Direction::Down => format!("delete from {migrations} where name = $1"),
        };
        session.as_self(&sql, &[(&name, Type::TEXT)]).await.map(drop)
    }

    /// Why a migration stopped.
    pub(super) async fn fail(&self, session: &Session, name: &str, error: &Error) -> Result<(), Error> {
        let sql = format!("update {} set error = $2 where name = $1", self.table("migrations"));
        let error = error.to_string();
        session.as_self(&sql, &[(&name, Type::TEXT), (&error, Type::TEXT)]).await.map(drop)
    }

    /// A statement begins, or is done; the key and the count of its batches stay if it is the same statement.
    pub(super) async fn enter(
        &self,
        session: &Session,
        statement: &Entering<'_>,
        finished: bool,
    ) -> Result<(), Error> {
        let Entering { migration, direction, position, sql } = statement;
        let sql_checksum = crate::migration::checksum(sql);
        let kept: String = sql.chars().take(STATEMENT).collect();
        let position = i32::try_from(*position).unwrap_or(i32::MAX);
        let query = format!(
            "insert into {} as s (migration, direction, position, checksum, statement, finished_at) \
             values ($1, $2, $3, $4, $5, case when $6 then pg_catalog.clock_timestamp() end) \
             on conflict (migration, direction, position) do update set checksum = excluded.checksum, \
             statement = excluded.statement, finished_at = excluded.finished_at, \
             last_key = case when s.checksum = excluded.checksum then s.last_key end, \
             changed_rows = case when s.checksum = excluded.checksum then s.changed_rows else 0 end",
            self.table("migration_statements")
        );
        let parameters: &[Parameter<'_>] = &[
            (migration, Type::TEXT),
            (&direction.word(), Type::TEXT),
            (&position, Type::INT4),
            (&sql_checksum, Type::TEXT),
            (&kept, Type::TEXT),
            (&finished, Type::BOOL),
        ];
        session.as_self(&query, parameters).await.map(drop)
    }

    /// A batch is done, up to this key.
    pub(super) async fn advance(
        &self,
        session: &Session,
        statement: &Entering<'_>,
        key: &[String],
        rows: i64,
    ) -> Result<(), Error> {
        let Entering { migration, direction, position, sql: _ } = statement;
        let position = i32::try_from(*position).unwrap_or(i32::MAX);
        let sql = format!(
            "update {} set last_key = $4, changed_rows = $5 where migration = $1 and direction = $2 and position = $3",
            self.table("migration_statements")
        );
        let parameters: &[Parameter<'_>] = &[
            (migration, Type::TEXT),
            (&direction.word(), Type::TEXT),
            (&position, Type::INT4),
            (&key, Type::TEXT_ARRAY),
            (&rows, Type::INT8),
        ];
        session.as_self(&sql, parameters).await.map(drop)
    }

    /// The statement that notes that a batch is done, from the one place to the other, and with the last one all of them. It
    /// fails where another migrator has gone on since.
    pub(super) fn advance_from(
        &self,
        statement: &Entering<'_>,
        from: Option<&str>,
        to: Option<&str>,
        rows: i64,
    ) -> String {
        let Entering { migration, direction, position, sql: _ } = statement;
        let key = |key: Option<&str>| match key {
            Some(key) => format!("array[{}]", quote_literal(key)),
            None => "null::text[]".to_owned(),
        };
        let done = if to.is_none() { ", finished_at = pg_catalog.clock_timestamp()" } else { "" };
        let body = format!(
            "begin update {} set last_key = {}, changed_rows = {rows}{done} where migration = {} and direction = {} and \
             position = {position} and finished_at is null and last_key is not distinct from {}; if not found then raise \
             'another migrator has gone on from here'; end if; end",
            self.table("migration_statements"),
            key(to),
            quote_literal(migration),
            quote_literal(direction.word()),
            key(from)
        );
        format!("do {}", quote_literal(&body))
    }
}

/// A statement that goes into the journal.
#[derive(Clone, Copy)]
pub(super) struct Entering<'a> {
    pub(super) migration: &'a str,
    pub(super) direction: Direction,
    pub(super) position: usize,
    pub(super) sql: &'a str,
}
