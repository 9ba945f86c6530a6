//! Policies and row security: all of a table in one transaction, so that there is no moment between two of them.

use super::names::is_about;
use super::names::table as table_name;
use super::steps::Stage;
use super::{Planner, texts};
use crate::catalog::{Name, Object, RowSecurity};
use crate::change::Change;
use crate::ddl;
use crate::plan::HazardKind;

impl Planner<'_> {
    /// All that changes of a table's policies, once; if nobody uses the table meanwhile, this change of them.
    pub(super) fn secure(&mut self, table: &Name, change: Vec<String>) {
        if !self.online() {
            if !self.is_new(table) {
                let message = "which rows a role sees and writes changes";
                self.expand.hazard(HazardKind::Authorization, table_name(table), message);
            }
            self.quick(&[table], change);
            return;
        }
        if self.secured.contains(table) {
            return;
        }
        self.secured.push(table.clone());
        let mut statements = Vec::new();
        let open = |change: &&Change| is_about(change, table) && !self.done.contains(&change.object_name());
        for change in self.changes.iter().filter(open) {
            match change {
                Change::Create(object @ Object::Policy(..)) => statements.extend(ddl::create(object)),
                Change::Drop(object @ Object::Policy(..)) => statements.push(ddl::drop(object)),
                Change::Alter { from: from @ Object::Policy(..), to } => {
                    statements.extend(ddl::alter(from, to));
                }
                _ => {}
            }
        }
        let security = |table: Option<&crate::catalog::Table>| {
            table.map_or(RowSecurity::Disabled, |table| table.row_security)
        };
        let (from, to) = (security(self.from.table(table)), security(self.to.table(table)));
        statements.extend(ddl::policy::set_row_security(table, from, to));
        let message = match (from, to) {
            (RowSecurity::Disabled, RowSecurity::Enabled | RowSecurity::Forced) => {
                "from now on its policies say which rows are seen and written: without one for it, a role sees none"
            }
            (RowSecurity::Enabled | RowSecurity::Forced, RowSecurity::Disabled) => {
                "whoever may read the table sees all of its rows"
            }
            _ => "which rows a role sees and writes changes",
        };
        self.expand.hazard(HazardKind::Authorization, table_name(table), message);
        self.expand.quick(Stage::Access, &[table], texts(statements));
    }
}
