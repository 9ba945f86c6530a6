//! Another type for a column that keeps its place: free, or with the table written again.

use super::dependents::{dependents, policies_on, views_on};
use super::names::column as column_name;
use super::steps::{Stage, because, plain};
use super::type_change::{Cost, Fate, cast, cost, fate};
use super::view::hazards_of_views;
use super::{Planner, texts};
use crate::catalog::{Column, Constraint, Name, Table};
use crate::ddl;
use crate::plan::{HazardKind, Statement};
use orm_core::sql::quote_ident;

impl Planner<'_> {
    /// Whether the change of type would read or write the whole table, or an index of it, under a lock.
    pub(super) fn is_costly(&self, table: &Table, from: &Column, to: &Column) -> bool {
        let found = dependents(table, &from.name);
        match cost(&self.from, from, to) {
            Cost::Rewrite => true,
            Cost::Reindex => {
                found.key || !found.plain_indexes.is_empty() || !found.computed_indexes.is_empty()
            }
            Cost::Free | Cost::FreeInUtc => !found.computed_indexes.is_empty(),
        }
    }

    /// `alter column .. type`, with what depends on the column out of its way.
    pub(super) fn retype(&mut self, table: &Name, from: &Column, to: &Column) {
        let Some(before) = self.from.table(table).cloned() else { return };
        self.hazards_of_values(table, from, to);
        let found = dependents(&before, &from.name);
        let costly = self.is_costly(&before, from, to) || !found.generated.is_empty();
        if costly {
            let message = "the table is written again while nobody can read or write it";
            self.expand.hazard(HazardKind::Blocking, column_name(table, &to.name), message);
        }
        if !self.online() {
            // The changes themselves say what is dropped before and made again.
            let statements = self.type_statements(table, from, to, costly);
            self.push_retyped(table, &before, from, statements, true);
            return;
        }
        let mut first = Vec::new();
        let mut last = Vec::new();
        let views = views_on(&self.from, table, Some(&from.name));
        hazards_of_views(&mut self.expand, &views);
        let (drops, creates) = self.recreated(&views);
        first.extend(drops);
        for (of, policy) in policies_on(&self.from, table, &from.name) {
            first.push(ddl::policy::drop(&of, &policy.name));
            last.extend(ddl::policy::create(&of, &policy));
        }
        for trigger in found.triggers {
            first.push(ddl::trigger::drop(table, &trigger.name));
            last.extend(ddl::trigger::create(table, trigger));
        }
        for column in found.generated {
            first.push(ddl::column::drop(table, &column.name));
            last.extend(ddl::column::add(table, column));
        }
        let mut unproved = Vec::new();
        let checks: Vec<_> = if costly { Vec::new() } else { found.checks };
        for check in checks.into_iter().cloned() {
            first.push(ddl::constraint::drop(table, &check.name));
            if check.validated {
                unproved.push(check.name.clone());
            }
            last.extend(ddl::constraint::add_not_valid(table, &Constraint::Check(check)));
        }
        let apart = costly || !views.is_empty() || cost(&self.from, from, to) == Cost::FreeInUtc;
        let mut statements = texts(first);
        statements.extend(self.type_statements(table, from, to, costly));
        statements.extend(texts(last));
        statements.extend(texts(creates));
        self.push_retyped(table, &before, from, statements, apart);
        for check in unproved {
            self.expand.alone(Stage::Objects, plain(ddl::constraint::validate(table, &check)));
        }
    }

    fn type_statements(&self, table: &Name, from: &Column, to: &Column, costly: bool) -> Vec<Statement> {
        let mut statements = Vec::new();
        if cost(&self.from, from, to) == Cost::FreeInUtc {
            let comment =
                "the values are taken to be of this zone; in any other the table would be written again";
            statements.push(because(comment, "set local timezone = 'UTC'"));
            statements.push(plain(ddl::column::set_type(table, to, None)));
        } else if costly {
            let name = quote_ident(&from.name);
            let using = cast(&self.from, &name, &from.ty, &to.ty);
            if from.default.is_some() {
                statements.push(plain(ddl::column::set_default(table, &to.name, None)));
            }
            let using = (using != name && to.generated.is_none()).then_some(using);
            statements.push(plain(ddl::column::set_type(table, to, using.as_deref())));
            if from.default.is_some() && to.default.is_some() {
                statements.push(plain(ddl::column::set_default(table, &to.name, to.default.as_deref())));
            }
        } else {
            statements.push(because(
                "nothing is written: only what the table is said to hold",
                ddl::column::set_type(table, to, None),
            ));
        }
        statements
    }

    /// A foreign key locks the table at its other end as well.
    fn push_retyped(
        &mut self,
        table: &Name,
        before: &Table,
        from: &Column,
        statements: Vec<Statement>,
        apart: bool,
    ) {
        if apart {
            self.expand.atomic(Stage::Objects, statements);
            return;
        }
        let mut locks = vec![table.clone()];
        let own = before.foreign_keys.iter().filter(|key| key.columns.contains(&from.name));
        locks.extend(own.map(|key| key.table.clone()));
        for other in &self.from.tables {
            let targets =
                |key: &crate::catalog::ForeignKey| key.table == *table && key.targets.contains(&from.name);
            if other.foreign_keys.iter().any(targets) {
                locks.push(other.name.clone());
            }
        }
        self.expand.quick(Stage::Objects, &locks.iter().collect::<Vec<_>>(), statements);
    }

    /// What becomes of the values, if it is not what they were.
    pub(super) fn hazards_of_values(&mut self, table: &Name, from: &Column, to: &Column) {
        let object = column_name(table, &to.name);
        let (old, new) = (&from.ty, &to.ty);
        let (kind, message) = match fate(&self.from, old, new) {
            Fate::Kept => return,
            Fate::MayFail => (
                HazardKind::MayFail,
                format!(
                    "it fails if a value of `{old}` is none of `{new}`; so does old code that writes one"
                ),
            ),
            Fate::TakenAsUtc => (
                HazardKind::DataLoss,
                format!(
                    "its values are taken to be in UTC: as `{new}` they are other instants if they are not"
                ),
            ),
            Fate::Narrowed => {
                (HazardKind::DataLoss, format!("its values lose what `{new}` does not hold of `{old}`"))
            }
        };
        self.expand.hazard(kind, object, message);
    }
}
