//! Structs that are no composite types, and attributes that such a type has not.

use mizzle::prelude::*;

#[derive(PgComposite)]
pub struct Pair(i32, i32);

#[derive(PgComposite)]
pub struct Nothing {}

#[derive(PgComposite)]
pub struct Generic<T> {
    pub value: T,
}

#[derive(PgComposite)]
#[orm(varchar(3), domain = "a")]
pub struct Address {
    #[orm(schema = "app", nmae = "way")]
    pub street: String,
    #[orm(primary_key)]
    pub zip: String,
    #[orm(name = "street")]
    pub other: String,
    #[orm(varchar(3), numeric(3, 2))]
    pub both: String,
    #[orm(char(0))]
    pub none: String,
}

#[derive(Table)]
pub struct User {
    #[orm(primary_key)]
    pub id: i64,
    pub home: Address,
    pub others: Vec<Address>,
}

const SCHEMA: Schema = schema![Address, User];

fn main() {}
