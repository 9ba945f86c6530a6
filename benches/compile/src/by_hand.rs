//! The generated code on tokio-postgres by hand.

use crate::table::{COLUMNS, Table, VARIANTS};

pub const DEPENDENCIES: &str = r#"
chrono = { version = "0.4.42", default-features = false }
postgres-types = { version = "0.2.14", features = ["derive", "with-chrono-0_4", "with-serde_json-1", "with-uuid-1"] }
rust_decimal = { version = "1.39", default-features = false, features = ["db-tokio-postgres"] }
serde_json = "1"
tokio-postgres = "0.7.18"
uuid = { version = "1.18", default-features = false }
"#;

pub fn status(number: usize) -> String {
    let variants = VARIANTS.join(", ");
    format!(
        r#"#[derive(postgres_types::ToSql, postgres_types::FromSql, Debug, Clone, Copy, PartialEq, Eq)]
#[postgres(name = "status{number}", rename_all = "snake_case")]
pub enum Status{number} {{ {variants} }}
"#
    )
}

pub fn table(table: Table) -> String {
    let Table { number } = table;
    let (key, uses) = (table.key(), table.uses());
    let fields = table.fields(|_| String::new());
    let columns: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    let list = columns.join(", ");
    let read: String = columns
        .iter()
        .enumerate()
        .map(|(index, name)| format!("        {name}: row.try_get({index})?,\n"))
        .collect();
    format!(
        r#"use tokio_postgres::{{Client, Error, Row}};
{uses}
#[derive(Debug, Clone)]
pub struct Table{number} {{
{fields}}}

fn read(row: &Row) -> Result<Table{number}, Error> {{
    Ok(Table{number} {{
{read}    }})
}}

pub async fn find(db: &Client, id: {key}) -> Result<Option<Table{number}>, Error> {{
    let row = db.query_opt("select {list} from table_{number} where id = $1", &[&id]).await?;
    row.as_ref().map(read).transpose()
}}

pub async fn list(db: &Client, active: bool, score: i32) -> Result<Vec<Table{number}>, Error> {{
    let rows = db
        .query(
            "select {list} from table_{number} where active = $1 and score >= $2 order by created_at desc limit $3",
            &[&active, &score, &20_i64],
        )
        .await?;
    rows.iter().map(read).collect()
}}

pub async fn create(
    db: &Client,
    owner_id: i64,
    name: &str,
    title: &str,
    balance: Decimal,
    settings: &serde_json::Value,
) -> Result<Table{number}, Error> {{
    let row = db
        .query_one(
            "insert into table_{number} (owner_id, name, title, balance, settings) values ($1, $2, $3, $4, $5) returning {list}",
            &[&owner_id, &name, &title, &balance, &settings],
        )
        .await?;
    read(&row)
}}

pub async fn rename(db: &Client, id: {key}, name: &str, status: Status) -> Result<u64, Error> {{
    db.execute("update table_{number} set name = $1, status = $2 where id = $3", &[&name, &status, &id]).await
}}
"#
    )
}
