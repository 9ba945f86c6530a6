//! The memory that a statement runs in, which a thread keeps for its next statement.

use crate::error::Error;
use crate::execution::{Execution, Wanted, idle};
use crate::executor::Place;
use crate::fetch::Sink;
use orm_core::args::Args;
use orm_core::query::Plan;
use std::cell::Cell;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

type Running = Pin<Box<dyn Execution + Send>>;

thread_local! {
    /// One is kept: it is as large as the driver's futures are, so that allocating and freeing it each time would take
    /// half as long as all else that mizzle adds to a statement.
    static IDLE: Cell<Option<Running>> = const { Cell::new(None) };
}

/// What a statement runs in, as long as the borrow `'c` of the place where it runs lasts.
pub(crate) struct Frame<'c> {
    /// There from the first use to the end.
    running: Option<Running>,
    place: PhantomData<&'c ()>,
}

impl<'c> Frame<'c> {
    /// The thread's own, if no other statement of it is under way.
    pub(crate) fn new() -> Self {
        // A thread that is about to end keeps none.
        let running = IDLE.try_with(Cell::take).ok().flatten();
        Frame { running, place: PhantomData }
    }

    /// Where the statement's parameters go.
    pub(crate) fn args(&mut self) -> &mut Args {
        self.running().args()
    }

    /// With the statement, settled.
    pub(crate) fn start(mut self, place: Place<'c>, plan: &'static Plan, wanted: Wanted) -> Self {
        self.running().start(place.on, plan, wanted);
        self
    }

    pub(crate) fn poll_rows(
        &mut self,
        cx: &mut Context<'_>,
        rows: &mut dyn Sink,
    ) -> Poll<Result<u64, Error>> {
        self.running().poll_rows(cx, rows)
    }

    pub(crate) fn poll_row(
        &mut self,
        cx: &mut Context<'_>,
        rows: &mut dyn Sink,
    ) -> Poll<Result<bool, Error>> {
        self.running().poll_row(cx, rows)
    }

    /// Reads what has come of a statement that is given up: if that is all, its connection can be used again.
    pub(crate) fn settle(&mut self) {
        self.running().settle(&mut Context::from_waker(Waker::noop()));
    }

    pub(crate) fn with_sql(&mut self, error: Error) -> Error {
        self.running().with_sql(error)
    }

    #[inline]
    fn running(&mut self) -> Pin<&mut (dyn Execution + Send)> {
        match &mut self.running {
            Some(running) => running.as_mut(),
            none => none.insert(idle()).as_mut(),
        }
    }
}

impl Drop for Frame<'_> {
    fn drop(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.as_mut().stop();
            // At the end of the thread it is freed.
            let _ = IDLE.try_with(|idle| idle.set(Some(running)));
        }
    }
}
