//! [`ServerUrl`]: a connection URL that can be pointed at another database.

/// The parts around the database's name: `postgres://user:password@host:5432`, `/name`, `?sslmode=disable`.
#[derive(Clone)]
pub(crate) struct ServerUrl {
    server: String,
    database: String,
    options: String,
}

impl ServerUrl {
    /// Takes `url` apart, or says `None` if it is not one.
    pub(crate) fn parse(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        if !matches!(scheme, "postgres" | "postgresql") {
            return None;
        }
        let (rest, options) = split_before(rest, '?');
        let (authority, database) = split_before(rest, '/');
        Some(Self {
            server: format!("{scheme}://{authority}"),
            database: database.into(),
            options: options.into(),
        })
    }

    /// The URL as it was given, which names the database that the statements on other databases are sent to.
    pub(crate) fn as_given(&self) -> String {
        let Self { server, database, options } = self;
        format!("{server}{database}{options}")
    }

    /// The URL of another database of the same server.
    pub(crate) fn with_database(&self, name: &str) -> String {
        let Self { server, database: _, options } = self;
        format!("{server}/{name}{options}")
    }
}

/// Splits before the first `mark`, which stays with the second part.
fn split_before(text: &str, mark: char) -> (&str, &str) {
    text.find(mark).and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::ServerUrl;

    #[test]
    fn changes_the_database_only() {
        let table = [
            ("postgres://a:b@h:1/d", "postgres://a:b@h:1/x"),
            ("postgresql://h", "postgresql://h/x"),
            ("postgres://h?sslmode=disable", "postgres://h/x?sslmode=disable"),
            ("postgres:///d?host=/run/pg", "postgres:///x?host=/run/pg"),
        ];
        for (given, expected) in table {
            let url = ServerUrl::parse(given).expect(given);
            assert_eq!(url.as_given(), given);
            assert_eq!(url.with_database("x"), expected);
        }
    }

    #[test]
    fn refuses_what_is_no_url() {
        for given in ["", "host=localhost user=me", "mysql://h/d"] {
            assert!(ServerUrl::parse(given).is_none(), "{given}");
        }
    }
}
