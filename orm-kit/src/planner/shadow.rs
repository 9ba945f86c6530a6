//! A column that another one replaces while both are written: for another name, or a type that the table would have to be
//! written again for.
//!
//! The new column is added beside the old one, a trigger keeps both in step, the rows that are there are copied in batches,
//! and what is built on the old column is built on the new one. When old code is gone, `contract` drops the old one.

use super::dependents::{columns_of_type, dependents};
use super::names::{LONGEST, column as column_name, derived, quoted};
use super::steps::{Stage, Steps, because};
use super::type_change::{cast, comparable};
use super::{Planner, texts};
use crate::catalog::{Column, GrantTarget, Name, Object, Routine, Table, Trigger};
use crate::change::Change;
use crate::ddl;
use crate::plan::HazardKind;
use orm_core::sql::quote_ident;

/// What the names of our triggers begin with: each comes behind those before.
const SYNC: &[&str] = &["zz_sync", "zzzz_sync", "~sync"];

/// A column and the one that replaces it.
#[derive(Debug, Clone)]
pub(super) struct Shadow {
    pub(super) table: Name,
    pub(super) old: Column,
    /// As it is to be in the end.
    pub(super) new: Column,
    /// The new one's name while the old one is there.
    pub(super) interim: String,
    /// The new one's type while the old one is there.
    pub(super) interim_ty: String,
    /// What the name of its trigger begins with.
    trigger: &'static str,
}

impl Shadow {
    /// The function and the trigger that keep both in step.
    pub(super) fn sync(&self) -> (Name, String) {
        let function = derived(&format!("{}_{}", self.table.name, self.old.name), "sync");
        let trigger = format!("{}_{}", self.trigger, self.old.name);
        // A long name keeps its beginning.
        let trigger = if trigger.len() > LONGEST { derived(&trigger, "column") } else { trigger };
        (Name::new(&self.table.schema, function), trigger)
    }

    /// Whether the new column has its final name from the start.
    pub(super) fn is_rename(&self) -> bool {
        self.old.name != self.new.name
    }
}

impl Planner<'_> {
    /// Finds the columns that are replaced.
    pub(super) fn find_shadows(&mut self) {
        if !self.options.old_code {
            return;
        }
        let changes = self.changes;
        for change in changes {
            if let Change::Alter { from, to } = change {
                self.find_swap(from, to);
            }
        }
        for change in changes {
            match change {
                Change::Rename { from, to } if to.kind == crate::catalog::Kind::Column => {
                    self.find_shadow(&super::names::table_of(to), &from.name, &to.name);
                }
                Change::Alter { from: Object::Column(_, from), to: Object::Column(table, to) } => {
                    let costly = (from.ty != to.ty || from.collation != to.collation)
                        && self.from.table(table).is_some_and(|before| self.is_costly(before, from, to));
                    if costly && to.generated.is_none() {
                        self.find_shadow(table, &from.name, &to.name);
                    }
                }
                _ => {}
            }
        }
        self.claim();
    }

    pub(super) fn find_shadow(&mut self, table: &Name, old: &str, new: &str) {
        let found = self.from.table(table).and_then(|before| {
            let held = !dependents(before, old).generated.is_empty()
                || before.partition.is_some()
                || before.partitioned.as_ref().is_some_and(|by| super::mention::mentions(&by.by, old));
            let old = before.column(old).filter(|_| !held)?;
            Some((old.clone(), self.to.table(table)?.column(new)?.clone()))
        });
        let Some((old, new)) = found else { return };
        if self.is_shadowed(table, &new.name) {
            return;
        }
        let interim = if old.name == new.name { derived(&new.name, "new") } else { new.name.clone() };
        let mut interim_ty = new.ty.clone();
        for (name, _, interim) in &self.swapped {
            let element = new.ty.strip_suffix("[]").unwrap_or(&new.ty);
            if super::names::is_type(name, element) {
                interim_ty = new.ty.replacen(element, &quoted(interim), 1);
            }
        }
        let trigger = self.last_trigger(table);
        self.shadows.push(Shadow { table: table.clone(), old, new, interim, interim_ty, trigger });
    }

    /// The columns of a type that another type replaces.
    pub(super) fn shadow_type(&mut self, name: &Name) {
        let columns: Vec<_> = columns_of_type(self.to, name)
            .into_iter()
            .map(|(table, column)| (table.name.clone(), column.name.clone()))
            .collect();
        for (table, column) in columns {
            let renamed = self.changes.iter().find_map(|change| match change {
                Change::Rename { from, to } if *to == column_name(&table, &column) => Some(from.name.clone()),
                _ => None,
            });
            self.find_shadow(&table, renamed.as_ref().unwrap_or(&column), &column);
        }
    }

    pub(super) fn is_shadowed(&self, table: &Name, column: &str) -> bool {
        self.shadow(table, column).is_some()
    }

    pub(super) fn shadow(&self, table: &Name, column: &str) -> Option<&Shadow> {
        self.shadows.iter().find(|shadow| shadow.table == *table && shadow.new.name == column)
    }

    /// What a name begins with that comes behind those of the table's triggers, which run in the order of their names, byte by
    /// byte: so that it sees what the others wrote.
    fn last_trigger(&self, table: &Name) -> &'static str {
        let tables = [self.from.table(table), self.to.table(table)];
        let last = tables.iter().flatten().flat_map(|table| &table.triggers).map(|it| it.name.as_str()).max();
        let first = |words: &&&str| last.is_none_or(|last| last < **words);
        SYNC.iter().find(first).copied().unwrap_or("\u{10ffff}_sync")
    }

    /// The columns that nothing but their type's change replaces.
    pub(super) fn shadows_of_types(&mut self) {
        let unchanged = |shadow: &&Shadow| !self.is_changed(&column_name(&shadow.table, &shadow.new.name));
        let columns: Vec<_> = self
            .shadows
            .iter()
            .filter(unchanged)
            .map(|shadow| (shadow.table.clone(), shadow.new.name.clone()))
            .collect();
        columns.iter().for_each(|(table, column)| self.create_shadow(table, column));
    }

    /// The new column, its trigger and its values.
    pub(super) fn create_shadow(&mut self, table: &Name, column: &str) {
        let Some(shadow) = self.shadow(table, column).cloned() else { return };
        if shadow.old.ty != shadow.new.ty {
            self.hazards_of_values(table, &shadow.old, &shadow.new);
        }
        let interim = Column {
            name: shadow.interim.clone(),
            ty: shadow.interim_ty.clone(),
            nullable: true,
            default: None,
            identity: None,
            ..shadow.new.clone()
        };
        let (function, trigger) = shadow.sync();
        let mut statements = texts(ddl::column::add(table, &interim));
        let comment = format!(
            "`{}` and `{}` are one column for as long as both are there, whichever the running code writes",
            shadow.old.name, shadow.interim
        );
        statements.push(because(comment, self.sync_function(&shadow, &function)));
        let definition = format!(
            "create trigger {} before insert or update on {} for each row execute function {}()",
            quote_ident(&trigger),
            quoted(table),
            quoted(&function)
        );
        let trigger = Trigger { name: trigger, definition, comment: None };
        statements.extend(texts(ddl::trigger::create(table, &trigger)));
        if shadow.is_rename() {
            statements.extend(texts(self.column_grants(&shadow)));
        }
        self.expand.quick(Stage::Objects, &[table], statements);

        let (old, new) = (quote_ident(&shadow.old.name), quote_ident(&shadow.interim));
        let value = cast(&self.from, &old, &shadow.old.ty, &shadow.interim_ty);
        self.backfill(table, &shadow.interim, &value, &format!("{new} is null and {old} is not null"));
        if !shadow.new.nullable {
            if shadow.old.nullable {
                let message = "it fails if a row has none";
                self.expand.hazard(HazardKind::MayFail, column_name(table, column), message);
            }
            self.set_not_null(table, &shadow.interim, "");
        }
        let mut undo = Steps::default();
        let routine = sync_routine(&function, String::new());
        let statements = vec![
            ddl::trigger::drop(table, &trigger.name),
            ddl::routine::drop(&routine),
            ddl::column::drop(table, &shadow.interim),
        ];
        undo.quick(Stage::Objects, &[table], texts(statements));
        self.undo.push(undo);
    }

    /// The privileges on the new column by itself.
    pub(super) fn column_grants(&self, shadow: &Shadow) -> Vec<String> {
        let on = GrantTarget::Table(shadow.table.clone());
        let grants =
            self.to.grants.iter().filter(|grant| grant.on == on && grant.columns.contains(&shadow.new.name));
        grants.map(ddl::grant::grant).collect()
    }

    fn sync_function(&self, shadow: &Shadow, function: &Name) -> String {
        let (old, new) = (quote_ident(&shadow.old.name), quote_ident(&shadow.interim));
        let (of_old, of_new) = (format!("new.{old}"), format!("new.{new}"));
        let there = cast(&self.from, &of_old, &shadow.old.ty, &shadow.interim_ty);
        let back = cast(&self.from, &of_new, &shadow.interim_ty, &shadow.old.ty);
        let as_old = comparable(&self.from, &shadow.old.ty);
        let as_new = comparable(self.to, &shadow.new.ty);
        let compared =
            if as_new.is_empty() || there == of_old { there.clone() } else { format!("({there})") };
        let body = format!(
            "
begin
  if tg_op = 'INSERT' then
    if {of_new} is null then
      {of_new} := {there};
    else
      {of_old} := {back};
    end if;
  elsif {of_new}{as_new} is distinct from old.{new}{as_new} and {of_new}{as_new} is distinct from {compared}{as_new} then
    {of_old} := {back};
  elsif {of_old}{as_old} is distinct from old.{old}{as_old} then
    {of_new} := {there};
  end if;
  return new;
end
"
        );
        let mut quote = "$sync$".to_owned();
        while body.contains(&quote) {
            quote.insert(1, '_');
        }
        let definition = format!(
            "create function {}() returns trigger language plpgsql set search_path = pg_catalog as {quote}{body}{quote}",
            quoted(function)
        );
        sync_routine(function, definition).definition
    }
}

/// The function that keeps two columns in step.
pub(super) fn sync_routine(name: &Name, definition: String) -> Routine {
    Routine { name: name.clone(), arguments: String::new(), procedure: false, definition, comment: None }
}

/// The tables in which a column is replaced, each once.
pub(super) fn tables(shadows: &[Shadow]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for shadow in shadows {
        if !names.contains(&shadow.table) {
            names.push(shadow.table.clone());
        }
    }
    names
}

/// Whether one of `names` is a column of `table` that is replaced.
pub(super) fn touches(shadows: &[Shadow], table: &Table, mentioned: impl Fn(&str) -> bool) -> bool {
    shadows.iter().any(|shadow| shadow.table == table.name && mentioned(&shadow.new.name))
}
