//! Reading a row of the server's catalogs, one column after another.

use crate::Error;
use crate::catalog::{Name, type_name};
use std::collections::BTreeMap;
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;

/// The columns of a row that are not read yet.
pub(super) struct Fields<'r> {
    row: &'r Row,
    at: usize,
}

impl<'r> Fields<'r> {
    pub(super) fn of(row: &'r Row) -> Self {
        Fields { row, at: 0 }
    }

    /// The next column.
    pub(super) fn take<T: FromSql<'r>>(&mut self) -> Result<T, Error> {
        let value = self.row.try_get(self.at)?;
        self.at += 1;
        Ok(value)
    }

    /// The next two columns, a schema and a name in it.
    pub(super) fn name(&mut self) -> Result<Name, Error> {
        Ok(Name { schema: self.take()?, name: self.take()? })
    }

    /// The next two columns, where both may be NULL.
    pub(super) fn name_or_none(&mut self) -> Result<Option<Name>, Error> {
        let schema: Option<String> = self.take()?;
        let name: Option<String> = self.take()?;
        Ok(schema.zip(name).map(|(schema, name)| Name { schema, name }))
    }

    /// The next two columns: a type as `format_type` prints it, and whether it is one of the server's own.
    pub(super) fn ty(&mut self) -> Result<String, Error> {
        let (printed, own): (String, bool) = (self.take()?, self.take()?);
        // With this search path the schema is always there.
        Ok(if own { printed } else { type_name(&printed, "") })
    }

    /// The next column, `{fillfactor=70,..}` or NULL.
    pub(super) fn options(&mut self) -> Result<BTreeMap<String, String>, Error> {
        let options: Option<Vec<&str>> = self.take()?;
        let pairs = options.into_iter().flatten().filter_map(|option| option.split_once('='));
        Ok(pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
    }
}
