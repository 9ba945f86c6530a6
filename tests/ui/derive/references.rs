//! References that do not reach a column.

use mizzle::prelude::*;

#[derive(Table)]
pub struct Team {
    #[orm(primary_key)]
    pub id: i64,
    pub name: String,
}

#[derive(Table)]
#[orm(foreign_key(columns(team), references(Team.id, Team.name)))]
#[orm(foreign_key(columns(team, name), references(Team.id, User.name)))]
#[orm(foreign_key(columns(team)))]
pub struct User {
    #[orm(references(Team))]
    pub team: i64,
    #[orm(references)]
    pub name: String,
    #[orm(references(Team.id, Team.name))]
    pub both: i64,
}

fn main() {}
