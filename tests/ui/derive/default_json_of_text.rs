use mizzle::prelude::*;

#[derive(PgEnum)]
pub enum Status {
    Open,
}

#[derive(Table)]
pub struct Setting {
    #[orm(default = json!({}))]
    value: String,
}

fn main() {}
