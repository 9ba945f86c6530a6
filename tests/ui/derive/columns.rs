//! Lists of columns that do not name the struct's fields.

use mizzle::prelude::*;

#[derive(Table)]
#[orm(index(emial), unique(email, email), index(name = "by_name", columns(nam.desc(), "lower(email)"), include(idd)))]
#[orm(foreign_key(columns(team), references(User.id)))]
pub struct User {
    #[orm(primary_key)]
    pub id: i64,
    pub email: String,
}

#[derive(Table)]
#[orm(primary_key(nothing))]
pub struct Pair {
    pub a: i64,
    pub b: i64,
}

fn main() {}
