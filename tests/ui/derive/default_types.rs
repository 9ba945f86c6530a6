//! Values and types by attribute that do not fit the field.

use mizzle::prelude::*;

#[derive(PgEnum)]
pub enum Status {
    Open,
}

#[derive(Table)]
pub struct Defaults {
    #[orm(default = "text")]
    pub a: i64,
    #[orm(default = 3_000_000_000)]
    pub b: i32,
    #[orm(default = 1.5)]
    pub c: i32,
    #[orm(default = true)]
    pub d: String,
    #[orm(default = Status::Open)]
    pub e: i32,
    #[orm(on_update = 1)]
    pub f: bool,
    #[orm(varchar(10))]
    pub g: i32,
    #[orm(numeric(10))]
    pub h: String,
    #[orm(identity)]
    pub i: String,
}

fn main() {}
