//! `not null` without a scan under a lock, and values for the rows that have none.

use super::Planner;
use super::names::{column as column_name, derived, quoted};
use super::steps::{Stage, because, plain};
use crate::catalog::{Check, Constraint, Name};
use crate::ddl;
use crate::plan::HazardKind;
use orm_core::sql::quote_ident;

impl Planner<'_> {
    /// `set not null`, proved by a check before; `comment` is for a reader whose rows may have nothing there.
    pub(super) fn set_not_null(&mut self, table: &Name, column: &str, comment: &str) {
        let check = Check {
            name: derived(&format!("{}_{column}", table.name), "not_null"),
            expression: format!("{} is not null", quote_ident(column)),
            no_inherit: false,
            validated: false,
            comment: None,
        };
        let validate = ddl::constraint::validate(table, &check.name);
        let drop = ddl::constraint::drop(table, &check.name);
        let add = ddl::constraint::add(table, &Constraint::Check(check));
        self.expand.quick(
            Stage::Objects,
            &[table],
            add.into_iter().map(|sql| because(comment, sql)).collect(),
        );
        self.expand.alone(Stage::Objects, plain(validate));
        let set = ddl::column::set_not_null(table, column);
        let set = because("the check proves it, so that the table is not read again", set);
        self.expand.quick(Stage::Objects, &[table], vec![set, plain(drop)]);
    }

    /// Sets `column` of the rows for which `condition` holds to `value`, batch by batch.
    pub(super) fn backfill(&mut self, table: &Name, column: &str, value: &str, condition: &str) {
        let sql =
            format!("update {} set {} = {value} where ({condition})", quoted(table), quote_ident(column));
        let key = self.key(table);
        if key.is_empty() {
            let message = "its table has no primary key to go through by: one update locks all of its rows until it is done";
            self.expand.hazard(HazardKind::Blocking, column_name(table, column), message);
            self.expand.alone(Stage::Objects, plain(sql));
        } else {
            self.expand.batches(Stage::Objects, quoted(table), key, plain(sql));
        }
    }

    /// The columns by which a table's rows can be gone through, quoted.
    fn key(&self, table: &Name) -> Vec<String> {
        let Some(table) = self.from.table(table) else { return Vec::new() };
        let unique = table.uniques.iter().map(|key| &key.columns).find(|columns| {
            columns.iter().all(|name| table.column(name).is_some_and(|column| !column.nullable))
        });
        let key = table.primary_key.as_ref().map(|key| &key.columns).or(unique);
        key.map(|columns| columns.iter().map(|name| quote_ident(name)).collect()).unwrap_or_default()
    }
}
