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

/// What is upserted and updated.
#[derive(Table)]
#[orm(table = "scores")]
pub struct Score {
    #[orm(primary_key)]
    pub id: i64,
    pub name: String,
    pub score: i32,
}

/// A row of `scores` as it shall be.
#[derive(Insert, Update)]
#[orm(table = Score)]
pub struct NewScore {
    pub id: i64,
    pub name: String,
    pub score: i32,
}

/// What is streamed.
#[derive(Table)]
#[orm(table = "readings")]
pub struct Reading {
    #[orm(primary_key, identity)]
    pub id: i64,
    pub sensor: String,
    pub value: f64,
}

/// Conditions on `accounts`, each of which may be absent.
#[derive(Clone, Copy)]
pub struct Filter<'a> {
    pub owner: Option<&'a str>,
    pub min_score: Option<i32>,
    pub active: Option<bool>,
}

impl Filter<'_> {
    /// One of the eight combinations.
    pub fn of(number: u64) -> Self {
        let has = |bit: u64| number >> bit & 1 == 1;
        Filter {
            owner: has(0).then_some("owner 97"),
            min_score: has(1).then_some(90),
            active: has(2).then_some(true),
        }
    }
}

/// Statements of one transaction, and of one batch.
pub const TOGETHER: usize = 20;

/// Rows of `readings`.
pub const READINGS: u64 = 100_000;

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
    create table scores (id bigint primary key, name text not null, score int not null);
    create table readings (
        id bigint generated always as identity primary key, sensor text not null, value float8 not null
    );

    insert into users (name, email)
        select 'user number ' || n, case when n % 3 > 0 then n || '@example.com' end from generate_series(1, 1000) n;
    insert into accounts (owner, iban, score, active, balance, notes, created_at)
        select 'owner ' || n, case when n % 2 = 0 then 'DE' || n end, n % 100, n % 5 > 0, n / 7.0,
            case when n % 4 = 0 then 'a note on account ' || n end, '2025-01-01T00:00Z'::timestamptz + n * interval '1 h'
        from generate_series(1, 1000) n;
    insert into posts (user_id, title) select n, 'post of user ' || n from generate_series(1, 1000, 2) n;
    insert into scores select n, 'player ' || n, n % 100 from generate_series(1, 1000) n;
    insert into readings (sensor, value) select 'sensor ' || n % 50, n / 9.0 from generate_series(1, 100000) n;
    analyze;
";

/// Rows of `scores`, as they shall be.
pub fn scores() -> Vec<NewScore> {
    let row = |n: i64| NewScore { id: n * 7, name: format!("player {n}, renamed"), score: n as i32 * 3 };
    (1..=100).map(row).collect()
}

/// Keys, different in each operation.
pub fn ids(number: u64) -> [i64; TOGETHER] {
    std::array::from_fn(|index| (number as i64 * 31 + index as i64 * 47) % ROWS + 1)
}

/// New rows, as an application would have them.
pub fn signups() -> Vec<NewSignup> {
    let row = |n: u32| NewSignup {
        name: format!("user number {n}"),
        email: (!n.is_multiple_of(3)).then(|| format!("{n}@example.com")),
    };
    (0..100).map(row).collect()
}
