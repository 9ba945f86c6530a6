//! `mizzle.toml`: where a project keeps what.

use crate::error::Error;
use serde::Deserialize;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The configuration of a project; every line of it may be absent.
///
/// ```
/// use orm_kit::config::Config;
///
/// let config = Config::parse("migrations = \"db/migrations\"")?;
/// assert_eq!(config.migrations.to_str(), Some("db/migrations"));
/// assert_eq!(config.schema.to_str(), Some("src/schema.rs"));
/// # Ok::<(), orm_kit::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The folder of the migrations.
    pub migrations: PathBuf,
    /// The file that `pull` writes.
    pub schema: PathBuf,
    /// The binary of the project that holds the compiled schema.
    pub bin: String,
    /// The package of that binary, in a workspace of several.
    pub package: Option<String>,
    /// The database, unless `DATABASE_URL` or `--url` names one.
    pub url: Option<String>,
    /// The schema of the journal, in the database.
    pub journal: String,
    /// Schemas of the database that the kit manages; else those of the compiled schema.
    pub schemas: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            migrations: "migrations".into(),
            schema: "src/schema.rs".into(),
            bin: "kit".to_owned(),
            package: None,
            url: None,
            journal: "mizzle".to_owned(),
            schemas: Vec::new(),
        }
    }
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// When it is not TOML, or says something that the kit does not know.
    pub fn parse(text: &str) -> Result<Self, Error> {
        toml::from_str(text)
            .map_err(|error| Error::new(error.message().to_owned()).at_line(line(text, &error)))
    }

    /// Reads a configuration file; one that is not there says nothing.
    ///
    /// # Errors
    /// When it cannot be read, or as [`Config::parse`].
    pub fn read(file: &Path) -> Result<Self, Error> {
        match fs::read_to_string(file) {
            Ok(text) => Config::parse(&text).map_err(|error| error.in_file(file.display().to_string())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Config::default()),
            Err(error) => Err(Error::new("the configuration cannot be read")
                .in_file(file.display().to_string())
                .caused_by(error)),
        }
    }

    /// The database: `given`, else that of `DATABASE_URL`, else the file's.
    ///
    /// # Errors
    /// When nothing names one.
    pub fn database(&self, given: Option<&str>) -> Result<String, Error> {
        let of_environment = || env::var("DATABASE_URL").ok().filter(|url| !url.is_empty());
        given.map(str::to_owned).or_else(of_environment).or_else(|| self.url.clone()).ok_or_else(|| {
            Error::new("no database is named").advise(
                "say `--url postgres://user@host/name`, set DATABASE_URL, or write `url` into mizzle.toml",
            )
        })
    }
}

/// The line of an error, counted from one.
fn line(text: &str, error: &toml::de::Error) -> usize {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    before.matches('\n').count() + 1
}
