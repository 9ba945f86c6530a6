//! Poolers: PgBouncer, where it is installed.

use super::helper::migrator;
use super::segments::MIXED;
use orm_testing::TestDb;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, fs};

/// A PgBouncer before one database, ended with the value.
struct Bouncer {
    process: Child,
    folder: PathBuf,
    url: String,
}

impl Bouncer {
    /// Nothing if it is not installed.
    async fn start(db: &TestDb, mode: &str) -> Option<Self> {
        let program = [
            "/usr/sbin/pgbouncer",
            "/usr/bin/pgbouncer",
            "/usr/local/bin/pgbouncer",
            "/opt/homebrew/bin/pgbouncer",
        ]
        .into_iter()
        .find(|path| Path::new(path).exists())?;
        let (user, rest) = db.url().split_once("://")?.1.split_once('@')?;
        let (user, password) = user.split_once(':').unwrap_or((user, ""));
        let (server, name) = rest.split_once('/')?;
        let (host, port) = server.split_once(':')?;
        let name = name.split('?').next()?;
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = env::temp_dir().join(format!("mizzle_bouncer_{free}"));
        fs::create_dir_all(&folder).unwrap();
        let config = format!(
            "[databases]\n{name} = host={host} port={port} dbname={name} user={user} password={password}\n\
             [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {free}\nauth_type = any\npool_mode = {mode}\n\
             unix_socket_dir =\nignore_startup_parameters = extra_float_digits\n"
        );
        let ini = folder.join("bouncer.ini");
        fs::write(&ini, config).unwrap();
        let mut command = Command::new(program);
        // It does not run as root, and says so only when it is.
        if Command::new("id").arg("-u").output().unwrap().stdout == b"0\n" {
            command.args(["-u", "nobody"]);
        }
        let process = command.arg(&ini).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let url = format!("postgres://{user}:{password}@127.0.0.1:{free}/{name}?sslmode=disable");
        let bouncer = Bouncer { process, folder, url };
        for _ in 0..300 {
            if orm_postgres::connect_driver(&bouncer.url).await.is_ok() {
                return Some(bouncer);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("PgBouncer did not start");
    }
}

impl Drop for Bouncer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test]
async fn one_of_transactions_is_refused() {
    for mode in ["transaction", "statement"] {
        let db = TestDb::new().await.unwrap();
        let Some(bouncer) = Bouncer::start(&db, mode).await else { return };
        for _ in 0..5 {
            let error = migrator(&bouncer.url, MIXED).run(&mut ()).await.unwrap_err().to_string();
            assert_eq!(
                error,
                "the URL leads to a pooler that hands out a connection for each transaction, and migrations need one of \
                 their own for their lock and settings; give the URL of the server itself, or of a pool of sessions",
                "{mode}"
            );
        }
    }
}

#[tokio::test]
async fn one_of_sessions_will_do() {
    let db = TestDb::new().await.unwrap();
    let Some(bouncer) = Bouncer::start(&db, "session").await else { return };
    assert_eq!(migrator(&bouncer.url, MIXED).run(&mut ()).await.unwrap().applied.len(), 2);
}
