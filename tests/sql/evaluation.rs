//! Expressions of any values answer on the server as they do when they are worked out in Rust, NULL included.

use crate::TestResult;
use mizzle::prelude::*;
use orm_testing::TestDb;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

#[derive(Table, Debug, Clone)]
#[orm(table = "cells")]
struct Cell {
    #[orm(primary_key)]
    id: i32,
    n: i32,
    a: Option<i32>,
    b: Option<i32>,
    t: String,
    u: Option<String>,
    p: Option<bool>,
    q: bool,
}

#[derive(Insert)]
#[orm(table = Cell)]
struct NewCell<'a> {
    id: i32,
    n: i32,
    a: Option<i32>,
    b: Option<i32>,
    t: &'a str,
    u: Option<&'a str>,
    p: Option<bool>,
    q: bool,
}

/// Small numbers, so that they are often equal, and some of which nothing overflows.
fn number() -> impl Strategy<Value = i32> {
    prop_oneof![-3..4, -9_999..9_999]
}

fn text() -> impl Strategy<Value = String> {
    "[ab%_\\\\]{0,3}"
}

fn cell() -> impl Strategy<Value = Cell> {
    let numbers = (number(), prop::option::of(number()), prop::option::of(number()));
    let texts = (text(), prop::option::of(text()));
    let bools = (prop::option::of(any::<bool>()), any::<bool>());
    (numbers, texts, bools).prop_map(|((n, a, b), (t, u), (p, q))| Cell { id: 0, n, a, b, t, u, p, q })
}

fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    if a == Some(false) || b == Some(false) { Some(false) } else { a.zip(b).map(|_| true) }
}

fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    and(a.map(|a| !a), b.map(|b| !b)).map(|both| !both)
}

/// Of each expression: what PostgreSQL says for every row, and what Rust does.
macro_rules! shapes {
    ($db:ident $rows:ident; $($expression:expr => |$row:ident| $value:expr;)+) => {$({
        let found = select($expression).from(Cell).order_by(Cell.id).all($db).await?;
        let expected: Vec<_> = $rows.iter().map(|$row| $value).collect();
        assert_eq!(found, expected, "{} of {:?}", stringify!($expression), $rows);
    })+};
}

/// Of each condition: every row is where it holds, where it does not, or where it is NULL, and in one place only.
macro_rules! partitions {
    ($db:ident $rows:ident; $($condition:expr;)+) => {$({
        let mut ids = select(Cell.id).from(Cell).filter($condition).all($db).await?;
        ids.extend(select(Cell.id).from(Cell).filter($condition.not()).all($db).await?);
        ids.extend(select(Cell.id).from(Cell).filter($condition.is_null()).all($db).await?);
        ids.sort_unstable();
        let all: Vec<i32> = $rows.iter().map(|row| row.id).collect();
        assert_eq!(ids, all, "{} of {:?}", stringify!($condition), $rows);
    })+};
}

async fn fill(db: &Db, rows: &[Cell]) -> TestResult {
    delete(Cell).all_rows().execute(db).await?;
    let new: Vec<NewCell<'_>> = rows
        .iter()
        .map(|Cell { id, n, a, b, t, u, p, q }| NewCell {
            id: *id,
            n: *n,
            a: *a,
            b: *b,
            t,
            u: u.as_deref(),
            p: *p,
            q: *q,
        })
        .collect();
    insert(Cell).rows(&new).execute(db).await?;
    Ok(())
}

async fn numbers(db: &Db, rows: &[Cell], x: i32) -> TestResult {
    let nonzero = |n: Option<i32>| n.filter(|n| *n != 0);
    shapes! { db rows;
        Cell.n + x => |row| row.n + x;
        Cell.a + x => |row| row.a.map(|a| a + x);
        Cell.n - (Cell.n - x) => |row| row.n - (row.n - x);
        Cell.n - Cell.n * 2 - x => |row| -row.n - x;
        (Cell.n + x) * 2 - Cell.n => |row| (row.n + x) * 2 - row.n;
        Cell.a * Cell.b => |row| row.a.zip(row.b).map(|(a, b)| a * b);
        Cell.a / nullif(Cell.b, 0) => |row| row.a.zip(nonzero(row.b)).map(|(a, b)| a / b);
        Cell.a % nullif(Cell.b, 0) => |row| row.a.zip(nonzero(row.b)).map(|(a, b)| a % b);
        Cell.n % 7 * 3 / 2 => |row| row.n % 7 * 3 / 2;
        -Cell.a - -Cell.n => |row| row.a.map(|a| row.n - a);
        -(-Cell.n + x) => |row| row.n - x;
        abs(Cell.a - x) => |row| row.a.map(|a| (a - x).abs());
        coalesce(Cell.a, x) => |row| row.a.unwrap_or(x);
        coalesce(Cell.a, Cell.b) => |row| row.a.or(row.b);
        coalesce(Cell.a, coalesce(Cell.b, Cell.n)) + 1 => |row| row.a.or(row.b).unwrap_or(row.n) + 1;
        nullif(Cell.n, x) => |row| Some(row.n).filter(|n| *n != x);
        nullif(Cell.a, Cell.b) => |row| row.a.filter(|_| row.a != row.b);
        greatest(Cell.a, Cell.b) => |row| row.a.max(row.b);
        least(Cell.a, x) => |row| row.a.unwrap_or(x).min(x);
        least(Cell.n, greatest(Cell.a, 0)) => |row| row.n.min(row.a.unwrap_or(0).max(0));
        case().when(Cell.a.gt(x), Cell.b).end() => |row| row.a.filter(|a| *a > x).and(row.b);
        case().when(Cell.a.gt(Cell.b), 1).when(Cell.a.lt(Cell.b), -1).otherwise(0)
            => |row| row.a.zip(row.b).map_or(0, |(a, b)| a.cmp(&b) as i32);
        case().when(Cell.p, Cell.n).when(Cell.q, x).otherwise(Cell.n + 1) * 2
            => |row| if row.p == Some(true) { row.n } else if row.q { x } else { row.n + 1 } * 2;
        length(Cell.u) + Cell.n => |row| row.u.as_ref().map(|u| i32::try_from(u.len()).unwrap_or(0) + row.n);
        Cell.n.cast::<i64>() * 100_000 => |row| i64::from(row.n) * 100_000;
    }
    Ok(())
}

async fn conditions(db: &Db, rows: &[Cell], x: i32, y: &str, z: bool) -> TestResult {
    let list = [Some(x), Some(0)];
    shapes! { db rows;
        Cell.a.eq(x) => |row| row.a.map(|a| a == x);
        Cell.a.ne(Cell.b) => |row| row.a.zip(row.b).map(|(a, b)| a != b);
        Cell.n.lt(Cell.a + x) => |row| row.a.map(|a| row.n < a + x);
        Cell.p.and(Cell.q) => |row| and(row.p, Some(row.q));
        Cell.p.or(Cell.a.gt(x)) => |row| or(row.p, row.a.map(|a| a > x));
        Cell.p.not() => |row| row.p.map(|p| !p);
        Cell.p.or(Cell.q).and(Cell.a.lte(Cell.b)).not()
            => |row| and(or(row.p, Some(row.q)), row.a.zip(row.b).map(|(a, b)| a <= b)).map(|both| !both);
        Cell.p.and(Cell.q.or(z)).eq(Cell.q) => |row| and(row.p, Some(row.q || z)).map(|left| left == row.q);
        Cell.p.is_null().or(Cell.a.is_not_null()) => |row| row.p.is_none() || row.a.is_some();
        Cell.p.eq(z).is_null() => |row| row.p.is_none();
        Cell.a.between(Cell.b, x)
            => |row| and(row.a.zip(row.b).map(|(a, b)| a >= b), row.a.map(|a| a <= x));
        Cell.a.not_between(Cell.b, x)
            => |row| or(row.a.zip(row.b).map(|(a, b)| a < b), row.a.map(|a| a > x));
        Cell.a.in_([x, 0]) => |row| row.a.map(|_| list.contains(&row.a));
        Cell.a.not_in([x, 0]) => |row| row.a.map(|_| !list.contains(&row.a));
        coalesce(Cell.p, z).not() => |row| !row.p.unwrap_or(z);
        case().when(Cell.p, Cell.a.gt(0)).otherwise(Cell.q)
            => |row| if row.p == Some(true) { row.a.map(|a| a > 0) } else { Some(row.q) };
        Cell.t.eq(y).or(Cell.u.gt(Cell.t).is_null()) => |row| row.t == y || row.u.is_none();
        Cell.u.starts_with(y).and(Cell.t.contains(y).not())
            => |row| and(row.u.as_ref().map(|u| u.starts_with(y)), Some(!row.t.contains(y)));
    }
    partitions! { db rows;
        Cell.a.eq(x);
        Cell.a.gt(Cell.b).or(Cell.p);
        Cell.p.and(Cell.q).eq(Cell.a.lt(x));
        Cell.a.in_([x, 1]).and(Cell.b.not_in([x]));
        Cell.a.between(Cell.b, x);
        Cell.u.like(y.replace('\\', "")).or(Cell.t.ends_with(y));
        coalesce(Cell.p, Cell.a.gt(0)).and(Cell.u.is_null());
        case().when(Cell.p, Cell.a.gt(0)).when(Cell.q, z).end();
        nullif(Cell.a, x).eq(Cell.b);
    }
    Ok(())
}

async fn texts(db: &Db, rows: &[Cell], y: &str) -> TestResult {
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    shapes! { db rows;
        concat((Cell.t, y, Cell.u)) => |row| format!("{}{y}{}", row.t, text(row.u.as_ref()));
        upper(Cell.u) => |row| row.u.as_ref().map(|u| u.to_uppercase());
        lower(upper(Cell.t)) => |row| row.t.clone();
        coalesce(Cell.u, y) => |row| row.u.clone().unwrap_or(y.to_owned());
        coalesce(nullif(Cell.t, y), "x") => |row| if row.t == y { "x".to_owned() } else { row.t.clone() };
        replace(Cell.t, "a", y) => |row| row.t.replace('a', y);
        case().when(Cell.u.eq(Cell.t), Cell.t).when(Cell.u.is_null(), y).end()
            => |row| match &row.u { None => Some(y.to_owned()), Some(u) => Some(u).filter(|u| **u == row.t).cloned() };
        length(concat((Cell.n, Cell.p))) => |row| {
            let p = row.p.map_or("", |p| if p { "t" } else { "f" });
            i32::try_from(format!("{}{p}", row.n).len()).unwrap_or(0)
        };
    }
    Ok(())
}

#[test]
fn the_server_agrees_with_rust() -> TestResult {
    let runtime = tokio::runtime::Runtime::new()?;
    let database = runtime.block_on(TestDb::with_schema(&schema![Cell].create_sql()))?;
    let db = runtime.block_on(Db::connect(database.url()))?;
    let cases = (prop::collection::vec(cell(), 1..6), number(), text(), any::<bool>());
    let config = Config { cases: 40, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(&cases, |(mut rows, x, y, z)| {
        for (id, row) in (1..).zip(&mut rows) {
            row.id = id;
        }
        let answers = runtime.block_on(async {
            fill(&db, &rows).await?;
            numbers(&db, &rows, x).await?;
            conditions(&db, &rows, x, &y, z).await?;
            texts(&db, &rows, &y).await
        });
        answers.map_err(|error| TestCaseError::fail(error.to_string()))
    })?;
    Ok(())
}
