//! A default in a composite type, which has none.

use mizzle::prelude::*;

#[derive(PgComposite)]
pub struct Price {
    #[orm(default = 0)]
    pub amount: i32,
}

#[derive(Table)]
pub struct Item {
    #[orm(primary_key)]
    pub id: i64,
    pub price: Price,
}

fn main() {}
