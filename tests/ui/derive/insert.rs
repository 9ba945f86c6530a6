//! Rows that do not fit their table.

use mizzle::prelude::*;

#[derive(Table)]
pub struct Task {
    #[orm(primary_key, identity(always))]
    pub id: i64,
    pub title: String,
    pub amount: i64,
}

#[derive(Insert)]
#[orm(table = Task)]
pub struct Unknown<'a> {
    pub titel: &'a str,
    pub amount: i64,
}

#[derive(Insert)]
#[orm(table = Task)]
pub struct Numbered<'a> {
    pub id: i64,
    pub title: &'a str,
    pub amount: i64,
}

#[derive(Insert)]
#[orm(table = Task)]
pub struct WrongType {
    pub title: i32,
    pub amount: i64,
}

#[derive(Insert)]
#[orm(table = Task)]
pub struct Twice {
    pub title: String,
    pub amount: i64,
    #[orm(column = amount)]
    pub cents: i64,
}

fn main() {}
