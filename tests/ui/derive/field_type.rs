//! A field whose type has no PostgreSQL type.

use mizzle::prelude::*;

pub struct Money;

#[derive(Table)]
pub struct Wallet {
    #[orm(primary_key)]
    pub id: i64,
    pub balance: Money,
}

fn main() {}
