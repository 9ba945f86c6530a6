//! Renames, done to a catalog before it is compared.

use super::flat::{Flat, table_of};
use super::spot::{Spot, spots};
use crate::catalog::{Catalog, Constraint, Kind, Name, Object, ObjectName};
use crate::change::Change;
use crate::depend::{Dotted, replace_names};
use orm_core::sql::{quote_ident, quote_literal};

/// What somebody says is the same object under another name.
///
/// One whose `from` is gone or whose `to` is there already is of the past, and does nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// What it is called; a part of a table that is renamed too is found by either name of the table.
    pub from: ObjectName,
    /// What it is to be called.
    pub to: ObjectName,
}

/// A catalog after its renames.
pub(super) struct Renamed {
    /// The renames, tables before their parts.
    pub(super) changes: Vec<Change>,
    /// With expressions as they were written.
    pub(super) catalog: Catalog,
    /// With expressions as a server has them then.
    pub(super) server: Catalog,
    /// Columns by their new names: views still call them by the old.
    pub(super) columns: Vec<(Name, String)>,
}

pub(super) fn rename_all(from: &Catalog, catalog: &Catalog, renames: &[Rename]) -> Renamed {
    let mut renamed =
        Renamed { changes: Vec::new(), catalog: from.clone(), server: from.clone(), columns: Vec::new() };
    let target = Flat::of(catalog);
    let mut sorted: Vec<_> = renames.iter().collect();
    sorted.sort_by_key(|rename| rank(rename.to.kind));
    for Rename { from, to } in sorted {
        let there = Flat::of(&renamed.catalog);
        let mut from = from.clone();
        if !to.table.is_empty() {
            (from.schema, from.table) = (to.schema.clone(), to.table.clone());
        }
        let done = if to.kind == Kind::Label {
            let before = &renamed.catalog;
            has_label(before, to) || !has_label(before, &from) || has_label(catalog, &from)
        } else {
            there.contains(to) || !there.contains(&from) || !target.contains(to)
        };
        if from.kind == to.kind && from != *to && !done {
            renamed.rename(from, to.clone());
        }
    }
    renamed.rename_alike(&target);
    renamed
}

/// What others are in comes first, so that they are found by its new name.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Schema => 0,
        Kind::Label | Kind::Column | Kind::Constraint | Kind::Index | Kind::Trigger | Kind::Policy => 2,
        _ => 1,
    }
}

impl Renamed {
    fn rename(&mut self, from: ObjectName, to: ObjectName) {
        apply(&mut self.catalog, &from, &to, false);
        apply(&mut self.server, &from, &to, true);
        if to.kind == Kind::Column {
            self.columns.push((table_of(&to), to.name.clone()));
        }
        self.changes.push(Change::Rename { from, to });
    }

    /// Constraints, indexes and sequences that differ in nothing but their names, which often are those of tables and columns.
    fn rename_alike(&mut self, target: &Flat) {
        for kind in [Kind::Sequence, Kind::Constraint, Kind::Index] {
            let there = Flat::of(&self.server);
            let mut new: Vec<_> =
                target.objects().filter(|(name, _)| name.kind == kind && !there.contains(name)).collect();
            let old = there.objects().filter(|(name, _)| name.kind == kind && !target.contains(name));
            for (name, object) in old {
                let alike = |(other, to): &(&ObjectName, &Object)| {
                    other.schema == name.schema
                        && other.table == name.table
                        && with_name(object, &other.name) == **to
                };
                if let Some(at) = new.iter().position(alike) {
                    let (to, _) = new.swap_remove(at);
                    self.rename(name.clone(), to.clone());
                }
            }
        }
    }
}

/// The object under another name.
fn with_name(object: &Object, name: &str) -> Object {
    let mut object = object.clone();
    match &mut object {
        Object::Sequence(it) => name.clone_into(&mut it.name.name),
        Object::Index(_, it) => name.clone_into(&mut it.name),
        Object::Constraint(_, it) => name.clone_into(match it {
            Constraint::PrimaryKey(it) => &mut it.name,
            Constraint::Unique(it) => &mut it.name,
            Constraint::ForeignKey(it) => &mut it.name,
            Constraint::Check(it) => &mut it.name,
            Constraint::Exclusion(it) => &mut it.name,
        }),
        _ => {}
    }
    object
}

/// Renames one object everywhere; in expressions only if asked for.
fn apply(catalog: &mut Catalog, from: &ObjectName, to: &ObjectName, texts: bool) {
    let (old, new) = (Name::new(&from.schema, &from.name), Name::new(&to.schema, &to.name));
    match to.kind {
        Kind::Schema => rename_schema(catalog, &from.name, &to.name, texts),
        Kind::Role => spots(catalog, &mut |spot| match spot {
            Spot::Role(name) if *name == from.name => name.clone_from(&to.name),
            _ => {}
        }),
        Kind::Enum | Kind::Domain | Kind::Composite | Kind::Sequence | Kind::Table | Kind::View => {
            let replace = |(schema, name): Dotted<'_>| {
                let found = name == old.name && schema.is_none_or(|schema| schema == old.schema);
                found.then(|| new.clone())
            };
            spots(catalog, &mut |spot| match spot {
                Spot::Relation(name) if *name == old => *name = new.clone(),
                Spot::Type(ty) => *ty = replace_names(ty, &|name| replace(name).filter(|_| name.0.is_some())),
                Spot::Text(_, text) if texts => *text = replace_names(text, &replace),
                _ => {}
            });
        }
        Kind::Routine => {
            let own = |name: &str| name.split_once('(').map_or(name, |(own, _)| own).to_owned();
            let (old, new) = (Name::new(&from.schema, own(&from.name)), Name::new(&to.schema, own(&to.name)));
            let replace = |(schema, name): Dotted<'_>| {
                let found = name == old.name && schema.is_none_or(|schema| schema == old.schema);
                found.then(|| new.clone())
            };
            spots(catalog, &mut |spot| match spot {
                Spot::Routine(name) if *name == old => *name = new.clone(),
                Spot::Text(_, text) if texts => *text = replace_names(text, &replace),
                _ => {}
            });
        }
        Kind::Label => rename_label(catalog, &table_of(to), &from.name, &to.name, texts),
        Kind::Column => rename_column(catalog, &table_of(to), &from.name, &to.name, texts),
        Kind::Constraint | Kind::Index | Kind::Trigger | Kind::Policy => {
            rename_part(catalog, from, to, texts)
        }
        Kind::Extension | Kind::Grant => {}
    }
}

fn rename_schema(catalog: &mut Catalog, from: &str, to: &str, texts: bool) {
    let replace = |(schema, name): Dotted<'_>| (schema == Some(from)).then(|| Name::new(to, name));
    spots(catalog, &mut |spot| match spot {
        Spot::Schema(name) if name == from => to.clone_into(name),
        Spot::Relation(name) | Spot::Routine(name) if name.schema == from => to.clone_into(&mut name.schema),
        Spot::Type(ty) => *ty = replace_names(ty, &replace),
        Spot::Text(_, text) if texts => *text = replace_names(text, &replace),
        _ => {}
    });
}

fn has_label(catalog: &Catalog, label: &ObjectName) -> bool {
    let of = table_of(label);
    catalog.enums.iter().any(|ty| ty.name == of && ty.labels.contains(&label.name))
}

fn rename_label(catalog: &mut Catalog, ty: &Name, from: &str, to: &str, texts: bool) {
    let labels = catalog.enums.iter_mut().filter(|other| other.name == *ty).flat_map(|ty| &mut ty.labels);
    labels.filter(|label| *label == from).for_each(|label| to.clone_into(label));
    if !texts {
        return;
    }
    // As a server prints a value of it, whatever it quotes and qualifies.
    let types = [ty.name.clone(), quote_ident(&ty.name)];
    let types = types.iter().flat_map(|name| {
        let schemas = [ty.schema.clone(), quote_ident(&ty.schema)];
        let qualified = schemas.map(|schema| format!("{schema}.{name}"));
        qualified.into_iter().chain([name.clone()])
    });
    for ty in types {
        let (old, new) = (quote_literal(from), quote_literal(to));
        spots(catalog, &mut |spot| {
            if let Spot::Text(_, text) = spot {
                *text = replace_word(text, &format!("{old}::{ty}"), &format!("{new}::{ty}"));
            }
        });
    }
}

/// As `str::replace`, but where a longer word begins with `from`.
fn replace_word(text: &str, from: &str, to: &str) -> String {
    let mut parts = text.split(from);
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let goes_on = part.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.'));
        replaced += if goes_on { from } else { to };
        replaced += part;
    }
    replaced
}

fn rename_column(catalog: &mut Catalog, table: &Name, from: &str, to: &str, texts: bool) {
    let replace =
        |(before, name): Dotted<'_>| (name == from).then(|| Name::new(before.unwrap_or_default(), to));
    spots(catalog, &mut |spot| match spot {
        Spot::Column(of, name) if of == table && name == from => to.clone_into(name),
        Spot::Text(Some(of), text) if texts && of == table => *text = replace_names(text, &replace),
        _ => {}
    });
}

fn rename_part(catalog: &mut Catalog, from: &ObjectName, to: &ObjectName, texts: bool) {
    let place = table_of(to);
    let rename = |name: &mut String| {
        if *name == from.name {
            name.clone_from(&to.name);
        }
    };
    let views = catalog.views.iter_mut().filter(|view| view.name == place && to.kind == Kind::Index);
    views.flat_map(|view| &mut view.indexes).for_each(|index| rename(&mut index.name));
    let Some(table) = catalog.tables.iter_mut().find(|table| table.name == place) else { return };
    match to.kind {
        Kind::Constraint => {
            table.primary_key.iter_mut().for_each(|it| rename(&mut it.name));
            table.uniques.iter_mut().for_each(|it| rename(&mut it.name));
            table.foreign_keys.iter_mut().for_each(|it| rename(&mut it.name));
            table.checks.iter_mut().for_each(|it| rename(&mut it.name));
            table.exclusions.iter_mut().for_each(|it| rename(&mut it.name));
        }
        Kind::Index => table.indexes.iter_mut().for_each(|it| rename(&mut it.name)),
        Kind::Policy => table.policies.iter_mut().for_each(|it| rename(&mut it.name)),
        Kind::Trigger => {
            for trigger in table.triggers.iter_mut().filter(|it| it.name == from.name) {
                trigger.name.clone_from(&to.name);
                if texts {
                    let replace =
                        |(_, name): Dotted<'_>| (name == from.name).then(|| Name::new("", &to.name));
                    trigger.definition = replace_names(&trigger.definition, &replace);
                }
            }
        }
        _ => {}
    }
}
