//! `varchar(n)` on a number in a composite type.

use mizzle::prelude::*;

#[derive(PgComposite)]
pub struct Price {
    #[orm(varchar(3))]
    pub amount: i32,
}

fn main() {}
