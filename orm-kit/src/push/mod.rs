//! Changing a development database to a schema at once, without migrations.

mod probe;

use crate::catalog::{Kind, ObjectName};
use crate::drift::Drift;
use crate::error::Error;
use crate::execute::run;
use crate::plan::{Hazard, HazardKind, Plan};
use crate::planner::{Options, plan};
use orm_core::sql::quote_ident;
use tokio_postgres::Client;

/// What a push would do, and what of the data there it would cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// The statements.
    pub plan: Plan,
    /// What a person must agree to: hazards of tables that have rows, and rows that are not as a change needs them.
    pub hazards: Vec<Hazard>,
}

impl Push {
    /// Plans what mends a drift. A hazard that no row is there for is none, which the database is asked.
    ///
    /// # Errors
    /// If the server refuses a query.
    pub async fn new(client: &Client, drift: &Drift) -> Result<Self, Error> {
        let options = Options { old_code: false, ..Options::default() };
        let plan = plan(&drift.live, &drift.declared, &drift.changes, &options).expand;
        let probed = probe::probe(client, &drift.changes).await?;
        let is_probed = |hazard: &Hazard| {
            hazard.kind == HazardKind::MayFail && probed.iter().any(|(object, _)| *object == hazard.object)
        };
        let mut hazards: Vec<_> = probed.iter().filter_map(|(_, hazard)| hazard.clone()).collect();
        for hazard in plan.hazards.iter().filter(|hazard| !is_probed(hazard)) {
            if let Some(hazard) = weigh(client, hazard).await? {
                hazards.push(hazard);
            }
        }
        Ok(Push { plan, hazards })
    }

    /// Runs the statements; a transaction's all or none.
    ///
    /// # Errors
    /// If the server refuses one: those before its transaction stay done, and another push goes on from there.
    pub async fn run(&self, client: &Client) -> Result<(), Error> {
        for segment in &self.plan.segments {
            let statements: Vec<_> =
                segment.statements.iter().map(|statement| statement.sql.as_str()).collect();
            run(client, &segment.mode, &statements).await.map_err(|failed| failed.error)?;
        }
        Ok(())
    }
}

/// A hazard with the rows that it is about; nothing if there are none.
async fn weigh(client: &Client, hazard: &Hazard) -> Result<Option<Hazard>, Error> {
    let ObjectName { kind, schema, table, name } = &hazard.object;
    let (of, condition) = match (hazard.kind, kind) {
        (HazardKind::Authorization, _) => return Ok(Some(hazard.clone())),
        (_, Kind::Table) => (name, String::new()),
        (HazardKind::DataLoss, Kind::Column) => (table, format!(" where {} is not null", quote_ident(name))),
        (_, _) if !table.is_empty() => (table, String::new()),
        _ => return Ok(Some(hazard.clone())),
    };
    let relation = format!("{}.{}", quote_ident(schema), quote_ident(of));
    let there = client.query_one("select to_regclass($1) is not null", &[&relation]).await?;
    if !there.try_get::<_, bool>(0)? {
        return Ok(None);
    }
    let rows = client.query_one(&format!("select count(*) from {relation}{condition}"), &[]).await;
    let rows: i64 = match rows {
        Ok(row) => row.try_get(0)?,
        // A column that is still to come has no values to lose.
        Err(error) if error.code() == Some(&tokio_postgres::error::SqlState::UNDEFINED_COLUMN) => 0,
        Err(error) => return Err(Error::driver(error)),
    };
    let message = format!("{} ({rows} rows)", hazard.message);
    Ok((rows > 0).then(|| Hazard { message, ..hazard.clone() }))
}
