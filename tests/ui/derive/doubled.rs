//! One thing said twice.

use mizzle::prelude::*;

#[derive(Table)]
#[orm(table = "users")]
#[orm(table = "people", unique(email, name), unique(email, name))]
pub struct User {
    #[orm(primary_key, primary_key)]
    pub id: i64,
    #[orm(unique, unique, varchar(10), varchar(20))]
    pub email: String,
    #[orm(name = "email")]
    pub name: String,
}

#[derive(PgEnum)]
pub enum Status {
    Open,
    #[orm(rename = "open")]
    Reopened,
}

fn main() {}
