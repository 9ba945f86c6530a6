//! `on conflict` takes no key that is checked later.

use mizzle::prelude::*;

#[derive(Table)]
pub struct Seat {
    #[orm(primary_key)]
    pub id: i64,
    #[orm(unique(deferrable))]
    pub place: i32,
}

pub fn uses() {
    let _ = insert(Seat).set(Seat.id, 1i64).set(Seat.place, 2).on_conflict(Seat.place).do_nothing();
}

fn main() {}
