//! The schema that the structs make is the specification's, object for object.

use crate::TestResult;
use crate::expected::{ENUMS, TABLES};
use crate::schema::SCHEMA;
use orm_testing::TestDb;
use tokio_postgres::{Client, NoTls};

async fn create() -> Result<(Client, TestDb), Box<dyn std::error::Error>> {
    let database = TestDb::with_schema(&SCHEMA.create_sql()).await?;
    let (client, connection) = tokio_postgres::connect(database.url(), NoTls).await?;
    tokio::spawn(connection);
    Ok((client, database))
}

/// The lines that a query about a table gives.
async fn lines(client: &Client, sql: &str, table: &str) -> Result<Vec<String>, tokio_postgres::Error> {
    client.query(sql, &[&table]).await?.iter().map(|row| row.try_get(0)).collect()
}

const COLUMNS: &str = r#"
    select a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || case when a.attnotnull then ' not null' else '' end
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = $1::text::regclass and a.attnum > 0
    order by a.attname collate "C""#;

const CONSTRAINTS: &str = r#"
    select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where conrelid = $1::text::regclass and contype <> 'n'
    order by conname collate "C""#;

/// What follows `using btree`; another method or a unique index stays whole.
const INDEXES: &str = r#"
    select replace(pg_get_indexdef(i.indexrelid),
        format('CREATE INDEX %s ON public.%s USING btree', c.relname, $1::text), c.relname)
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = $1::text::regclass
        and not exists (select from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u', 'x'))
    order by c.relname collate "C""#;

#[tokio::test]
async fn every_table_has_the_columns_keys_and_indexes_of_the_specification() -> TestResult {
    let (client, _database) = create().await?;
    for expected in TABLES {
        let table = expected.table;
        assert_eq!(lines(&client, COLUMNS, table).await?, expected.columns, "{table}");
        assert_eq!(lines(&client, CONSTRAINTS, table).await?, expected.constraints, "{table}");
        assert_eq!(lines(&client, INDEXES, table).await?, expected.indexes, "{table}");
    }
    Ok(())
}

#[tokio::test]
async fn there_is_nothing_else() -> TestResult {
    let (client, _database) = create().await?;
    let relations = lines(
        &client,
        r#"select relname::text from pg_class where relnamespace = $1::text::regnamespace
            and relkind not in ('i', 'I') order by relname collate "C""#,
        "public",
    );
    let tables: Vec<_> = TABLES.iter().map(|expected| expected.table).collect();
    assert_eq!(relations.await?, tables);
    let enums = client
        .query(
            r#"select t.typname::text, array_agg(e.enumlabel::text order by e.enumsortorder)
            from pg_type t join pg_enum e on e.enumtypid = t.oid
            group by t.typname order by t.typname collate "C""#,
            &[],
        )
        .await?;
    let enums: Vec<(String, Vec<String>)> = enums.iter().map(|row| (row.get(0), row.get(1))).collect();
    let expected: Vec<_> = ENUMS
        .iter()
        .map(|(name, labels)| ((*name).to_owned(), labels.iter().map(|label| (*label).to_owned()).collect()))
        .collect();
    assert_eq!(enums, expected);
    Ok(())
}

#[test]
fn the_specification_has_8_tables_7_enums_and_40_indexes() {
    let indexes: usize = TABLES.iter().map(|expected| expected.indexes.len()).sum();
    assert_eq!((TABLES.len(), ENUMS.len(), indexes), (8, 7, 40));
}
