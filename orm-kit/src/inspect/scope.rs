//! What of a database is looked at.

use super::fields::Fields;
use crate::Error;
use crate::catalog::Schema;
use tokio_postgres::Client;
use tokio_postgres::types::Type;

/// What of a database is looked at; as a rule everything but PostgreSQL's own schemas and that of the kit.
///
/// ```
/// use orm_kit::inspect::Scope;
///
/// let everything = Scope::default();
/// let one_schema = Scope::default().schemas(["app"]).roles(["app_user"]);
/// ```
#[derive(Debug, Clone)]
pub struct Scope {
    schemas: Option<Vec<String>>,
    except: Vec<String>,
    roles: Vec<String>,
}

impl Default for Scope {
    fn default() -> Self {
        Scope { schemas: None, except: vec!["mizzle".to_owned()], roles: Vec::new() }
    }
}

impl Scope {
    /// Only these schemas, and nothing that is in none.
    #[must_use]
    pub fn schemas<S: Into<String>>(mut self, schemas: impl IntoIterator<Item = S>) -> Self {
        self.schemas = Some(schemas.into_iter().map(Into::into).collect());
        self
    }

    /// Not this schema; `mizzle` is left out already.
    #[must_use]
    pub fn except(mut self, schema: impl Into<String>) -> Self {
        self.except.push(schema.into());
        self
    }

    /// Also these roles, which belong to no schema.
    #[must_use]
    pub fn roles<S: Into<String>>(mut self, roles: impl IntoIterator<Item = S>) -> Self {
        self.roles.extend(roles.into_iter().map(Into::into));
        self
    }
}

/// A [`Scope`] in a certain database.
pub(super) struct Place {
    /// `server_version_num`.
    pub(super) version: i32,
    /// The namespaces, by oid.
    pub(super) namespaces: Vec<u32>,
    /// Those of them that the catalog lists.
    pub(super) schemas: Vec<Schema>,
    pub(super) roles: Vec<String>,
    /// Whether what is in no schema is looked at too.
    pub(super) everything: bool,
}

/// A row for each schema, or one without.
const SQL: &str = "
    select current_setting('server_version_num')::int4, n.oid, n.nspname,
        n.nspname = 'public' or exists (
            select from pg_depend e
            where e.classid = 'pg_namespace'::regclass and e.objid = n.oid and e.deptype = 'e'),
        d.description
    from (select) server
        left join pg_namespace n on n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            and case when $1::text[] is null then n.nspname <> all ($2::text[]) else n.nspname = any ($1) end
        left join pg_description d on d.objoid = n.oid and d.classoid = 'pg_namespace'::regclass";

impl Place {
    /// Looks up where `scope` is.
    pub(super) async fn find(client: &Client, scope: &Scope) -> Result<Self, Error> {
        let Scope { schemas, except, roles } = scope;
        let rows =
            client.query_typed(SQL, &[(schemas, Type::TEXT_ARRAY), (except, Type::TEXT_ARRAY)]).await?;
        let mut place = Place {
            version: 0,
            namespaces: Vec::new(),
            schemas: Vec::new(),
            roles: roles.clone(),
            everything: schemas.is_none(),
        };
        for row in &rows {
            let mut fields = Fields::of(row);
            place.version = fields.take()?;
            let Some(namespace) = fields.take()? else { break };
            place.namespaces.push(namespace);
            let name = fields.take()?;
            let unlisted: bool = fields.take()?;
            if !unlisted {
                place.schemas.push(Schema { name, comment: fields.take()? });
            }
        }
        Ok(place)
    }
}
