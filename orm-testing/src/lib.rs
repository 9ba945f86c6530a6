//! A PostgreSQL database for each test.
//!
//! [`TestDb::new`] makes an empty database and drops it with the value, [`TestDb::with_schema`] clones one that
//! already holds a schema; [`TestServer`] starts a server with settings of its own. There is nothing to set up: any number of tests, threads and processes may ask at once.
//!
//! ```
//! use orm_testing::TestDb;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let db = TestDb::with_schema("create table users (id bigint primary key)").await?;
//!
//! let (client, connection) = tokio_postgres::connect(db.url(), tokio_postgres::NoTls).await?;
//! tokio::spawn(connection);
//! assert_eq!(client.execute("insert into users values (1)", &[]).await?, 1);
//! # Ok(())
//! # }
//! ```
//!
//! # Which server
//!
//! The first of these that is there, PostgreSQL 13 or newer:
//!
//! 1. the server of `DATABASE_URL`, whose user must be allowed to create databases;
//! 2. the programs in `MIZZLE_PG_BIN`, on `PATH`, in `pg_config --bindir`, or where Debian, Red Hat, Homebrew and
//!    Postgres.app put them, run as a private cluster (Unix only).
//!
//! The private cluster lives in the folder for temporary files, listens on 127.0.0.1 behind a random password, and
//! runs as the user `postgres` (or `nobody`) when the tests run as root. It trades safety for speed: `fsync` is off.
//! All test processes of a user share one, and it goes away a few seconds after the last of them.
//!
//! # What stays behind
//!
//! Nothing, even if a test process is killed. On a private cluster the databases go with the server. On the server
//! of `DATABASE_URL` each process leaves a small shell behind its back that drops what the process did not live to
//! drop; it needs `psql`, and without it the next test process does the same.

mod error;
mod test_db;
mod test_server;

mod admin;
mod schema;
mod sweep;

mod server;
mod url;

#[cfg(unix)]
mod binaries;
#[cfg(unix)]
mod cluster;
#[cfg(unix)]
mod folder;

pub use error::Error;
pub use test_db::TestDb;
pub use test_server::{TestServer, TestServerBuilder};
