//! Migration tools that a database knows already: what each remembers there, and how far it came.

use crate::catalog::{Catalog, Name, Table};
use crate::error::Error;
use orm_core::sql::quote_ident;
use std::fmt;
use tokio_postgres::Client;
use tokio_postgres::types::Type;

/// A tool that keeps a table of the migrations it has applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are names")]
pub enum Tool {
    Diesel,
    Drizzle,
    Prisma,
    Sqlx,
    TypeOrm,
}

/// What a database remembers of a tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The tool.
    pub tool: Tool,
    /// Its table.
    pub table: Name,
    /// How many migrations it has applied.
    pub applied: i64,
    /// What it calls the last of them.
    pub last: Option<String>,
    /// Those that it has begun and not finished.
    pub unfinished: Vec<String>,
}

/// The table of a tool, and how it is asked.
struct Shape {
    tool: Tool,
    table: &'static str,
    /// Columns that it has; a table without one of them is somebody else's.
    columns: &'static [&'static str],
    /// It has these columns and no other, as its name alone says little.
    only: bool,
    /// How many are applied, what the last is called, and those that are not finished; `{}` is the table.
    sql: &'static str,
}

/// As the tools make their tables, in their versions of 2019 to 2026.
const SHAPES: &[Shape] = &[
    Shape {
        tool: Tool::Prisma,
        table: "_prisma_migrations",
        columns: &["migration_name", "started_at", "finished_at", "rolled_back_at"],
        only: false,
        sql: "select count(*) filter (where finished_at is not null and rolled_back_at is null),
            (select migration_name::text from {} where finished_at is not null and rolled_back_at is null
                order by started_at desc, migration_name desc limit 1),
            array(select migration_name::text from {} where finished_at is null and rolled_back_at is null
                order by started_at)
            from {}",
    },
    Shape {
        tool: Tool::Drizzle,
        table: "__drizzle_migrations",
        columns: &["hash", "created_at"],
        only: false,
        sql: "select count(*), pg_catalog.to_char(
                pg_catalog.to_timestamp(max(created_at) / 1000.0) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
            null::text[] from {}",
    },
    Shape {
        tool: Tool::TypeOrm,
        table: "migrations",
        columns: &["id", "timestamp", "name"],
        only: true,
        sql: "select count(*), (select name::text from {} order by timestamp desc, id desc limit 1), null::text[]
            from {}",
    },
    Shape {
        tool: Tool::Diesel,
        table: "__diesel_schema_migrations",
        columns: &["version", "run_on"],
        only: false,
        sql: "select count(*), max(version)::text, null::text[] from {}",
    },
    Shape {
        tool: Tool::Sqlx,
        table: "_sqlx_migrations",
        columns: &["version", "description", "success"],
        only: false,
        sql: "select count(*) filter (where success),
            (select version || '_' || pg_catalog.replace(description, ' ', '_') from {} where success
                order by version desc limit 1),
            array(select version || '_' || pg_catalog.replace(description, ' ', '_') from {} where not success
                order by version)
            from {}",
    },
];

impl Shape {
    fn fits(&self, table: &str, columns: &[&str]) -> bool {
        self.table == table
            && self.columns.iter().all(|column| columns.contains(column))
            && (!self.only || columns.len() == self.columns.len())
    }
}

impl Tool {
    /// The tool whose table this is.
    ///
    /// ```
    /// use orm_kit::catalog::{Column, Name, Table};
    /// use orm_kit::tool::Tool;
    ///
    /// let mut table = Table::new(Name::new("public", "__diesel_schema_migrations"));
    /// table.columns = vec![Column::new("version", "character varying(50)"), Column::new("run_on", "timestamp")];
    /// assert_eq!(Tool::of(&table), Some(Tool::Diesel));
    /// ```
    pub fn of(table: &Table) -> Option<Tool> {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        SHAPES.iter().find(|shape| shape.fits(&table.name.name, &columns)).map(|shape| shape.tool)
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Tool::Diesel => "Diesel",
            Tool::Drizzle => "Drizzle",
            Tool::Prisma => "Prisma",
            Tool::Sqlx => "SQLx",
            Tool::TypeOrm => "TypeORM",
        })
    }
}

/// `Prisma has applied 2 migrations, the last is 20260301090000_tasks`.
impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let History { tool, table: _, applied, last, unfinished: _ } = self;
        let plural = if *applied == 1 { "" } else { "s" };
        write!(f, "{tool} has applied {applied} migration{plural}")?;
        match (tool, last) {
            (_, None) => Ok(()),
            // It keeps no names.
            (Tool::Drizzle, Some(time)) => write!(f, ", the last is that of {time}"),
            (_, Some(name)) => write!(f, ", the last is {name}"),
        }
    }
}

impl History {
    /// Nobody takes over from a tool that has not finished.
    ///
    /// # Errors
    /// If it has begun a migration and not finished it.
    pub fn check(&self) -> Result<(), Error> {
        let History { tool, table, unfinished, .. } = self;
        let Some(first) = unfinished.first() else { return Ok(()) };
        let how = match tool {
            Tool::Prisma => "`prisma migrate resolve`, or apply it again by `prisma migrate deploy`",
            _ => "the tool: mend what it has left, and run it again",
        };
        Err(Error::new(format!(
            "{tool} has begun the migration `{first}` and not finished it, as `{table}` says"
        ))
        .advise(format!("settle that first by {how}")))
    }
}

/// The histories of other tools in a database, with those tables whose shape is a tool's.
///
/// ```
/// use orm_kit::tool::{Tool, histories};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let sql = "
///     create table __diesel_schema_migrations (
///         version varchar(50) primary key not null, run_on timestamp not null default current_timestamp);
///     insert into __diesel_schema_migrations values ('00000000000000'), ('20260301090000')";
/// # let database = orm_testing::TestDb::with_schema(sql).await?;
/// let client = orm_postgres::connect_driver(database.url()).await?;
/// let found = histories(&client).await?;
/// assert_eq!(found[0].tool, Tool::Diesel);
/// assert_eq!(found[0].to_string(), "Diesel has applied 2 migrations, the last is 20260301090000");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// If the server refuses to show one of the tables.
pub async fn histories(client: &Client) -> Result<Vec<History>, Error> {
    let names: Vec<&str> = SHAPES.iter().map(|shape| shape.table).collect();
    let sql = "select n.nspname::text, c.relname::text, array_agg(a.attname::text)
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relname = any ($1) and c.relkind = 'r' and n.nspname !~ '^pg_'
        group by 1, 2 order by 1, 2";
    let mut found = Vec::new();
    for row in client.query_typed(sql, &[(&names, Type::TEXT_ARRAY)]).await? {
        let table = Name::new(row.try_get::<_, String>(0)?, row.try_get::<_, String>(1)?);
        let columns: Vec<&str> = row.try_get(2)?;
        let Some(shape) = SHAPES.iter().find(|shape| shape.fits(&table.name, &columns)) else { continue };
        let quoted = format!("{}.{}", quote_ident(&table.schema), quote_ident(&table.name));
        for row in client.query_typed(&shape.sql.replace("{}", &quoted), &[]).await? {
            let unfinished = row.try_get::<_, Option<_>>(2)?.unwrap_or_default();
            let (applied, last) = (row.try_get(0)?, row.try_get(1)?);
            found.push(History { tool: shape.tool, table: table.clone(), applied, last, unfinished });
        }
    }
    Ok(found)
}

/// Leaves out of what a database holds the tables in which other tools keep their histories, with their sequences, and a
/// schema that has nothing else in it; but nothing that is `declared`.
pub fn leave_out(catalog: &mut Catalog, declared: &Catalog) {
    let of_tool = |table: &Table| Tool::of(table).is_some() && declared.table(&table.name).is_none();
    let gone: Vec<Name> =
        catalog.tables.iter().filter(|table| of_tool(table)).map(|table| table.name.clone()).collect();
    catalog.tables.retain(|table| !gone.contains(&table.name));
    catalog
        .sequences
        .retain(|sequence| sequence.owned_by.as_ref().is_none_or(|(table, _)| !gone.contains(table)));
    let Catalog { schemas, enums, domains, composites, sequences, routines, tables, views, .. } = catalog;
    let rest = tables.iter().map(|it| &it.name).chain(views.iter().map(|it| &it.name));
    let rest = rest.chain(enums.iter().map(|it| &it.name)).chain(domains.iter().map(|it| &it.name));
    let rest = rest.chain(composites.iter().map(|it| &it.name)).chain(sequences.iter().map(|it| &it.name));
    let rest: Vec<&Name> = rest.chain(routines.iter().map(|it| &it.name)).collect();
    schemas.retain(|schema| {
        let was_theirs = gone.iter().any(|table| table.schema == schema.name);
        let is_declared = declared.schemas.iter().any(|other| other.name == schema.name);
        !was_theirs || is_declared || rest.iter().any(|name| name.schema == schema.name)
    });
}
