//! Enums, domains, composite types, sequences and routines.

use super::dependents::{Dependents, columns_of_type, dependents, is_used, views_on};
use super::names::derived;
use super::steps::{Stage, Steps, plain};
use super::view::hazards_of_views;
use super::{Planner, texts};
use crate::catalog::{Composite, Constraint, Domain, Enum, Name, Object, ObjectName, Sequence};
use crate::ddl;
use crate::plan::HazardKind;

impl Planner<'_> {
    /// Notes a type that another type must replace, column by column.
    pub(super) fn find_swap(&mut self, from: &Object, to: &Object) {
        let (name, possible) = match (from, to) {
            (Object::Enum(from), Object::Enum(to)) => {
                (&to.name, ddl::enum_type::add_values(&to.name, &from.labels, &to.labels).is_some())
            }
            (Object::Domain(from), Object::Domain(to)) => (&to.name, ddl::domain::alter(from, to).is_some()),
            (Object::Composite(from), Object::Composite(to)) => {
                (&to.name, ddl::composite::alter(from, to).is_some())
            }
            _ => return,
        };
        if possible || !is_used(&self.from, name) {
            return;
        }
        let interim = Name::new(&name.schema, derived(&name.name, "new"));
        let before = self.shadows.len();
        self.swapped.push((name.clone(), from.clone(), interim));
        self.shadow_type(name);
        let stays = columns_of_type(&self.from, name).into_iter().any(|(table, column)| {
            let new = self.to.table(&table.name).and_then(|to| to.column(&column.name));
            new.is_some_and(|new| new.ty == column.ty) && !self.is_shadowed(&table.name, &column.name)
        });
        if stays {
            self.shadows.truncate(before);
            self.swapped.pop();
        } else {
            self.done.insert(to.object_name());
        }
    }

    /// The types that replace others, under names of their own.
    pub(super) fn swap_types(&mut self) {
        for (name, old, interim) in self.swapped.clone() {
            let new = match &old {
                Object::Enum(_) => {
                    let found = self.to.enums.iter().find(|ty| ty.name == name);
                    found.map(|ty| Object::Enum(Enum { name: interim.clone(), ..ty.clone() }))
                }
                Object::Domain(_) => {
                    let found = self.to.domains.iter().find(|ty| ty.name == name);
                    found.map(|ty| Object::Domain(Domain { name: interim.clone(), ..ty.clone() }))
                }
                _ => {
                    let found = self.to.composites.iter().find(|ty| ty.name == name);
                    found.map(|ty| Object::Composite(Composite { name: interim.clone(), ..ty.clone() }))
                }
            };
            let Some(new) = new else { continue };
            self.hazard_of_type(&old, &new);
            self.quick(&[], ddl::create(&new));
            let mut undo = Steps::default();
            undo.quick(Stage::Objects, &[], vec![plain(ddl::drop(&new))]);
            self.undo.push(undo);
        }
    }

    pub(super) fn alter_enum(&mut self, from: &Enum, to: &Enum) {
        if let Some(statements) = ddl::enum_type::add_values(&to.name, &from.labels, &to.labels) {
            // A new label can be used when the transaction that adds it is committed.
            self.expand.atomic(Stage::Objects, texts(statements));
            self.quick(&[], ddl::enum_type::alter_comment(from, to).into_iter().collect());
        } else {
            self.recreate_type(&to.name, &Object::Enum(from.clone()), &Object::Enum(to.clone()));
        }
    }

    pub(super) fn alter_domain(&mut self, from: &Domain, to: &Domain) {
        let name = &to.name;
        let fresh: Vec<_> = to.checks.iter().filter(|check| !from.checks.contains(check)).cloned().collect();
        let mut rest = to.clone();
        rest.checks.retain(|check| !fresh.contains(check));
        let Some(statements) = ddl::domain::alter(from, &rest) else {
            self.recreate_type(name, &Object::Domain(from.clone()), &Object::Domain(to.clone()));
            return;
        };
        let used = is_used(&self.from, name);
        let object = Object::Domain(to.clone()).object_name();
        if used && (!fresh.is_empty() || (to.not_null && !from.not_null)) {
            let message = "the tables with columns of it are read while nobody can write them";
            self.expand.hazard(HazardKind::Blocking, object.clone(), message);
            self.expand.hazard(HazardKind::MayFail, object, "it fails if a value does not satisfy it");
        }
        self.quick(&[], statements);
        for check in fresh {
            self.quick(&[], vec![ddl::domain::add_check(name, &check, !used)]);
            if used {
                let validate = ddl::domain::validate_check(name, &check.name);
                self.expand.alone(Stage::Objects, plain(validate));
            }
        }
    }

    pub(super) fn alter_composite(&mut self, from: &Composite, to: &Composite) {
        let (old, new) = (Object::Composite(from.clone()), Object::Composite(to.clone()));
        if let Some(statements) = ddl::composite::alter(from, to) {
            self.hazard_of_type(&old, &new);
            self.quick(&[], statements);
        } else {
            self.recreate_type(&to.name, &old, &new);
        }
    }

    fn hazard_of_type(&mut self, old: &Object, new: &Object) {
        let name = old.object_name();
        match (old, new) {
            (Object::Enum(from), Object::Enum(to)) => {
                let gone: Vec<_> = from.labels.iter().filter(|label| !to.labels.contains(label)).collect();
                if let Some(first) = gone.first() {
                    let message = format!(
                        "it fails if a row has a label that is gone, such as `{first}`; so does old code that writes one"
                    );
                    self.expand.hazard(HazardKind::MayFail, name, message);
                }
            }
            (Object::Composite(from), Object::Composite(to)) => {
                let gone =
                    from.fields.iter().find(|field| !to.fields.iter().any(|other| other.name == field.name));
                if let Some(field) = gone {
                    let message = format!("the values of its field `{}` are gone", field.name);
                    self.expand.hazard(HazardKind::DataLoss, name, message);
                }
            }
            _ => {
                let message = "it fails if a value is none of the new type";
                self.expand.hazard(HazardKind::MayFail, name, message);
            }
        }
    }

    /// Another type under the same name, with each column of it written again.
    fn recreate_type(&mut self, name: &Name, old: &Object, new: &Object) {
        let columns: Vec<_> = columns_of_type(&self.from, name)
            .into_iter()
            .map(|(table, column)| (table.clone(), column.clone()))
            .collect();
        if columns.is_empty() {
            let mut statements = vec![ddl::drop(old)];
            statements.extend(ddl::create(new));
            self.expand.atomic(Stage::Objects, texts(statements));
            return;
        }
        self.hazard_of_type(old, new);
        let object = new.object_name();
        let message = "the tables with columns of it are written again while nobody can read or write them";
        self.expand.hazard(HazardKind::Blocking, object.clone(), message);
        let aside = ObjectName { name: derived(&name.name, "old"), ..object.clone() };
        let mut first = Vec::new();
        let mut types = ddl::rename(&object, &aside);
        types.extend(ddl::create(new));
        let mut last = Vec::new();
        let mut views = Vec::new();
        for (table, column) in columns {
            // Without old code the changes themselves say what is dropped before and made again.
            let found = if self.online() { dependents(&table, &column.name) } else { Dependents::default() };
            if self.online() {
                views.extend(views_on(&self.from, &table.name, Some(&column.name)));
            }
            for check in found.checks {
                let check = Constraint::Check(check.clone());
                first.push(ddl::constraint::drop(&table.name, check.name()));
                last.extend(ddl::constraint::add(&table.name, &check));
            }
            for index in found.computed_indexes {
                first.push(ddl::index::drop(&table.name.schema, &index.name));
                last.extend(ddl::index::create(&table.name, index));
            }
            if column.default.is_some() {
                first.push(ddl::column::set_default(&table.name, &column.name, None));
            }
            let text = if column.ty.ends_with("[]") { "text[]" } else { "text" };
            let element = column.ty.strip_suffix("[]").unwrap_or(&column.ty);
            let ty = column.ty.replacen(element, &super::names::quoted(name), 1);
            let using = format!("{}::{text}::{ty}", orm_core::sql::quote_ident(&column.name));
            let retyped = crate::catalog::Column { ty, ..column.clone() };
            types.push(ddl::column::set_type(&table.name, &retyped, Some(&using)));
            let end = self.to.table(&table.name).and_then(|to| to.column(&column.name));
            let same = end.filter(|end| end.ty == column.ty);
            if let Some(default) = same.and_then(|end| end.default.as_ref()) {
                types.push(ddl::column::set_default(&table.name, &column.name, Some(default)));
            }
        }
        hazards_of_views(&mut self.expand, &views);
        let (drops, creates) = self.recreated(&views);
        let old_name = match old {
            Object::Domain(domain) => {
                Object::Domain(Domain { name: Name::new(&aside.schema, &aside.name), ..domain.clone() })
            }
            Object::Composite(ty) => {
                Object::Composite(Composite { name: Name::new(&aside.schema, &aside.name), ..ty.clone() })
            }
            Object::Enum(ty) => {
                Object::Enum(Enum { name: Name::new(&aside.schema, &aside.name), ..ty.clone() })
            }
            other => other.clone(),
        };
        types.push(ddl::drop(&old_name));
        let statements = drops.into_iter().chain(first).chain(types).chain(last).chain(creates).collect();
        self.expand.atomic(Stage::Objects, texts(statements));
    }

    pub(super) fn create_sequence(&mut self, sequence: &Sequence) {
        self.quick(&[], ddl::sequence::create(sequence));
        if let Some(owner) = sequence.owned_by.as_ref().filter(|_| self.online()) {
            let sql = ddl::sequence::set_owner(&sequence.name, Some(owner));
            self.expand.quick(Stage::References, &[], vec![plain(sql)]);
        }
    }

    /// A sequence that is dropped by itself does not go with its column.
    pub(super) fn free(&mut self, object: &Object) {
        let Object::Sequence(Sequence { name, owned_by: Some(_), .. }) = object else { return };
        if self.online() {
            self.quick(&[], vec![ddl::sequence::set_owner(name, None)]);
            let found = self.from.sequences.iter_mut().find(|sequence| sequence.name == *name);
            found.into_iter().for_each(|sequence| sequence.owned_by = None);
        }
    }

    /// How a privilege is taken to be given: one on what is new changes nothing for what was there.
    pub(super) fn create_grant(&mut self, grant: &crate::catalog::Grant) {
        use crate::catalog::GrantTarget;
        let there = match &grant.on {
            GrantTarget::Schema(name) => name == "public" || self.schemas.contains(name),
            GrantTarget::Table(name) | GrantTarget::Sequence(name) | GrantTarget::Routine(name, _) => {
                !self.is_new(name) || self.others.contains(name)
            }
            GrantTarget::Type(_) => false,
        };
        let object = Object::Grant(grant.clone());
        if there {
            let message = format!("`{}` may do what it could not", grant.to);
            self.expand.hazard(HazardKind::Authorization, object.object_name(), message);
        }
        self.expand.quick(Stage::Access, &[], texts(ddl::create(&object)));
    }
}
