//! Sizes of types that PostgreSQL does not have.

use mizzle::prelude::*;

#[derive(Table)]
pub struct Sizes {
    #[orm(varchar(0))]
    pub a: String,
    #[orm(char(10485761))]
    pub b: String,
    #[orm(varchar)]
    pub c: String,
    #[orm(varchar(ten))]
    pub d: String,
    #[orm(numeric(0))]
    pub e: Option<i64>,
    #[orm(numeric(10, 2000))]
    pub f: Option<i64>,
}

fn main() {}
