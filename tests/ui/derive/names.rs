//! Names that PostgreSQL cannot keep.

use mizzle::prelude::*;

#[derive(Table)]
#[orm(table = "", schema = "a\0b")]
pub struct User {
    #[orm(primary_key, name = "a_name_that_is_longer_than_the_sixty_three_bytes_which_postgresql_keeps")]
    pub id: i64,
    pub a_field_that_is_longer_than_the_sixty_three_bytes_which_postgresql_keeps: i64,
    #[orm(unique(name = "same"), index(name = "same"))]
    pub email: String,
    #[orm(check = " ")]
    pub name: String,
}

#[derive(PgEnum)]
pub enum Status {
    #[orm(rename = "a\0b")]
    Open,
}

fn main() {}
