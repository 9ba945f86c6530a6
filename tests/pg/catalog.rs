//! Makes a schema in an empty database and reads back from the catalog what came of it.

use mizzle::prelude::*;
use orm_testing::TestDb;
use std::error::Error;
use tokio_postgres::NoTls;

/// The server's major version.
pub(crate) async fn server_version() -> Result<i32, Box<dyn Error>> {
    let catalog = Catalog::create(&Schema::new(&[])).await?;
    let version = catalog.lines("select current_setting('server_version_num') where $1 = ''", "").await?;
    Ok(version.concat().parse::<i32>()? / 10_000)
}

/// An empty database in which a schema was made.
pub(crate) struct Catalog {
    client: tokio_postgres::Client,
    database: TestDb,
}

impl Catalog {
    /// Runs the schema's SQL.
    pub(crate) async fn create(schema: &Schema) -> Result<Self, Box<dyn Error>> {
        let database = TestDb::new().await?;
        let (client, connection) = tokio_postgres::connect(database.url(), NoTls).await?;
        tokio::spawn(connection);
        client.batch_execute(&schema.create_sql()).await?;
        Ok(Catalog { client, database })
    }

    /// A pool on it.
    pub(crate) async fn db(&self) -> Result<Db, mizzle::Error> {
        Db::connect(self.database.url()).await
    }

    /// The client that made it, for SQL as it is.
    pub(crate) fn client(&self) -> &tokio_postgres::Client {
        &self.client
    }

    /// Each column in order: `name type [not null] [default ..] [identity ..] [generated ..]`.
    pub(crate) async fn columns(&self, table: &str) -> Result<Vec<String>, tokio_postgres::Error> {
        self.lines(
            "select a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                || case when a.attnotnull then ' not null' else '' end
                || case a.attidentity when 'a' then ' identity always' when 'd' then ' identity by default' else '' end
                || case when d.adbin is null then ''
                    else case a.attgenerated when 's' then ' generated ' else ' default ' end
                        || pg_get_expr(d.adbin, d.adrelid) end
            from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = $1::text::regclass and a.attnum > 0 order by a.attnum",
            table,
        )
        .await
    }

    /// Each constraint by name: `name definition`.
    pub(crate) async fn constraints(&self, table: &str) -> Result<Vec<String>, tokio_postgres::Error> {
        self.lines(
            "select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where conrelid = $1::text::regclass and contype <> 'n' order by conname collate \"C\"",
            table,
        )
        .await
    }

    /// The definition of each index that is not a constraint's, by name.
    pub(crate) async fn indexes(&self, table: &str) -> Result<Vec<String>, tokio_postgres::Error> {
        self.lines(
            "select pg_get_indexdef(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indexrelid
            where i.indrelid = $1::text::regclass
                and not exists (select from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u', 'x'))
            order by c.relname collate \"C\"",
            table,
        )
        .await
    }

    /// The comments on a table (as `table`) and its columns: `name: comment`.
    pub(crate) async fn comments(&self, table: &str) -> Result<Vec<String>, tokio_postgres::Error> {
        self.lines(
            "select coalesce(a.attname, 'table') || ': ' || d.description
            from pg_description d left join pg_attribute a on a.attrelid = d.objoid and a.attnum = d.objsubid and a.attnum > 0
            where d.objoid = $1::text::regclass and d.classoid = 'pg_class'::regclass order by d.objsubid",
            table,
        )
        .await
    }

    /// The lines that a query with one text parameter gives.
    pub(crate) async fn lines(
        &self,
        sql: &str,
        argument: &str,
    ) -> Result<Vec<String>, tokio_postgres::Error> {
        let rows = self.client.query(sql, &[&argument]).await?;
        rows.iter().map(|row| row.try_get(0)).collect()
    }
}
