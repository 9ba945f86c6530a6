//! The plan that the server makes for a statement.

use crate::connection::Boxed;
use crate::error::Error;
use crate::executor::{Held, On};
use crate::observe::{Hook, Watch};
use crate::sending::{Param, Using};
use futures_util::Stream;
use orm_core::query::Settled;
use std::future::poll_fn;
use std::pin::pin;

/// Explains a statement in these words: `explain`, `explain analyze`.
pub(crate) fn explain(
    on: On,
    words: &'static str,
    statement: Result<Settled, Error>,
) -> Boxed<'static, Vec<String>> {
    Box::pin(async move {
        let statement = statement?;
        let sql = format!("{words} {}", statement.sql());
        let mut watched = Watched::new(on.hook(), &sql);
        let using = Using::new(Held::take(on).await?);
        match lines(&using.held, &statement, &sql).await {
            Ok(lines) => {
                using.finish();
                watched.lines = Some(lines.len());
                Ok(lines)
            }
            Err(error) => Err(using.fail(error).with_sql(sql.into())),
        }
    })
}

/// A plan under way that a hook may wait for, which is told of it even when it is given up.
struct Watched {
    watch: Option<Watch>,
    sql: String,
    /// Of the plan, once it has come.
    lines: Option<usize>,
}

impl Watched {
    fn new(hook: Option<&Hook>, sql: &str) -> Self {
        let mut watch = hook.map(Watch::new);
        if let Some(watch) = &mut watch {
            watch.start();
        }
        Watched { watch, sql: sql.to_owned(), lines: None }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let Some(watch) = self.watch.take() {
            watch.end(&self.sql, self.lines.map_or(0, |lines| lines as u64), self.lines.is_some());
        }
    }
}

async fn lines(held: &Held, statement: &Settled, sql: &str) -> Result<Vec<String>, Error> {
    let failed = |error| held.error(error);
    let params = statement.params().map(Param).zip(statement.param_types());
    // Not prepared: the plan is made for these parameters.
    let rows = held.client().query_typed_raw(sql, params).await.map_err(failed)?;
    let mut rows = pin!(rows);
    let mut lines = Vec::new();
    while let Some(row) = poll_fn(|cx| rows.as_mut().poll_next(cx)).await {
        // One column, of text.
        lines.push(row.map_err(failed)?.try_get(0).unwrap_or_default());
    }
    Ok(lines)
}
