//! Items that are not what the derive needs.

use mizzle::prelude::*;

#[derive(Table)]
pub struct Point(i64, i64);

#[derive(Table)]
pub enum Choice {
    A,
}

#[derive(Table)]
pub struct Nothing {}

#[derive(Table)]
pub struct Generic<T> {
    pub id: T,
}

#[derive(Table)]
#[orm()]
pub struct Empty {
    pub id: i64,
}

#[derive(PgEnum)]
pub enum NoLabels {}

#[derive(PgEnum)]
pub enum Data {
    Plain,
    Tuple(i32),
    Named { value: i32 },
}

#[derive(PgNewtype)]
pub struct Two(i64, i64);

#[derive(PgNewtype)]
#[orm(check = "value > 0")]
pub struct Positive(i64);

#[derive(Row)]
pub struct NoFields {}

#[derive(Insert)]
pub struct NoTable {
    pub id: i64,
}

fn main() {}
