//! A field of a patch that is not of its column's type.

use mizzle::prelude::*;

#[derive(Table)]
pub struct Task {
    #[orm(primary_key, identity)]
    pub id: i64,
    pub title: String,
    pub note: Option<String>,
    #[orm(generated = "upper(title)")]
    pub shout: String,
}

#[derive(Patch)]
#[orm(table = Task)]
pub struct Change {
    pub title: Option<i32>,
}

fn main() {}
