//! Words that belong elsewhere.

use mizzle::prelude::*;

#[derive(Table)]
#[orm(references(User.id), varchar(10))]
pub struct User {
    #[orm(primary_key, schema = "app")]
    pub id: i64,
    #[orm(foreign_key(columns(id), references(User.id)))]
    pub inviter: i64,
}

#[derive(PgEnum)]
#[orm(rename = "state")]
pub enum Status {
    #[orm(rename_all = "lowercase")]
    Open,
}

#[derive(Insert)]
#[orm(column = id)]
pub struct NewUser {
    #[orm(table = User, primary_key)]
    pub id: i64,
}

#[derive(Row)]
pub struct Line {
    #[orm(name = "id")]
    pub id: i64,
}

fn main() {}
