//! The tables and the structs that every peer fills.

#![expect(dead_code, reason = "that the fields are filled is what is measured")]

use chrono::{DateTime, Utc};
use mizzle::prelude::*;

/// A row of three columns.
#[derive(Table)]
#[orm(table = "users")]
pub struct User {
    #[orm(primary_key, identity)]
    pub id: i64,
    pub name: String,
    pub email: Option<String>,
}

/// A row of eight columns.
#[derive(Table)]
#[orm(table = "accounts")]
pub struct Account {
    #[orm(primary_key, identity)]
    pub id: i64,
    pub owner: String,
    pub iban: Option<String>,
    pub score: i32,
    pub active: bool,
    pub balance: f64,
    pub notes: Option<String>,
    pub created_at: DateTime<Utc>,
}

#[derive(Table)]
#[orm(table = "posts")]
pub struct Post {
    #[orm(primary_key, identity)]
    pub id: i64,
    #[orm(references(User.id), index)]
    pub user_id: i64,
    pub title: String,
}

/// What is inserted into.
#[derive(Table)]
#[orm(table = "signups")]
pub struct Signup {
    #[orm(primary_key, identity)]
    pub id: i64,
    pub name: String,
    pub email: Option<String>,
}

#[derive(Insert)]
#[orm(table = Signup)]
pub struct NewSignup {
    pub name: String,
    pub email: Option<String>,
}

/// Rows of `users` and of `accounts`, and of the left join; every other user has a post.
pub const ROWS: i64 = 1_000;

pub const SCHEMA: &str = "
    create table users (id bigint generated always as identity primary key, name text not null, email text);
    create table accounts (
        id bigint generated always as identity primary key, owner text not null, iban text, score int not null,
        active bool not null, balance float8 not null, notes text, created_at timestamptz not null
    );
    create table posts (
        id bigint generated always as identity primary key,
        user_id bigint not null references users (id),
        title text not null
    );
    create index on posts (user_id);
    create table signups (id bigint generated always as identity primary key, name text not null, email text);

    insert into users (name, email)
        select 'user number ' || n, case when n % 3 > 0 then n || '@example.com' end from generate_series(1, 1000) n;
    insert into accounts (owner, iban, score, active, balance, notes, created_at)
        select 'owner ' || n, case when n % 2 = 0 then 'DE' || n end, n % 100, n % 5 > 0, n / 7.0,
            case when n % 4 = 0 then 'a note on account ' || n end, '2025-01-01T00:00Z'::timestamptz + n * interval '1 h'
        from generate_series(1, 1000) n;
    insert into posts (user_id, title) select n, 'post of user ' || n from generate_series(1, 1000, 2) n;
    analyze;
";

/// New rows, as an application would have them.
pub fn signups() -> Vec<NewSignup> {
    let row = |n: u32| NewSignup {
        name: format!("user number {n}"),
        email: (!n.is_multiple_of(3)).then(|| format!("{n}@example.com")),
    };
    (0..100).map(row).collect()
}
