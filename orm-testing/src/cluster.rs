//! The private cluster: joined by every test process, run by a keeper that outlives them.
//!
//! Four files of the cluster's [`Folder`] coordinate the processes, three of them by `flock`, which the system
//! releases however a process ends:
//!
//! | file | held by | means |
//! |---|---|---|
//! | `start` | whoever joins or stops, exclusively | the folder does not change meanwhile |
//! | `users` | each test process, shared | the server is in use |
//! | `keeper` | the keeper (`keeper.sh`), exclusively | there is one, and it will clean up |
//! | `state` | | `ready PORT` or `failed`, written by the keeper |
//!
//! The keeper waits for `users` to be free, then some seconds, then takes `start` and looks at `users` once more: so
//! nobody can join a server that is about to stop.
//!
//! A process killed in the millisecond between making the folder and starting the keeper leaves a folder with a few
//! small files and no server; the next to join uses it.

use std::fs::{File, TryLockError};
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::binaries;
use crate::error::{Error, Kind, Result};
use crate::folder::Folder;
use crate::url::ServerUrl;

const KEEPER: &str = include_str!("keeper.sh");

/// How long an unused server waits for the next test binary.
const GRACE: Duration = Duration::from_secs(5);

/// How long a start may take on a machine busy with compiling.
const PATIENCE: Duration = Duration::from_secs(60);

/// The mark that this process uses the server; the system takes it away with the process.
pub(crate) struct Member {
    _users: File,
}

/// Joins the cluster, and starts it if there is none. Blocks for as long as that takes.
pub(crate) fn join() -> Result<(ServerUrl, Member)> {
    let binaries = binaries::find()?;
    enter(&Folder::shared(&binaries)?, &binaries, GRACE, |_| Ok(()))
}

/// Starts a cluster that nobody else joins and that ends with its one member, out of what `prepare` puts into its
/// folder: `settings` for the end of `postgresql.conf`, and `files` to be copied to the data.
pub(crate) fn own(prepare: impl Fn(&Folder) -> Result<()>) -> Result<(ServerUrl, Member)> {
    let binaries = binaries::find_installed()?;
    enter(&Folder::own()?, &binaries, Duration::ZERO, prepare)
}

fn enter(
    folder: &Folder,
    binaries: &Path,
    grace: Duration,
    prepare: impl Fn(&Folder) -> Result<()>,
) -> Result<(ServerUrl, Member)> {
    let start = loop {
        if let Some(start) = folder.enter()? {
            break start;
        }
    };

    let users = folder.open("users")?;
    users.lock_shared().map_err(|e| Error::io("lock", folder.path(), e))?;
    if let Some(keeper) = lock_keeper(folder)? {
        folder.clear()?;
        folder.write_secret("password", &random_password()?)?;
        prepare(folder)?;
        spawn_keeper(folder, keeper, binaries, grace)?;
    }
    let port = await_port(folder)?;
    let password = folder.read("password")?;
    drop(start);

    let url = format!("postgres://postgres:{password}@127.0.0.1:{port}/postgres");
    let url = ServerUrl::parse(&url).ok_or(Kind::NotAUrl)?;
    Ok((url, Member { _users: users }))
}

/// Takes the keeper's lock if there is no keeper.
fn lock_keeper(folder: &Folder) -> Result<Option<File>> {
    let keeper = folder.open("keeper")?;
    match keeper.try_lock() {
        Ok(()) => Ok(Some(keeper)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(e)) => Err(Error::io("lock", folder.path(), e)),
    }
}

/// Starts the keeper, with the lock that says so as its standard input: it is held from the first moment, and until
/// the keeper ends.
fn spawn_keeper(folder: &Folder, keeper: File, binaries: &Path, grace: Duration) -> Result<()> {
    let log = folder.open("log")?;
    let errors = log.try_clone().map_err(|e| Error::io("open the log in", folder.path(), e))?;
    let mut command = Command::new("sh");
    command
        .args(["-c", KEEPER, "mizzle-test-server"])
        .arg(binaries)
        .arg(grace.as_secs().to_string())
        .args(free_ports()?.iter().map(u16::to_string))
        .current_dir(folder.path())
        // The log is quoted in errors, and read for nothing else.
        .env("LC_ALL", "C")
        .stdin(keeper)
        .stdout(log)
        .stderr(Stdio::from(errors))
        // A Ctrl-C is for the tests; the keeper goes when they are gone.
        .process_group(0);
    if folder.user().is_root() {
        command.uid(folder.user().server).gid(folder.user().group);
    }
    let spawned = command.spawn();
    spawned.map(drop).map_err(|e| Error::io("run `sh` in", folder.path(), e))
}

/// Some ports that are free now; the server takes the first that still is when it starts.
fn free_ports() -> Result<Vec<u16>> {
    let bind = || TcpListener::bind(("127.0.0.1", 0));
    let failed = |e| Error::io("listen on", Path::new("127.0.0.1"), e);
    let held: Vec<TcpListener> = (0..5).map(|_| bind()).collect::<Result<_, _>>().map_err(failed)?;
    held.iter().map(|listener| Ok(listener.local_addr().map_err(failed)?.port())).collect()
}

fn await_port(folder: &Folder) -> Result<u16> {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        let state = folder.read("state")?;
        if let Some(port) = state.trim_end().strip_prefix("ready ").and_then(|port| port.parse().ok()) {
            return Ok(port);
        }
        let abandoned = lock_keeper(folder)?.is_some();
        if abandoned || state.starts_with("failed") {
            let error = Kind::Start { log: last_lines(&folder.read("log")?) };
            if abandoned {
                folder.remove()?;
            }
            return Err(error.into());
        }
        sleep(Duration::from_millis(10));
    }
    Err(Kind::Slow { seconds: PATIENCE.as_secs() }.into())
}

fn last_lines(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines.get(lines.len().saturating_sub(10)..).unwrap_or_default().join("\n")
}

/// Other users of the machine can reach 127.0.0.1 too, and a superuser can run programs as the server's user.
fn random_password() -> Result<String> {
    let source = Path::new("/dev/urandom");
    let mut bytes = [0; 16];
    let read = File::open(source).and_then(|mut file| file.read_exact(&mut bytes));
    read.map_err(|e| Error::io("read", source, e))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
