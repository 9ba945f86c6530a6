use mizzle::prelude::*;

#[derive(PgEnum)]
pub enum Status {
    Open,
}

#[derive(Table)]
pub struct Setting {
    #[orm(varchar(10))]
    value: i32,
}

fn main() {}
