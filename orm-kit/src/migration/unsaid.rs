//! Statements that no snapshot knows of.

use super::Migration;
use crate::error::{Error, excerpt};
use crate::script::is_declarative;
use std::fmt;

/// A statement that does what no snapshot says, such as rows that it inserts. Its `Display` is a line for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaid {
    /// The file.
    pub file: String,
    /// The line in it, counted from one.
    pub line: usize,
    /// The statement.
    pub sql: String,
}

impl Migration {
    /// The statements of `migration.sql` that do what no snapshot says.
    ///
    /// ```
    /// use orm_kit::migration::Migration;
    ///
    /// let sql = "create table notes (body text);\ninsert into notes values ('first')";
    /// let unsaid = Migration::new("20261101120000_init", sql, None, &[]).unsaid()?;
    /// assert_eq!(unsaid.len(), 1);
    /// assert_eq!(unsaid[0].line, 2);
    /// # Ok::<(), orm_kit::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Migration::script`].
    pub fn unsaid(&self) -> Result<Vec<Unsaid>, Error> {
        let script = self.script()?;
        let unsaid = script.statements().filter(|statement| !is_declarative(&statement.sql));
        let of_file = |statement: &crate::script::Statement| Unsaid {
            file: self.file(),
            line: statement.line,
            sql: statement.sql.clone(),
        };
        Ok(unsaid.map(of_file).collect())
    }
}

impl fmt::Display for Unsaid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unsaid { file, line, sql } = self;
        write!(f, "{file}:{line}: {}", excerpt(sql))
    }
}
