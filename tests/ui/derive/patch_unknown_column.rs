//! A field of a patch that is no column.

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
    pub titel: Option<String>,
}

fn main() {}
