//! What is built on a column that replaces another one, and the end of the old one.

use super::column::set_next;
use super::dependents::{dependents, policies_on, views_on};
use super::mention::{mentions, replaced};
use super::names::derived;
use super::shadow::{Shadow, sync_routine, tables, touches};
use super::steps::{Stage, Steps, because, plain};
use super::view::hazards_of_views;
use super::{Planner, texts};
use crate::catalog::{Constraint, ForeignKey, Index, Kind, Name, Object, ObjectName, Table};
use crate::change::Change;
use crate::ddl;
use crate::depend::needs;
use crate::plan::{HazardKind, Statement};

impl Planner<'_> {
    /// Takes over the changes of what is built on replaced columns.
    pub(super) fn claim(&mut self) {
        let mut claimed = Vec::new();
        for table in &self.to.tables {
            claimed.extend(self.built_on(table).into_iter().map(|object| object.object_name()));
            claimed.extend(self.keys_across(table).map(|key| {
                Object::Constraint(table.name.clone(), Constraint::ForeignKey(key.clone())).object_name()
            }));
        }
        for change in self.changes {
            if let Change::Alter { from: Object::Sequence(from), to: Object::Sequence(to) } = change {
                let mut like = from.clone();
                like.owned_by.clone_from(&to.owned_by);
                let owner = to.owned_by.as_ref();
                if like == *to && owner.is_some_and(|(table, column)| self.is_shadowed(table, column)) {
                    claimed.push(Object::Sequence(to.clone()).object_name());
                }
            }
        }
        self.done.extend(claimed);
    }

    /// Builds on the new columns what is on the old ones, and leaves the old ones to the contract.
    pub(super) fn finish_shadows(&mut self) {
        for name in tables(&self.shadows) {
            let Some(table) = self.to.table(&name) else { continue };
            self.build(table);
        }
        let mut renames = Vec::new();
        for table in &self.to.tables {
            let keys: Vec<_> = self.keys_across(table).cloned().collect();
            for key in keys {
                self.build_reference(table, &key, &mut renames);
            }
        }
        for name in tables(&self.shadows) {
            let Some(table) = self.to.table(&name) else { continue };
            let statements = self.last_statements(table);
            self.contract.atomic(Stage::Objects, statements);
        }
        for (table, from, to) in renames {
            let rename =
                ddl::rename(&part(Kind::Constraint, &table, &from), &part(Kind::Constraint, &table, &to));
            self.contract.quick(Stage::Objects, &[&table], texts(rename));
        }
        for (name, old, interim) in self.swapped.clone() {
            let old_name = ObjectName { schema: interim.schema, name: interim.name, ..old.object_name() };
            let mut statements = vec![ddl::drop(&old)];
            let new_name =
                ObjectName { schema: name.schema.clone(), name: name.name.clone(), ..old_name.clone() };
            statements.extend(ddl::rename(&old_name, &new_name));
            self.contract.quick(Stage::References, &[], texts(statements));
        }
    }

    /// Indexes and constraints, foreign keys left out, on columns that are replaced.
    fn built_on(&self, table: &Table) -> Vec<Object> {
        let on = |names: &[String]| {
            touches(&self.shadows, table, |column| names.iter().any(|name| name == column))
        };
        let text = |text: &str| touches(&self.shadows, table, |column| mentions(text, column));
        let constraints = table.constraints().filter(|constraint| match constraint {
            Constraint::PrimaryKey(key) => on(&key.columns) || on(&key.include),
            Constraint::Unique(key) => on(&key.columns) || on(&key.include),
            Constraint::Check(check) => text(&check.expression),
            Constraint::Exclusion(exclusion) => {
                exclusion.elements.iter().any(|element| text(&element.key))
                    || exclusion.predicate.as_ref().is_some_and(|predicate| text(predicate))
            }
            Constraint::ForeignKey(_) => false,
        });
        let indexes = table.indexes.iter().filter(|index| {
            index.keys.iter().any(|key| {
                key.column.as_ref().is_some_and(|column| on(std::slice::from_ref(column)))
                    || key.expression.as_ref().is_some_and(|expression| text(expression))
            }) || on(&index.include)
                || index.predicate.as_ref().is_some_and(|predicate| text(predicate))
        });
        indexes
            .map(|index| Object::Index(table.name.clone(), index.clone()))
            .chain(constraints.map(|constraint| Object::Constraint(table.name.clone(), constraint)))
            .collect()
    }

    /// Foreign keys of `table` from or to a column that is replaced.
    fn keys_across<'t>(&self, table: &'t Table) -> impl Iterator<Item = &'t ForeignKey> + use<'t, '_> {
        table.foreign_keys.iter().filter(|key| {
            key.columns.iter().any(|column| self.is_shadowed(&table.name, column))
                || key.targets.iter().any(|column| self.is_shadowed(&key.table, column))
        })
    }

    fn build(&mut self, table: &Table) {
        for object in self.built_on(table) {
            let had = self.had(&table.name, &object);
            match self.interim(table, &object) {
                Object::Index(_, index) => self.build_index(&table.name, &index),
                Object::Constraint(_, constraint @ (Constraint::PrimaryKey(_) | Constraint::Unique(_))) => {
                    self.build_unique(&table.name, &constraint);
                    if !had {
                        let add =
                            ddl::constraint::add_using_index(&table.name, &constraint, constraint.name());
                        self.quick(&[&table.name], add.unwrap_or_default());
                    }
                }
                Object::Constraint(_, Constraint::Exclusion(_)) => {}
                Object::Constraint(_, constraint) => self.add_and_validate(&table.name, &constraint),
                _ => {}
            }
        }
    }

    fn build_reference(
        &mut self,
        table: &Table,
        key: &ForeignKey,
        renames: &mut Vec<(Name, String, String)>,
    ) {
        let had = self
            .had(&table.name, &Object::Constraint(table.name.clone(), Constraint::ForeignKey(key.clone())));
        let mut interim = key.clone();
        interim.columns = self.physical(&table.name, &key.columns);
        interim.targets = self.physical(&key.table, &key.targets);
        if had {
            interim.name = derived(&key.name, "new");
            let locks = [&table.name, &key.table];
            let drop = plain(ddl::constraint::drop(&table.name, &key.name));
            self.contract.quick(Stage::Objects, &locks, vec![drop]);
            renames.push((table.name.clone(), interim.name.clone(), key.name.clone()));
        }
        let mut undo = Steps::default();
        let drop = plain(ddl::constraint::drop(&table.name, &interim.name));
        undo.quick(Stage::Objects, &[&table.name, &key.table], vec![drop]);
        self.add_reference(&table.name, &interim);
        self.undo.push(undo);
    }

    /// Whether the table has an object of this name already.
    fn had(&self, table: &Name, object: &Object) -> bool {
        let Some(table) = self.from.table(table) else { return false };
        match object {
            Object::Index(_, index) => table.indexes.iter().any(|other| other.name == index.name),
            Object::Constraint(_, constraint) => {
                table.constraints().any(|other| other.name() == constraint.name())
            }
            _ => false,
        }
    }

    /// The object as it is while the old columns are there.
    fn interim(&self, table: &Table, object: &Object) -> Object {
        let had = self.had(&table.name, object);
        let named = |name: &String| if had { derived(name, "new") } else { name.clone() };
        let columns = |columns: &[String]| self.physical(&table.name, columns);
        match object {
            Object::Index(name, index) => {
                let mut index = index.clone();
                index.name = named(&index.name);
                for key in &mut index.keys {
                    key.column = key.column.as_ref().map(|column| self.physical_column(&table.name, column));
                    key.expression =
                        key.expression.as_ref().map(|text| self.physical_text(&table.name, text));
                }
                index.include = columns(&index.include);
                index.predicate = index.predicate.as_ref().map(|text| self.physical_text(&table.name, text));
                Object::Index(name.clone(), index)
            }
            Object::Constraint(name, constraint) => {
                let mut constraint = constraint.clone();
                match &mut constraint {
                    Constraint::PrimaryKey(key) => {
                        key.name = named(&key.name);
                        key.columns = columns(&key.columns);
                        key.include = columns(&key.include);
                    }
                    Constraint::Unique(key) => {
                        key.name = named(&key.name);
                        key.columns = columns(&key.columns);
                        key.include = columns(&key.include);
                    }
                    Constraint::Check(check) => {
                        check.name = named(&check.name);
                        check.expression = self.physical_text(&table.name, &check.expression);
                    }
                    Constraint::ForeignKey(_) | Constraint::Exclusion(_) => {}
                }
                Object::Constraint(name.clone(), constraint)
            }
            other => other.clone(),
        }
    }

    fn physical(&self, table: &Name, columns: &[String]) -> Vec<String> {
        columns.iter().map(|column| self.physical_column(table, column)).collect()
    }

    fn physical_column(&self, table: &Name, column: &str) -> String {
        self.shadow(table, column).map_or_else(|| column.to_owned(), |shadow| shadow.interim.clone())
    }

    /// An expression by the names that columns and types have while the old ones are there.
    fn physical_text(&self, table: &Name, text: &str) -> String {
        let mut text = text.to_owned();
        for shadow in self.shadows.iter().filter(|shadow| shadow.table == *table) {
            if shadow.interim != shadow.new.name {
                text = replaced(&text, &shadow.new.name, &shadow.interim);
            }
        }
        for (name, _, interim) in &self.swapped {
            text = replaced(&text, &name.name, &interim.name);
        }
        text
    }

    /// The transaction in which the old columns of a table go and the new ones take their place.
    fn last_statements(&mut self, table: &Table) -> Vec<Statement> {
        let name = &table.name;
        let shadows: Vec<Shadow> =
            self.shadows.iter().filter(|shadow| shadow.table == *name).cloned().collect();
        let mut first = Vec::new();
        let mut last = Vec::new();
        for shadow in &shadows {
            let (function, trigger) = shadow.sync();
            first.push(ddl::trigger::drop(name, &trigger));
            first.push(ddl::routine::drop(&sync_routine(&function, String::new())));
        }
        let mut views = Vec::new();
        for shadow in &shadows {
            let stale = |object: &Object| !shadow.is_rename() || !self.is_changed(&object.object_name());
            let found = dependents(table, &shadow.new.name);
            for (of, policy) in policies_on(self.to, name, &shadow.new.name) {
                if stale(&Object::Policy(of.clone(), policy.clone())) {
                    first.push(ddl::policy::drop(&of, &policy.name));
                    last.extend(ddl::policy::create(&of, &policy));
                }
            }
            for trigger in found.triggers {
                if stale(&Object::Trigger(name.clone(), trigger.clone())) {
                    first.push(ddl::trigger::drop(name, &trigger.name));
                    last.extend(ddl::trigger::create(name, trigger));
                }
            }
            views.extend(
                views_on(self.to, name, Some(&shadow.new.name))
                    .into_iter()
                    .filter(|view| stale(&Object::View(view.clone()))),
            );
            if !shadow.is_rename() {
                last.extend(self.column_grants(shadow));
            }
        }
        hazards_of_views(&mut self.contract, &views);
        let (drops, creates) = self.dropped_and_created(&views);
        first.extend(drops);
        last.extend(creates);
        for shadow in &shadows {
            let owner = (name.clone(), shadow.old.name.clone());
            let owned =
                self.from.sequences.iter().filter(|sequence| sequence.owned_by.as_ref() == Some(&owner));
            let kept =
                owned.filter(|sequence| self.to.sequences.iter().any(|other| other.name == sequence.name));
            let owner = (name.clone(), shadow.interim.clone());
            first.extend(kept.map(|sequence| ddl::sequence::set_owner(&sequence.name, Some(&owner))));
        }
        first.extend(self.others_of_names(table, &shadows));
        let mut statements = texts(first);
        for shadow in &shadows {
            let comment = format!("`{}` has all of its values", shadow.interim);
            statements.push(because(comment, ddl::column::drop(name, &shadow.old.name)));
        }
        let mut finals = Vec::new();
        for shadow in &shadows {
            if shadow.interim != shadow.new.name {
                let (from, to) =
                    (part(Kind::Column, name, &shadow.interim), part(Kind::Column, name, &shadow.new.name));
                finals.extend(ddl::rename(&from, &to));
            }
        }
        finals.extend(self.final_names(table));
        for shadow in &shadows {
            if let Some(default) = &shadow.new.default {
                let default = self.swapped.iter().fold(default.clone(), |text, (old, _, interim)| {
                    replaced(&text, &old.name, &interim.name)
                });
                finals.push(ddl::column::set_default(name, &shadow.new.name, Some(&default)));
            }
            if let Some(identity) = &shadow.new.identity {
                finals.push(ddl::column::add_identity(name, &shadow.new.name, identity));
                finals.push(set_next(name, &shadow.new.name));
            }
        }
        statements.extend(texts(finals));
        statements.extend(texts(last));
        statements
    }

    /// What has the name of something built on a new column, and does not go with an old one by itself: an exclusion goes only
    /// with its last column.
    fn others_of_names(&self, table: &Table, shadows: &[Shadow]) -> Vec<String> {
        let Some(before) = self.from.table(&table.name) else { return Vec::new() };
        let new: Vec<_> = self.built_on(table).iter().map(Object::object_name).collect();
        let goes = |object: &Object| {
            let mentions = needs(object);
            !matches!(object, Object::Constraint(_, Constraint::Exclusion(_)))
                && shadows.iter().any(|shadow| mentions.column(&shadow.old.name))
        };
        let indexes = before.indexes.iter().map(|index| Object::Index(before.name.clone(), index.clone()));
        let constraints = before.constraints().map(|it| Object::Constraint(before.name.clone(), it));
        indexes
            .chain(constraints)
            .filter(|object| new.contains(&object.object_name()) && !goes(object))
            .map(|object| ddl::drop(&object))
            .collect()
    }

    /// What was built beside the old columns takes the names of what went with them.
    fn final_names(&mut self, table: &Table) -> Vec<String> {
        let mut statements = Vec::new();
        for object in self.built_on(table) {
            let name = object.object_name();
            if let Object::Constraint(_, constraint @ Constraint::Exclusion(_)) = &object {
                let message = "it is built anew while nobody can read or write the table";
                self.contract.hazard(HazardKind::Blocking, name, message);
                statements.extend(ddl::constraint::add(&table.name, constraint));
                continue;
            }
            if !self.had(&table.name, &object) {
                continue;
            }
            let interim = derived(&name.name, "new");
            match &object {
                Object::Constraint(_, key @ (Constraint::PrimaryKey(_) | Constraint::Unique(_))) => {
                    let add = ddl::constraint::add_using_index(&table.name, key, &interim);
                    statements.extend(add.unwrap_or_default());
                }
                _ => statements.extend(ddl::rename(&ObjectName { name: interim, ..name.clone() }, &name)),
            }
        }
        statements
    }
}

fn part(kind: Kind, table: &Name, name: &str) -> ObjectName {
    ObjectName { kind, schema: table.schema.clone(), table: table.name.clone(), name: name.to_owned() }
}

/// An index that a unique or primary key can be made of.
pub(super) fn index_of(constraint: &Constraint) -> Option<Index> {
    let (name, columns, include, nulls_not_distinct) = match constraint {
        Constraint::PrimaryKey(key) => (&key.name, &key.columns, &key.include, false),
        Constraint::Unique(key) => (&key.name, &key.columns, &key.include, key.nulls_not_distinct),
        Constraint::ForeignKey(_) | Constraint::Check(_) | Constraint::Exclusion(_) => return None,
    };
    let key = |column: &String| crate::catalog::IndexKey {
        column: Some(column.clone()),
        expression: None,
        collation: None,
        opclass: None,
        descending: false,
        nulls: None,
    };
    Some(Index {
        name: name.clone(),
        unique: true,
        nulls_not_distinct,
        method: "btree".to_owned(),
        keys: columns.iter().map(key).collect(),
        include: include.clone(),
        predicate: None,
        with: std::collections::BTreeMap::default(),
        tablespace: None,
        comment: None,
    })
}
