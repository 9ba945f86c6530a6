//! What mizzle adds without a server: time and allocations of building a statement and encoding its parameters, and of
//! decoding rows, beside the same by hand with the driver's own codecs.

#![expect(clippy::expect_used, reason = "the values fit and the rows are whole")]

use bytes::{BufMut, BytesMut};
use mizzle::prelude::*;
use mizzle::query::{Query, encode};
use mizzle::row::{Fields, Raw, RawRow};
use orm_core::args::{Bind, Encoded};
use postgres_types::{FromSql, IsNull, ToSql, Type};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::hint::black_box;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[derive(Table)]
#[orm(table = "workers")]
#[expect(dead_code, reason = "that its fields are filled is what is measured")]
struct Worker {
    #[orm(primary_key, identity)]
    id: i64,
    name: String,
    email: Option<String>,
    score: i32,
    active: bool,
    weight: f64,
}

alias!(Boss = Worker);

#[derive(Insert)]
#[orm(table = Worker)]
struct NewWorker {
    name: String,
    email: Option<String>,
    score: i32,
    active: bool,
    weight: f64,
}

const TYPES: [Type; 6] = [Type::INT8, Type::TEXT, Type::TEXT, Type::INT4, Type::BOOL, Type::FLOAT8];

fn main() {
    println!("{:<22}{:>24}{:>24}{:>8}", "", "mizzle", "by hand", "time");
    let rows: Vec<NewWorker> = (0..100).map(new_worker).collect();
    let [row, ..] = rows.as_slice() else { return };
    compare(
        "encode find",
        || parameters(&select(Worker).find(black_box(7_i64))),
        || by_hand(&[(&black_box(7_i64), Type::INT8)]),
    );
    compare("encode 3 conditions", || conditions(row), || conditions_by_hand(row));
    compare("encode insert", || insert_one(row), || insert_one_by_hand(row));
    compare("encode insert of 100", || insert_many(&rows), || insert_many_by_hand(&rows));
    let record = Record::of(row, 1);
    let query = select(Worker);
    compare("decode 6 columns", || read(&query, &record), || worker(&mut record.iter()));
    let record = Record::of(row, 2);
    let query = select((Worker, Boss)).from(Worker).left_join(Boss, Boss.id.eq(Worker.id));
    compare("decode left join", || read(&query, &record), || with_boss(&record));
}

fn new_worker(number: i32) -> NewWorker {
    NewWorker {
        name: format!("worker number {number}"),
        email: (number % 3 > 0).then(|| format!("{number}@example.com")),
        score: number,
        active: number % 2 == 0,
        weight: f64::from(number) / 3.0,
    }
}

fn parameters(statement: &impl Bind) -> Encoded {
    encode(statement).expect("the values fit")
}

fn conditions(row: &NewWorker) -> Encoded {
    let query = select(Worker)
        .filter(Worker.name.eq(&row.name))
        .filter(Worker.score.gte(row.score))
        .filter(Worker.active.eq(row.active));
    parameters(&query.order_by(Worker.id.desc()).limit(20))
}

fn conditions_by_hand(row: &NewWorker) -> BytesMut {
    by_hand(&[
        (&row.name, Type::TEXT),
        (&row.score, Type::INT4),
        (&row.active, Type::BOOL),
        (&20_i64, Type::INT8),
    ])
}

fn insert_one(row: &NewWorker) -> Encoded {
    let insert = insert(Worker)
        .set(Worker.name, &row.name)
        .set(Worker.email, &row.email)
        .set(Worker.score, row.score)
        .set(Worker.active, row.active)
        .set(Worker.weight, row.weight);
    parameters(&insert.returning(Worker.id))
}

fn insert_one_by_hand(row: &NewWorker) -> BytesMut {
    by_hand(&[
        (&row.name, Type::TEXT),
        (&row.email, Type::TEXT),
        (&row.score, Type::INT4),
        (&row.active, Type::BOOL),
        (&row.weight, Type::FLOAT8),
    ])
}

fn insert_many(rows: &[NewWorker]) -> Encoded {
    parameters(&insert(Worker).rows(rows))
}

fn insert_many_by_hand(rows: &[NewWorker]) -> BytesMut {
    by_hand(&[
        (&rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), Type::TEXT_ARRAY),
        (&rows.iter().map(|row| row.email.as_deref()).collect::<Vec<_>>(), Type::TEXT_ARRAY),
        (&rows.iter().map(|row| row.score).collect::<Vec<_>>(), Type::INT4_ARRAY),
        (&rows.iter().map(|row| row.active).collect::<Vec<_>>(), Type::BOOL_ARRAY),
        (&rows.iter().map(|row| row.weight).collect::<Vec<_>>(), Type::FLOAT8_ARRAY),
    ])
}

/// Parameters as the driver writes them: each behind its length.
fn by_hand(params: &[(&dyn ToSql, Type)]) -> BytesMut {
    let mut out = BytesMut::new();
    for (value, ty) in params {
        let start = out.len();
        out.put_i32(-1);
        if let IsNull::No = value.to_sql_checked(ty, &mut out).expect("the value fits") {
            let len = i32::try_from(out.len() - start - 4).expect("the value is short");
            if let Some(prefix) = out.get_mut(start..start + 4) {
                prefix.copy_from_slice(&len.to_be_bytes());
            }
        }
    }
    out
}

/// A row in memory: the fields of as many workers as it was made of.
struct Record(Vec<(Type, Option<Vec<u8>>)>);

impl Record {
    fn of(row: &NewWorker, times: usize) -> Self {
        let values: [&dyn ToSql; 6] = [&7_i64, &row.name, &row.email, &row.score, &row.active, &row.weight];
        let field = |(value, ty): (&&dyn ToSql, &Type)| {
            let mut out = BytesMut::new();
            let null = value.to_sql_checked(ty, &mut out).expect("the value fits");
            (ty.clone(), matches!(null, IsNull::No).then(|| out.to_vec()))
        };
        let fields: Vec<_> = values.iter().zip(&TYPES).map(field).collect();
        Record(fields.iter().cycle().take(times * fields.len()).cloned().collect())
    }

    fn iter(&self) -> impl Iterator<Item = (&Type, Option<&[u8]>)> {
        self.0.iter().map(|(ty, raw)| (ty, raw.as_deref()))
    }
}

impl RawRow for Record {
    fn ty(&self, index: usize) -> Option<&Type> {
        self.0.get(index).map(|(ty, _)| ty)
    }

    fn read<'r>(&'r self, first: usize, window: &mut [Raw<'r>]) -> usize {
        let fields = self.0.get(first..).unwrap_or_default().iter().zip(window);
        fields.map(|((_, raw), field)| *field = raw.as_deref()).count()
    }
}

fn read<Q: Query<I>, I>(_: &Q, record: &Record) -> Q::Output {
    Q::READ(&mut Fields::new(black_box(record))).expect("the record is whole")
}

fn worker<'r>(fields: &mut impl Iterator<Item = (&'r Type, Option<&'r [u8]>)>) -> Worker {
    Worker {
        id: next(fields),
        name: next(fields),
        email: next(fields),
        score: next(fields),
        active: next(fields),
        weight: next(fields),
    }
}

/// As the driver reads a field, its type checked.
fn next<'r, T: FromSql<'r>>(fields: &mut impl Iterator<Item = (&'r Type, Option<&'r [u8]>)>) -> T {
    let (ty, raw) = fields.next().expect("the record is whole");
    assert!(T::accepts(ty), "the record has this type");
    T::from_sql_nullable(ty, raw).expect("the field is whole")
}

fn with_boss(record: &Record) -> (Worker, Option<Worker>) {
    let fields = &mut black_box(record).iter();
    let worker_row = worker(fields);
    let mut boss = fields.peekable();
    let present = boss.peek().is_some_and(|(_, id)| id.is_some());
    (worker_row, present.then(|| worker(&mut boss)))
}

/// One line: nanoseconds and allocations of both.
fn compare<T, U>(name: &str, mizzle: impl Fn() -> T, by_hand: impl Fn() -> U) {
    let (ours, theirs) = (allocations(&mizzle), allocations(&by_hand));
    let (mut ours_time, mut theirs_time) = (Duration::MAX, Duration::MAX);
    // In turn, so that what else the machine does meets both; the lowest is what it takes by itself.
    for _ in 0..ROUNDS {
        ours_time = ours_time.min(time(&mizzle));
        theirs_time = theirs_time.min(time(&by_hand));
    }
    let ratio = ours_time.as_secs_f64() / theirs_time.as_secs_f64();
    println!("{name:<22}{:>24}{:>24}{ratio:>8.2}", cell(ours_time, ours), cell(theirs_time, theirs));
}

const ROUNDS: usize = 200;

/// Operations of one timing.
const OPERATIONS: u32 = 500;

fn cell(time: Duration, allocations: usize) -> String {
    format!("{:.1} ns {allocations:>3} alloc", time.as_nanos() as f64 / f64::from(OPERATIONS))
}

fn time<T>(work: &impl Fn() -> T) -> Duration {
    let start = Instant::now();
    for _ in 0..OPERATIONS {
        black_box(work());
    }
    start.elapsed()
}

/// Allocations, those that grow a buffer included.
fn allocations<T>(work: &impl Fn() -> T) -> usize {
    let region = Region::new(ALLOCATOR);
    black_box(work());
    let change = region.change();
    change.allocations + change.reallocations
}
