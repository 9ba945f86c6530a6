use mizzle::prelude::*;

#[derive(Table)]
#[orm(table = "tasks")]
pub struct Task {
    #[orm(primary_key, identity)]
    id: i64,
    title: String,
    amount: i32,
}

#[derive(Insert)]
#[orm(table = Task)]
pub struct NewTask<'a> {
    title: Option<&'a str>,
    amount: i32,
}

fn main() {}
