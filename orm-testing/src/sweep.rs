//! Sweeping: databases of processes that are gone are dropped.
//!
//! Names carry what a sweep needs: `mizzle_test_<scope>_<key>_<number>` and `mizzle_template_<scope>_<key>`. Each
//! process holds a shared advisory lock on the key of its databases and on those of the templates it uses, from a
//! connection that the server closes however the process ends. So the database of a key that can be locked is
//! nobody's. Advisory locks belong to the database one is connected to; the scope is its `oid`, and a sweep leaves
//! other scopes alone for as long as they exist.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::process::Child;

use tokio_postgres::{Config, SimpleQueryMessage};

use crate::admin::{self, Admin};
use crate::error::Result;

/// Seconds after which a template that nobody uses is dropped by the next process to start. Not at once: in a run
/// with a process for each test, none may use it just now.
const TEMPLATE_AGE: u32 = 3600;

/// What to drop.
#[derive(Clone, Copy)]
enum Extent {
    Tests,
    /// Templates too, if they were made so many seconds ago.
    Templates {
        age: u32,
    },
}

/// A key no other process has.
pub(crate) fn random_key() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

/// The statement that keeps sweeps away from the databases with `key`.
pub(crate) fn lock_sql(key: &str) -> String {
    format!("select pg_advisory_lock_shared(hashtextextended('{key}', 0))")
}

/// Drops what dead processes left. What fails is left to the next sweep.
pub(crate) async fn sweep(admin: &'static Admin) {
    // A private cluster takes its templates with it.
    let age = if admin.is_private() { u32::MAX } else { TEMPLATE_AGE };
    let _left_to_the_next = try_sweep(admin, age).await;
}

async fn try_sweep(admin: &'static Admin, age: u32) -> Result<()> {
    // Not given back: closing the session releases the locks it takes.
    let session = admin.session().await?;
    let list = list_sql(admin.scope(), Extent::Templates { age });
    let rows = session.simple_query(&list).await.map_err(|e| admin::statement(&list, e))?;
    for row in rows {
        if let SimpleQueryMessage::Row(row) = row
            && let Some(drop) = row.get(0)
        {
            admin::run(&session, drop).await?;
        }
    }
    Ok(())
}

/// A query that locks the keys of abandoned databases and yields a statement to drop each.
fn list_sql(scope: u32, extent: Extent) -> String {
    let lock = "pg_try_advisory_lock(hashtextextended(split_part(datname, '_', 4), 0))";
    let templates = match extent {
        Extent::Tests => String::new(),
        Extent::Templates { age } => format!(
            "when datname like 'mizzle\\_template\\_{scope}\\_%' \
             and extract(epoch from now()) - shobj_description(oid, 'pg_database')::int8 >= {age} then {lock} "
        ),
    };
    // Nobody can be connected to a scope that was dropped, so nobody holds a lock in it.
    let orphans = "when datname ~ '^mizzle_(test|template)_[0-9]+_' \
                   and split_part(datname, '_', 3) not in (select oid::text from pg_database) then true ";
    format!(
        "select format('drop database if exists %I with (force)', datname) from pg_database where case \
         when datname like 'mizzle\\_test\\_{scope}\\_%' then {lock} {templates}{orphans}else false end"
    )
}

/// A shell that lives a little longer than this process and sweeps after it, on a server that lives on.
pub(crate) struct Heir {
    /// It waits for the other end of its standard input to be closed, which is ours.
    _shell: Child,
}

impl Heir {
    /// Starts the heir; without `psql` or a shell there is none.
    #[cfg(unix)]
    pub(crate) fn start(config: &Config, scope: u32) -> Option<Self> {
        use std::os::unix::process::CommandExt;
        use std::process::{Command, Stdio};

        let mut command = Command::new("sh");
        command
            .args(["-c", include_str!("heir.sh"), "mizzle-test-heir"])
            .arg(list_sql(scope, Extent::Tests))
            .arg(list_sql(scope, Extent::Templates { age: 0 }))
            .envs(psql_environment(config))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        let path = std::env::var_os("PATH").unwrap_or_default();
        if let Ok(binaries) = crate::binaries::find() {
            let folders = std::env::split_paths(&path).chain([binaries]);
            command.env("PATH", std::env::join_paths(folders).unwrap_or(path));
        }
        Some(Self { _shell: command.spawn().ok()? })
    }

    #[cfg(not(unix))]
    pub(crate) fn start(_config: &Config, _scope: u32) -> Option<Self> {
        None
    }
}

/// The connection's parameters as `psql` reads them, out of sight of those who list processes.
#[cfg(unix)]
fn psql_environment(config: &Config) -> Vec<(&'static str, String)> {
    use std::fmt::Display;
    use tokio_postgres::config::Host;

    fn join(parts: impl Iterator<Item = impl Display>) -> String {
        parts.map(|part| part.to_string()).collect::<Vec<_>>().join(",")
    }
    let hosts = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        Host::Unix(path) => path.display().to_string(),
    });
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let parameters = [
        ("PGHOST", Some(join(hosts))),
        ("PGPORT", Some(join(config.get_ports().iter()))),
        ("PGUSER", config.get_user().map(str::to_owned)),
        ("PGPASSWORD", config.get_password().map(text)),
        ("PGDATABASE", config.get_dbname().map(str::to_owned)),
    ];
    parameters.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
