//! Words that are almost right, and words that are nothing.

use mizzle::prelude::*;

#[derive(Table)]
#[orm(tabel = "users")]
pub struct User {
    #[orm(primay_key)]
    pub id: i64,
    #[orm(foo)]
    pub email: String,
    #[orm(references(User.id, on_delete = cascad))]
    pub inviter: Option<i64>,
}

#[derive(PgEnum)]
#[orm(rename_all = "snakecase")]
pub enum Status {
    #[orm(renam = "open")]
    Open,
}

/// What was understood can be used: the mistakes above are the only errors.
pub fn uses() {
    let _ = select(User).find(1i64);
    let _ = User.email.eq("a@b.c");
    let _ = insert(User).set(User.inviter, 1i64);
}

fn main() {}
