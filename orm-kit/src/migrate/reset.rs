//! Emptying a database.

use super::lock::{lock, unlock};
use super::options::Migrator;
use super::progress::Progress;
use super::session::Session;
use crate::error::Error;
use orm_core::sql::{quote_ident, quote_literal};

/// That the one who asks knows what is lost: all rows of all tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Everything;

impl Migrator {
    /// Drops every schema of the database with all that is in it, the journal too, and makes an empty `public`. Roles
    /// and what else belongs to the server stay. The migrations can then run from the first one on.
    ///
    /// # Errors
    /// If a schema belongs to somebody else; then nothing is dropped.
    pub async fn reset(&self, _: Everything, progress: &mut dyn Progress) -> Result<(), Error> {
        let session = Session::open(&self.url).await?;
        lock(&session, &self.options, progress).await?;
        let schemas = session
            .query(
                "select nspname::text, pg_catalog.pg_get_userbyid(nspowner)::text, \
                 pg_catalog.obj_description(oid, 'pg_namespace'), \
                 array(select privilege_type::text from pg_catalog.aclexplode(nspacl) where grantee = 0) \
                 from pg_catalog.pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'",
                &[],
            )
            .await?;
        let mut sql = "begin;".to_owned();
        for row in schemas {
            let (name, owner): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let schema = quote_ident(&name);
            sql += &format!("drop schema {schema} cascade;");
            if name == "public" {
                sql += &format!("create schema {schema} authorization {};", quote_ident(&owner));
                if let Some(comment) = row.try_get::<_, Option<String>>(2)? {
                    sql += &format!("comment on schema {schema} is {};", quote_literal(&comment));
                }
                for privilege in row.try_get::<_, Vec<String>>(3)? {
                    sql += &format!("grant {privilege} on schema {schema} to public;");
                }
            }
        }
        let dropped = session.execute(&(sql + "commit")).await;
        if dropped.is_err() && session.is_open() {
            // The error that is reported is the one that led here.
            let _ = session.execute("rollback").await;
        }
        dropped?;
        unlock(&session, &self.options.schema).await
    }
}
