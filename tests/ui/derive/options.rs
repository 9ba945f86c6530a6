//! Options of keys, indexes and columns that do not fit where they stand.

use mizzle::prelude::*;

#[derive(Table)]
#[orm(primary_key(id, nulls_not_distinct), unique(name, deferable), index(name, nulls_not_distinct))]
pub struct User {
    #[orm(identity(by_default, increment = 0))]
    pub id: i64,
    #[orm(storage = toast, collate)]
    pub name: String,
    #[orm(virtual)]
    pub twice: i32,
    #[orm(renamed_from = "invited_by", references(User.id, match_ful))]
    pub inviter: Option<i64>,
    #[orm(renamed_from = "email")]
    pub email: String,
}

#[derive(PgEnum)]
pub enum Status {
    #[orm(renamed_from = "open")]
    Open,
}

fn main() {}
