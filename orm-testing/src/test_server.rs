//! [`TestServer`]: a server with settings of its own, that lives as long as the value.

use std::fmt;

use crate::Error;

/// A private PostgreSQL server for tests of what a shared one cannot show: its settings, its files, its access rules.
///
/// It takes about two seconds to start, so tests that can do so share one. It is stopped, and all it wrote removed,
/// when the value is dropped or the process ends, however it ends. Unix only, and always by the programs installed,
/// whatever `DATABASE_URL` says.
///
/// # Example
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use orm_testing::TestServer;
///
/// let server = TestServer::builder()
///     .setting("password_encryption", "md5")
///     .file("pg_hba.conf", "host all all 127.0.0.1/32 scram-sha-256")
///     .start()
///     .await?;
/// let (client, connection) = tokio_postgres::connect(server.url(), tokio_postgres::NoTls).await?;
/// tokio::spawn(connection);
/// let row = client.query_one("show password_encryption", &[]).await?;
/// assert_eq!(row.get::<_, &str>(0), "md5");
/// # Ok(())
/// # }
/// ```
#[must_use = "the server is stopped with the value"]
pub struct TestServer {
    url: String,
    #[cfg(unix)]
    _member: crate::cluster::Member,
}

/// How a [`TestServer`] differs from the default; made by [`TestServer::builder`].
#[derive(Clone, Debug, Default)]
#[must_use = "it does nothing until `start`"]
pub struct TestServerBuilder {
    settings: String,
    files: Vec<(String, String)>,
}

impl TestServer {
    /// Settings for a server.
    pub fn builder() -> TestServerBuilder {
        TestServerBuilder::default()
    }

    /// The URL of the database `postgres` for the superuser `postgres`, with a password, at an address of 127.0.0.1.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl TestServerBuilder {
    /// Adds a line to `postgresql.conf`. A later one of the same name counts.
    pub fn setting(mut self, name: &str, value: &str) -> Self {
        let value = value.replace('\\', "\\\\").replace('\'', "''");
        self.settings += &format!("{name} = '{value}'\n");
        self
    }

    /// Puts a file into the folder of the data before the server starts, where settings find it by its name; one that
    /// is there already (`pg_hba.conf`) is replaced. Only the server can read it.
    pub fn file(mut self, name: &str, content: &str) -> Self {
        self.files.push((name.to_owned(), content.to_owned()));
        self
    }

    /// Starts the server and waits until it takes connections.
    ///
    /// # Errors
    ///
    /// If PostgreSQL's programs are not installed, or the server does not start; the error shows what it said last.
    #[cfg(unix)]
    pub async fn start(self) -> Result<TestServer, Error> {
        use crate::cluster;
        use crate::error::Kind;

        let prepare = move |folder: &crate::folder::Folder| {
            folder.write_secret("settings", &self.settings)?;
            if self.files.is_empty() {
                return Ok(());
            }
            folder.make_inner("files")?;
            self.files
                .iter()
                .try_for_each(|(name, content)| folder.write_secret(&format!("files/{name}"), content))
        };
        let started = tokio::task::spawn_blocking(move || cluster::own(prepare)).await;
        let (url, member) = started.map_err(|_| Kind::Thread)??;
        Ok(TestServer { url: url.as_given(), _member: member })
    }

    /// Fails: servers are only started on Unix.
    ///
    /// # Errors
    ///
    /// Always.
    #[cfg(not(unix))]
    pub async fn start(self) -> Result<TestServer, Error> {
        Err(crate::error::Kind::NotInstalled.into())
    }
}

impl fmt::Debug for TestServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestServer").finish_non_exhaustive()
    }
}
