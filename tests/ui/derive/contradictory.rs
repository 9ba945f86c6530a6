//! Attributes that cannot both be meant.

use mizzle::prelude::*;

#[derive(Table)]
pub struct Types {
    #[orm(primary_key, unique)]
    pub id: i64,
    #[orm(varchar(10), char(10))]
    pub code: String,
    #[orm(identity, default = 1)]
    pub number: i32,
    #[orm(generated = "number * 2", default = 1, on_update = 2)]
    pub twice: i32,
}

#[derive(Table)]
#[orm(primary_key(a, b))]
pub struct Keys {
    #[orm(primary_key)]
    pub a: i64,
    pub b: i64,
}

#[derive(Table)]
pub struct TwoKeys {
    #[orm(primary_key)]
    pub a: i64,
    #[orm(primary_key)]
    pub b: i64,
}

#[derive(Table)]
#[orm(primary_key(number, label))]
pub struct Nullable {
    #[orm(identity)]
    pub number: Option<i64>,
    pub label: Option<String>,
}

fn main() {}
