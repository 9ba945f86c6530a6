use mizzle::prelude::*;

#[derive(PgEnum)]
pub enum Status {
    Open,
}

#[derive(Table)]
pub struct Setting {
    #[orm(on_update = 1)]
    value: bool,
}

fn main() {}
