use mizzle::prelude::*;

#[derive(PgEnum)]
pub enum Status {
    Open,
}

#[derive(Table)]
pub struct Setting {
    #[orm(default = true)]
    value: String,
}

fn main() {}
