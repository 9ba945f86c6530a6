use mizzle::prelude::*;

#[derive(PgEnum)]
pub enum Status {
    Open,
}

#[derive(Table)]
pub struct Setting {
    #[orm(default = 3_000_000_000)]
    value: i32,
}

fn main() {}
