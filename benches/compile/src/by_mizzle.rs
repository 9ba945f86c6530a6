//! The generated code on mizzle.

use crate::table::{Column, Table, VARIANTS};

pub const DEPENDENCIES: &str = r#"
chrono = { version = "0.4.42", default-features = false }
# Without TLS, as the peer is.
mizzle = { path = "{root}", default-features = false, features = ["chrono", "rust_decimal", "serde_json", "uuid"] }
rust_decimal = { version = "1.39", default-features = false }
serde_json = "1"
uuid = { version = "1.18", default-features = false }
"#;

pub fn status(number: usize) -> String {
    let variants = VARIANTS.join(", ");
    format!(
        "#[derive(mizzle::PgEnum, Debug, Clone, Copy, PartialEq, Eq)]\npub enum Status{number} {{ {variants} }}\n"
    )
}

pub fn table(table: Table) -> String {
    let Table { number } = table;
    let (key, uses) = (table.key(), table.uses());
    let fields = table.fields(|column| attribute(table, column));
    format!(
        r#"use mizzle::prelude::*;
{uses}
#[derive(Table, Debug, Clone)]
#[orm(table = "table_{number}")]
pub struct Table{number} {{
{fields}}}

pub async fn find(db: &Client, id: {key}) -> Result<Option<Table{number}>, mizzle::Error> {{
    select(Table{number}).find(id).optional(db).await
}}

pub async fn list(db: &Client, active: bool, score: i32) -> Result<Vec<Table{number}>, mizzle::Error> {{
    select(Table{number})
        .filter(Table{number}.active.eq(active))
        .filter(Table{number}.score.gte(score))
        .order_by(Table{number}.created_at.desc())
        .limit(20)
        .all(db)
        .await
}}

pub async fn create(
    db: &Client,
    owner_id: i64,
    name: &str,
    title: &str,
    balance: Decimal,
    settings: &serde_json::Value,
) -> Result<Table{number}, mizzle::Error> {{
    insert(Table{number})
        .set(Table{number}.owner_id, owner_id)
        .set(Table{number}.name, name)
        .set(Table{number}.title, title)
        .set(Table{number}.balance, balance)
        .set(Table{number}.settings, settings)
        .returning(Table{number})
        .one(db)
        .await
}}

pub async fn rename(db: &Client, id: {key}, name: &str, status: Status) -> Result<u64, mizzle::Error> {{
    update(Table{number})
        .set(Table{number}.name, name)
        .set(Table{number}.status, status)
        .find(id)
        .execute(db)
        .await
}}
"#
    )
}

fn attribute(table: Table, column: &Column) -> String {
    let attribute = match column.name {
        "id" if table.key() == "Uuid" => "primary_key, default = gen_random_uuid()",
        "id" => "primary_key, identity",
        _ => column.attribute,
    };
    if attribute.is_empty() { String::new() } else { format!("    #[orm({attribute})]\n") }
}
