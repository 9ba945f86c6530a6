//! A changed row with nothing to change.

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

#[derive(Update)]
#[orm(table = Task)]
pub struct Change {
    pub id: i64,
}

fn main() {}
