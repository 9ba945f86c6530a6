//! A row without a column that it must have.

use mizzle::prelude::*;

#[derive(Table)]
pub struct Task {
    #[orm(primary_key, identity)]
    pub id: i64,
    pub title: String,
    pub amount: i64,
}

#[derive(Insert)]
#[orm(table = Task)]
pub struct NewTask<'a> {
    pub title: &'a str,
}

fn main() {}
