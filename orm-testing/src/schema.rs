//! Templates: databases that hold a schema, made once and copied for each test.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio_postgres::error::ErrorPosition;

use crate::TestDb;
use crate::admin::{self, Admin};
use crate::error::{Error, Kind, Result};

/// Returns the name of the template for `sql`, made if it is not there yet.
pub(crate) async fn template(admin: &'static Admin, sql: &str) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    sql.hash(&mut hasher);
    let key = format!("{:016x}", hasher.finish());
    let name = format!("mizzle_template_{}_{key}", admin.scope());

    // From here on no sweep takes it away.
    admin.hold(&key).await?;
    let session = admin.session().await?;
    if !exists(&session, &name).await? {
        // Others that need the same template wait here, in this process and elsewhere.
        let build = format!("(hashtextextended('build {key}', 0))");
        admin::run(&session, &format!("select pg_advisory_lock{build}")).await?;
        if !exists(&session, &name).await? {
            make(admin, sql, &name).await?;
        }
        admin::run(&session, &format!("select pg_advisory_unlock{build}")).await?;
    }
    admin.give_back(session);
    Ok(name)
}

async fn exists(session: &tokio_postgres::Client, name: &str) -> Result<bool> {
    let sql = format!("select 1 from pg_database where datname = '{name}'");
    let rows = session.simple_query(&sql).await.map_err(|e| admin::statement(&sql, e))?;
    Ok(rows.iter().any(|message| matches!(message, tokio_postgres::SimpleQueryMessage::Row(_))))
}

/// Makes the template under a test database's name, so that it is dropped like one if we do not get to the end, and
/// is whole from the moment it has its own name.
async fn make(admin: &'static Admin, sql: &str, name: &str) -> Result<()> {
    let draft = TestDb::copy(admin, "template0").await?;
    let (client, driver) = admin.connect_to(draft.name()).await?;
    client.batch_execute(sql).await.map_err(|source| refused(sql, source))?;
    drop(client);
    // A database with connections cannot be renamed. An error here would be that of a closed connection.
    let _closed = driver.await;
    let made = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    admin.run(&format!("comment on database {} is '{made}'", draft.name())).await?;
    admin.run(&format!("alter database {} rename to {name}", draft.name())).await
}

/// Says which line of the schema the server stumbled over.
fn refused(sql: &str, source: tokio_postgres::Error) -> Error {
    let position = match source.as_db_error().and_then(|error| error.position()) {
        Some(ErrorPosition::Original(position)) => usize::try_from(*position).ok(),
        Some(ErrorPosition::Internal { .. }) | None => None,
    };
    let line = position.map(|position| sql.chars().take(position).filter(|char| *char == '\n').count() + 1);
    Kind::Schema { line, source }.into()
}
