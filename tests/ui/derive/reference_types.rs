//! The two ends of a reference have one type.

use mizzle::prelude::*;

#[derive(Table)]
pub struct Team {
    #[orm(primary_key)]
    pub id: i64,
}

#[derive(Table)]
pub struct User {
    #[orm(references(Team.id))]
    pub team: i32,
}

fn main() {}
