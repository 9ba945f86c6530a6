//! A field of a composite type whose own type PostgreSQL has not.

use mizzle::prelude::*;

pub struct Money;

#[derive(PgComposite)]
pub struct Price {
    pub label: String,
    pub amount: Money,
}

fn main() {}
