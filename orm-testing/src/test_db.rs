//! [`TestDb`]: a database that lives as long as the value.

use std::fmt;

use crate::admin::{Admin, admin};
use crate::error::Result;
use crate::{Error, schema};

/// A database of a test's own, dropped with the value.
///
/// The drop is handed to a thread in the background and cuts the connections that are still open, so it does not
/// matter in what order a test lets go of its database and its clients.
///
/// # Example
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), orm_testing::Error> {
/// let one = orm_testing::TestDb::new().await?;
/// let two = orm_testing::TestDb::new().await?;
/// assert_ne!(one.url(), two.url());
/// # Ok(())
/// # }
/// ```
#[must_use = "the database is dropped with the value"]
pub struct TestDb {
    name: String,
    url: String,
    admin: &'static Admin,
}

impl TestDb {
    /// Makes an empty database.
    ///
    /// # Example
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), orm_testing::Error> {
    /// let db = orm_testing::TestDb::new().await?;
    /// assert!(db.url().starts_with("postgres"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no server, it does not start, or it does not let us make a database.
    pub async fn new() -> Result<Self, Error> {
        // Nobody can be connected to `template0`, so it can always be copied.
        Self::copy(admin().await?, "template0").await
    }

    /// Makes a database that holds the result of `sql`, any number of statements.
    ///
    /// The statements run once for each distinct text, in a template that all test processes share; each call then
    /// copies the template, which costs no more than an empty database.
    ///
    /// # Example
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), orm_testing::Error> {
    /// const SCHEMA: &str = "
    ///     create table users (id bigint primary key, name text not null);
    ///     insert into users values (1, 'Ada');
    /// ";
    /// let db = orm_testing::TestDb::with_schema(SCHEMA).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), and if a statement of `sql` fails.
    pub async fn with_schema(sql: &str) -> Result<Self, Error> {
        let admin = admin().await?;
        let template = schema::template(admin, sql).await?;
        Self::copy(admin, &template).await
    }

    /// The URL to connect to the database with.
    ///
    /// # Example
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let db = orm_testing::TestDb::new().await?;
    /// let (client, connection) = tokio_postgres::connect(db.url(), tokio_postgres::NoTls).await?;
    /// # tokio::spawn(connection);
    /// # client.batch_execute("select 1").await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    pub(crate) async fn copy(admin: &'static Admin, template: &str) -> Result<Self> {
        let name = admin.fresh_name();
        let url = admin.url_of(&name);
        // The value comes before its database, so that a caller that stops waiting for it drops what comes of it.
        let db = Self { name, url, admin };
        admin.create(&db.name, template).await?;
        Ok(db)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        self.admin.drop_soon(&self.name);
    }
}

impl fmt::Debug for TestDb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL may hold the password of the developer's own server.
        f.debug_struct("TestDb").field("name", &self.name).finish_non_exhaustive()
    }
}
