//! One migrator at a time: an advisory lock of the session.

use super::options::Options;
use super::pooler::pooled;
use super::progress::{Event, Progress};
use super::retry::jitter;
use super::session::Session;
use crate::error::Error;
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// The first half of the key: `mizz`.
const CLASS: u32 = 0x6d69_7a7a;

/// How long nothing is said about waiting.
const QUIET: Duration = Duration::from_secs(1);

/// The second half of the key: every journal has a lock of its own.
fn object(schema: &str) -> u32 {
    Sha256::digest(schema).iter().take(4).fold(0, |key, byte| key << 8 | u32::from(*byte))
}

fn row(schema: &str) -> String {
    format!(
        "l.locktype = 'advisory' and l.granted and l.classid = {CLASS} and l.objid = {} and l.objsubid = 2 and \
         l.database = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())",
        object(schema)
    )
}

fn call(function: &str, schema: &str) -> String {
    // The server shows the halves without sign, and takes them with one.
    let (class, object) = (CLASS.cast_signed(), object(schema).cast_signed());
    format!("select pg_catalog.{function}(({class})::int4, ({object})::int4)::text")
}

/// Takes the lock, or says who has it.
pub(super) async fn lock(
    session: &Session,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<(), Error> {
    let Options { schema, wait, .. } = options;
    let begun = Instant::now();
    let mut said = begun;
    loop {
        if session.value(&call("pg_try_advisory_lock", schema)).await?.as_deref() == Some("true") {
            return check(session, schema).await;
        }
        let waited = begun.elapsed();
        if waited >= *wait {
            let holder = holder(session, schema).await?;
            return Err(Error::new(format!(
                "another migrator is at work, and did not finish in {wait:.0?}: {holder}; wait for it, or end it by \
                 `pg_terminate_backend`"
            )));
        }
        if waited > QUIET && said.elapsed() > QUIET {
            let holder = holder(session, schema).await?;
            progress.event(Event::Waiting { holder: &holder, waited });
            said = Instant::now();
        }
        let pause = Duration::from_millis(50).max(waited / 10).min(QUIET);
        sleep(jitter(pause).min(wait.saturating_sub(waited))).await;
    }
}

/// We are who we were, and have the lock.
pub(super) async fn check(session: &Session, schema: &str) -> Result<(), Error> {
    let pid = session.pid;
    let held = format!(
        "select 1 where pg_catalog.pg_backend_pid() = {pid} and exists \
         (select from pg_catalog.pg_locks l where {} and l.pid = {pid})",
        row(schema)
    );
    session.value(&held).await?.map(drop).ok_or_else(pooled)
}

pub(super) async fn unlock(session: &Session, schema: &str) -> Result<(), Error> {
    session.execute(&call("pg_advisory_unlock", schema)).await.map(drop)
}

async fn holder(session: &Session, schema: &str) -> Result<String, Error> {
    let sql = format!(
        "select pg_catalog.concat_ws(', ', 'process ' || l.pid, 'user ' || a.usename, \
         'from ' || pg_catalog.host(a.client_addr), 'since ' || pg_catalog.date_trunc('second', a.backend_start), \
         'it runs `' || nullif(pg_catalog.left(pg_catalog.regexp_replace(a.query, '\\s+', ' ', 'g'), 80), '') || '`') \
         from pg_catalog.pg_locks l left join pg_catalog.pg_stat_activity a on a.pid = l.pid where {}",
        row(schema)
    );
    Ok(session.value(&sql).await?.unwrap_or_else(|| "it has just finished".to_owned()))
}
