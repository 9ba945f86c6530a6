use mizzle::prelude::*;

#[derive(PgEnum)]
pub enum Status {
    Open,
}

#[derive(Table)]
pub struct Setting {
    #[orm(default = 1.5)]
    value: i32,
}

fn main() {}
