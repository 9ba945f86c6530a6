//! Trying again what did not get its lock.

use super::options::Options;
use super::progress::{Event, Place, Progress};
use crate::error::Error;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;
use tokio::time::sleep;

/// `lock_not_available`, `deadlock_detected`, `serialization_failure`.
const BUSY: &[&str] = &["55P03", "40P01", "40001"];

/// How often a statement has been tried.
#[derive(Default)]
pub(super) struct Retry {
    tried: u32,
}

impl Retry {
    /// Waits until it is time to try again; the error, if that is of no use or has been done often enough.
    pub(super) async fn after(
        &mut self,
        error: Error,
        options: &Options,
        place: Place<'_>,
        progress: &mut dyn Progress,
    ) -> Result<(), Error> {
        if !is_busy(&error) {
            return Err(error);
        }
        self.tried += 1;
        if self.tried > options.retries {
            return Err(error.advise(format!(
                "it was tried {} times and waited {:.1?} for its locks each time; run it when the table is less busy, or \
                 see who holds it in `pg_locks`",
                self.tried, options.lock_timeout
            )));
        }
        let longest = options.backoff.saturating_mul(20);
        let pause = options.backoff.saturating_mul(1 << (self.tried - 1).min(10)).min(longest);
        let pause = jitter(pause);
        progress.event(Event::Busy { place, error: &error, tried: self.tried, pause });
        sleep(pause).await;
        Ok(())
    }
}

pub(super) fn is_busy(error: &Error) -> bool {
    error.sqlstate().is_some_and(|state| BUSY.contains(&state))
}

/// Between a half and all of it, so that those who were turned away together do not return together.
pub(super) fn jitter(pause: Duration) -> Duration {
    // The standard library's only source of chance.
    let random = RandomState::new().hash_one(0);
    let share = u32::try_from(random % 1000).unwrap_or_default();
    pause / 2 + pause / 2 * share / 1000
}
