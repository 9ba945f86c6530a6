//! A range of a type of which PostgreSQL has none.

use mizzle::prelude::*;

#[derive(Table)]
pub struct Shelf {
    #[orm(primary_key)]
    pub id: i64,
    pub letters: Range<String>,
}

fn main() {}
