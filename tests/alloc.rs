//! What is on the heap: of a static query the buffer of its parameters and nothing of its text, of a stream a piece.

use mizzle::batch;
use mizzle::prelude::*;
use mizzle::query::{Command, Plan, Query, encode};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, Stats, StatsAlloc};
use std::alloc::System;
use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

#[global_allocator]
static GLOBAL: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[derive(Table)]
#[orm(table = "workers")]
#[expect(dead_code, reason = "nothing is read")]
struct Worker {
    #[orm(primary_key)]
    id: i64,
    name: String,
    score: i32,
}

/// How many buffers were allocated. Another thread can only add to them, so the least counts.
fn allocations<T>(work: impl Fn() -> T) -> usize {
    least(work, |stats| stats.allocations)
}

/// How often one of them grew.
fn growth<T>(work: impl Fn() -> T) -> usize {
    least(work, |stats| stats.reallocations)
}

fn least<T>(work: impl Fn() -> T, count: impl Fn(Stats) -> usize) -> usize {
    let once = || {
        let region = Region::new(GLOBAL);
        let result = work();
        let change = region.change();
        drop(result);
        count(change)
    };
    (0..20).map(|_| once()).min().unwrap_or_default()
}

fn plan_of<Q: Query<I>, I>(_: &Q) -> &'static Plan {
    Q::PLAN
}

fn plan_of_command<Q: Command<I>, I>(_: &Q) -> &'static Plan {
    Q::PLAN
}

/// What is counted is of the whole process: one test at a time.
static COUNTING: Mutex<()> = Mutex::new(());

/// However slowly it is read.
#[test]
fn a_stream_holds_little_of_what_it_gives() -> Result<(), Box<dyn std::error::Error>> {
    const ROWS: i64 = 30_000;
    const LARGEST: usize = 1 << 20;
    let _alone = COUNTING.lock().unwrap_or_else(PoisonError::into_inner);
    let in_use = || {
        let stats = GLOBAL.stats();
        stats.bytes_allocated.saturating_sub(stats.bytes_deallocated)
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let schema = schema![Worker].create_sql();
        let fill =
            format!("insert into workers select n, repeat('x', 1000), 1 from generate_series(1, {ROWS}) n");
        let database = orm_testing::TestDb::with_schema(&format!("{schema};{fill}")).await?;
        let db = Db::connect(database.url()).await?;
        let before = in_use();
        let mut workers = select(Worker).stream(&db);
        let (mut rows, mut most) = (0, 0);
        while let Some(worker) = workers.next().await {
            drop(worker?);
            rows += 1;
            if rows % 1000 == 0 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                most = most.max(in_use().saturating_sub(before));
            }
        }
        assert_eq!(rows, ROWS);
        assert!(most < LARGEST, "{most} bytes are held");
        Ok(())
    })
}

#[test]
fn a_static_query_allocates_its_parameters_only() {
    let _alone = COUNTING.lock().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(allocations(|| Vec::<u8>::with_capacity(8)), 1, "the counter counts");

    let select_three = || select(Worker).filter(Worker.score.gt(5)).filter(Worker.name.eq("Ada")).limit(1);
    assert_eq!(allocations(select_three), 0, "building");
    assert_eq!(allocations(|| encode(&select_three())), 1, "three parameters");
    assert!(growth(|| encode(&select_three())) <= 2, "their buffer grows with them");
    assert_eq!(allocations(|| encode(&select(Worker))), 0, "no parameters");
    let update_two = || update(Worker).set(Worker.score, Worker.score + 1).find(7);
    assert_eq!(allocations(|| encode(&update_two())), 1, "an update");
    let insert_three = || insert(Worker).set(Worker.id, 1).set(Worker.name, "Ada").set(Worker.score, 1);
    assert_eq!(allocations(|| encode(&insert_three())), 1, "an insert");

    let (one, two) = (select_three(), select_three());
    let Ok(encoded) = encode(&one) else { return assert!(encode(&one).is_ok()) };
    let text = |plan: &'static Plan| match plan.text(encoded.present()) {
        Cow::Borrowed(text) => Some((text.as_ptr(), text.len())),
        Cow::Owned(_) => None,
    };
    assert!(text(plan_of(&one)).is_some(), "the text is a constant");
    assert_eq!(text(plan_of(&one)), text(plan_of(&two)), "the same one each time");
    assert!(std::ptr::eq(plan_of(&one), plan_of(&two)));
    assert!(text(plan_of_command(&update_two())).is_some());
    assert_eq!(allocations(|| plan_of(&one).text(encoded.present())), 0);

    // Of a statement with optional parts the plan and what is present are the key of what is prepared: nothing is
    // rendered to find it.
    let optional = |score: Option<i32>, name: Option<&'static str>| {
        let of_score = score.map(|score| Worker.score.gt(score));
        select(Worker).filter(of_score).filter(name.map(|name| Worker.name.eq(name)))
    };
    assert!(plan_of(&optional(None, None)).is_dynamic());
    assert!(std::ptr::eq(plan_of(&optional(Some(5), None)), plan_of(&optional(None, Some("Ada")))));
    assert_eq!(allocations(|| encode(&optional(None, None))), 0, "no condition");
    assert_eq!(allocations(|| encode(&optional(Some(5), Some("Ada")))), 1, "their parameters");
}

#[test]
fn the_statements_of_a_batch_share_their_memory() {
    let _alone = COUNTING.lock().unwrap_or_else(PoisonError::into_inner);
    let finds = || -> Vec<_> { (0..20).map(|id| batch::optional(select(Worker).find(id))).collect() };
    // The list itself, and what their parameters are in.
    let count = allocations(finds);
    assert!(count <= 3, "{count} buffers for 20 statements");

    // What was large is not kept for those that follow. Each thread has memory of its own for them.
    let large = "x".repeat(1 << 20);
    let held = || {
        let region = Region::new(GLOBAL);
        drop(batch::all(select(Worker).filter(Worker.name.eq(&large))));
        let change = region.change();
        change.bytes_allocated.saturating_sub(change.bytes_deallocated)
    };
    let once = || std::thread::scope(|scope| scope.spawn(held).join().unwrap_or(usize::MAX));
    let least = (0..20).map(|_| once()).min().unwrap_or_default();
    assert!(least < 1 << 16, "{least} bytes are held");
}
