//! Code that uses the tables all the time, and is to notice nothing.

use super::{Told, agree, grouped};
use mizzle::prelude::*;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::sleep;
use video::schema::AuthProviderType;
use video::{new, old};

/// Some tasks of one code.
pub(crate) struct Load {
    stopped: Arc<AtomicBool>,
    tasks: JoinSet<Told<Done>>,
}

/// What they did.
#[derive(Debug, Default)]
pub(crate) struct Done {
    calls: u64,
    longest: Duration,
}

/// Whose code it is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Code {
    Old,
    New,
}

impl Load {
    pub(crate) fn of(code: Code, db: &Db, tasks: u32) -> Self {
        let mut load = Load { stopped: Arc::default(), tasks: JoinSet::new() };
        for task in 0..tasks {
            let (db, stopped) = (db.clone(), load.stopped.clone());
            load.tasks.spawn(async move {
                let mut done = Done::default();
                let mut round = 0;
                while !stopped.load(Ordering::Relaxed) {
                    match code {
                        Code::Old => old_round(&db, task, round, &mut done).await?,
                        Code::New => new_round(&db, task, round, &mut done).await?,
                    }
                    round += 1;
                }
                Ok(done)
            });
        }
        load
    }

    /// Lets every task finish its round.
    pub(crate) async fn stop(mut self) -> Told<Done> {
        self.stopped.store(true, Ordering::Relaxed);
        let mut all = Done::default();
        while let Some(task) = self.tasks.join_next().await {
            let done = task??;
            all.calls += done.calls;
            all.longest = all.longest.max(done.longest);
        }
        Ok(all)
    }
}

impl Done {
    async fn call<T>(&mut self, call: impl Future<Output = Result<T, mizzle::Error>>) -> Told<T> {
        let begun = Instant::now();
        let done = call.await?;
        self.calls += 1;
        self.longest = self.longest.max(begun.elapsed());
        sleep(Duration::from_millis(8)).await;
        Ok(done)
    }
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Done { calls, longest } = self;
        write!(
            f,
            "It has made {} calls, of which none failed and the longest took {longest:.0?}.",
            grouped(calls)
        )
    }
}

/// What one of its users does.
async fn old_round(db: &Db, task: u32, round: u32, done: &mut Done) -> Told {
    // Some share a name, as they do in what was there before.
    let email = format!("guest{}@{round}.{task}.example", round / 3);
    let user = done.call(old::sign_up(db, &email, "Guest")).await?;
    done.call(old::log_in(db, &email)).await?.ok_or("old code does not find its user")?;
    done.call(old::call_oneself(db, user.id, "Guest of honour")).await?;
    let meeting = done.call(old::open(db, user.id, "Old meeting", &format!("o{task}-{round}"))).await?;
    if round.is_multiple_of(5) {
        agree(done.call(old::remove(db, &meeting)).await?, "old code does not remove its meeting")?;
    } else {
        agree(done.call(old::start(db, &meeting)).await?, "old code does not start its meeting")?;
        if round.is_multiple_of(2) {
            agree(done.call(old::close(db, &meeting)).await?, "old code does not close its meeting")?;
        }
    }
    Ok(())
}

async fn new_round(db: &Db, task: u32, round: u32, done: &mut Done) -> Told {
    let name = format!("new{task}.{round}");
    let email = format!("{name}@example.com");
    let registration = new::Registration {
        username: &name,
        email: &email,
        password_hash: Some("argon2id$made-up"),
        display_name: "Newcomer",
    };
    let user = done.call(new::register(db, registration)).await?;
    done.call(new::log_in(db, user.id)).await?;
    done.call(new::link(db, user.id, AuthProviderType::Google, &name)).await?;
    let room = done.call(new::create_room(db, user.id, &format!("n{task}-{round}"), "New room")).await?;
    done.call(new::start(db, room.id)).await?.ok_or("new code does not start its room")?;
    done.call(new::record(db, &room, &format!("recordings/{name}"))).await?;
    if round.is_multiple_of(3) {
        done.call(new::forget(db, user.id)).await?;
    } else if round % 3 == 1 {
        done.call(new::end(db, room.id)).await?.ok_or("new code does not end its room")?;
    }
    let trail = done.call(new::trail(db, room.id, 10, None)).await?;
    agree(trail.rows.len() >= 3, "new code does not find what it logged")
}
