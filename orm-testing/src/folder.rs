//! [`Folder`]: the private cluster's folder, safe to share among the processes of one user.

use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, Kind, Result};
use crate::sweep;

/// A folder in the one for temporary files, that only its user can enter.
pub(crate) struct Folder {
    path: PathBuf,
    user: User,
}

/// Who runs the tests, and who runs the server: not the same if the tests run as root, which a server refuses.
#[derive(Clone, Copy)]
pub(crate) struct User {
    own: u32,
    pub(crate) server: u32,
    pub(crate) group: u32,
}

impl User {
    fn current() -> Result<Self> {
        let own = id(&["-u"])?;
        if own != 0 {
            return Ok(Self { own, server: own, group: id(&["-g"])? });
        }
        let named = |name| Ok(Self { own, server: id(&["-u", name])?, group: id(&["-g", name])? });
        named("postgres").or_else(|_: Error| named("nobody"))
    }

    pub(crate) fn is_root(&self) -> bool {
        self.own == 0
    }
}

impl Folder {
    /// The folder for the server made of the programs in `binaries` that all share.
    pub(crate) fn shared(binaries: &Path) -> Result<Self> {
        // Two versions of this crate, or of PostgreSQL, may run at once and must not meet.
        let mut hasher = DefaultHasher::new();
        (binaries, env!("CARGO_PKG_VERSION")).hash(&mut hasher);
        Self::named(&format!("{:016x}", hasher.finish()))
    }

    /// A folder for a server of the caller's own.
    pub(crate) fn own() -> Result<Self> {
        Self::named(&format!("own-{}", sweep::random_key()))
    }

    fn named(name: &str) -> Result<Self> {
        let user = User::current()?;
        let temporary = env::temp_dir();
        let temporary = temporary.canonicalize().map_err(|e| Error::io("find the folder", &temporary, e))?;
        Ok(Self { path: temporary.join(format!("mizzle-{}-{name}", user.own)), user })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn user(&self) -> User {
        self.user
    }

    /// Makes the folder where needed and takes the lock that serialises start and stop, or says `None` if the folder
    /// was removed meanwhile: try again.
    pub(crate) fn enter(&self) -> Result<Option<File>> {
        self.make()?;
        let lock = match self.open("start") {
            Ok(lock) => lock,
            Err(_) if !self.path.exists() => return Ok(None),
            Err(error) => return Err(error),
        };
        let path = self.path.join("start");
        lock.lock().map_err(|e| Error::io("lock", &path, e))?;
        // Whoever held the lock before may have removed the folder with it.
        let held = lock.metadata().map_err(|e| Error::io("look at", &path, e))?;
        match fs::metadata(&path) {
            Ok(there) if there.ino() == held.ino() && there.dev() == held.dev() => Ok(Some(lock)),
            Ok(_) => Ok(None),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Error::io("look at", &path, e)),
        }
    }

    /// Opens a file of the folder, and makes it where needed.
    pub(crate) fn open(&self, name: &str) -> Result<File> {
        let path = self.path.join(name);
        let options = OpenOptions::new().read(true).append(true).create(true).mode(0o644).open(&path);
        options.map_err(|e| Error::io("open", &path, e))
    }

    /// Reads a file of the folder, empty if it is not there.
    pub(crate) fn read(&self, name: &str) -> Result<String> {
        let path = self.path.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(String::new()),
            Err(e) => Err(Error::io("read", &path, e)),
        }
    }

    /// Writes a file that only the server's user can read.
    pub(crate) fn write_secret(&self, name: &str, content: &str) -> Result<()> {
        let path = self.path.join(name);
        let write = || {
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
            io::Write::write_all(&mut file, content.as_bytes())?;
            self.give(&path)
        };
        write().map_err(|e| Error::io("write", &path, e))
    }

    /// Makes a folder in it, for the server's user.
    pub(crate) fn make_inner(&self, name: &str) -> Result<()> {
        let path = self.path.join(name);
        let make = || {
            DirBuilder::new().mode(0o700).create(&path)?;
            self.give(&path)
        };
        make().map_err(|e| Error::io("make the folder", &path, e))
    }

    /// Removes what a keeper that was killed left behind. Its server, if it still runs, ends by itself within a
    /// minute, when it misses its `postmaster.pid`.
    pub(crate) fn clear(&self) -> Result<()> {
        let data = self.path.join("data");
        // A server that still runs may put a file into a folder we just emptied, so one try may not do.
        let mut removed = fs::remove_dir_all(&data);
        for _ in 0..3 {
            if removed.as_ref().is_err_and(|e| e.kind() == ErrorKind::DirectoryNotEmpty) {
                removed = fs::remove_dir_all(&data);
            }
        }
        unless_absent(removed).map_err(|e| Error::io("remove", &data, e))?;
        for name in ["log", "password", "state"] {
            let path = self.path.join(name);
            unless_absent(fs::remove_file(&path)).map_err(|e| Error::io("remove", &path, e))?;
        }
        Ok(())
    }

    /// Removes the folder. Only for the holder of its lock.
    pub(crate) fn remove(&self) -> Result<()> {
        fs::remove_dir_all(&self.path).map_err(|e| Error::io("remove", &self.path, e))
    }

    fn make(&self) -> Result<()> {
        let path = &self.path;
        let bad = |why| Err(Kind::Folder { path: path.clone(), why }.into());
        if let Err(e) = DirBuilder::new().mode(0o700).create(path)
            && e.kind() != ErrorKind::AlreadyExists
        {
            return Err(Error::io("make the folder", path, e));
        }
        let found = match fs::symlink_metadata(path) {
            Ok(found) => found,
            // The last keeper took it away; `enter` finds out.
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(Error::io("look at", path, e)),
        };
        if !found.is_dir() {
            return bad("is not a folder");
        }
        if found.mode() & 0o077 != 0 {
            return bad("is open to other users");
        }
        if found.uid() == self.user.server {
            return Ok(());
        }
        if found.uid() != self.user.own {
            return bad("belongs to another user");
        }
        self.give(path).map_err(|e| Error::io("change the owner of", path, e))
    }

    /// Gives a file of root's to the server's user.
    fn give(&self, path: &Path) -> io::Result<()> {
        if self.user.is_root() { chown(path, Some(self.user.server), Some(self.user.group)) } else { Ok(()) }
    }
}

/// Asks `id`, as the standard library does not tell.
fn id(arguments: &[&str]) -> Result<u32> {
    let failed = |e| Error::io("learn the user from", Path::new("id"), e);
    let output = Command::new("id").args(arguments).output().map_err(failed)?;
    let number = String::from_utf8_lossy(&output.stdout);
    number.trim().parse().map_err(|e| failed(io::Error::new(ErrorKind::NotFound, e)))
}

fn unless_absent(result: io::Result<()>) -> io::Result<()> {
    result.or_else(|e| if e.kind() == ErrorKind::NotFound { Ok(()) } else { Err(e) })
}
