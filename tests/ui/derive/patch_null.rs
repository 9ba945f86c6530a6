//! A patch that would write NULL where it may not be.

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
    pub title: Option<Option<String>>,
}

fn main() {}
