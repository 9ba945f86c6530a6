//! What must be dropped and created again around a change of something that it needs.

use super::compare::Differences;
use super::flat::{Flat, table_of};
use super::inherited::parents;
use crate::catalog::{
    Catalog, Column, Constraint, Domain, Index, Kind, Name, Object, ObjectName, Sequence, Table,
};
use crate::ddl;
use crate::depend::{Mentions, needs};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a change does to a column, by what it harms.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Harm {
    /// It is new, and among all columns of its table.
    Added,
    /// It may be NULL from now on, which a primary key does not allow.
    Nullable,
    /// Its type differs by no more than its modifiers.
    Narrowed,
    /// Its collation is another.
    Collated,
    /// Its type is another.
    Retyped,
    /// It is dropped, at least for a while.
    Gone,
}

/// What cannot be needed while the changes are made.
#[derive(Default)]
struct Broken {
    objects: BTreeSet<Name>,
    columns: BTreeMap<Name, BTreeMap<String, Harm>>,
    /// The columns, sorted, that no key is of any more.
    keys: BTreeSet<(Name, Vec<String>)>,
    /// Tables whose primary key is: views that group by it have all columns of it.
    primary: BTreeSet<Name>,
}

/// Finds all of them and puts them among those that are dropped and created again.
pub(super) fn spread(from: &Flat, to: &Flat, catalog: &Catalog, differences: &mut Differences) {
    let mut broken = Broken::default();
    for object in differences.created.values() {
        if let Object::Column(table, column) = object {
            broken.harm(table, &column.name, Harm::Added);
        }
    }
    let columns: Vec<(Name, &Column)> = catalog
        .tables
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| (table.name.clone(), column)))
        .collect();
    let mut seen = BTreeSet::new();
    let mut first = true;
    let mut mentions: HashMap<ObjectName, Mentions> = HashMap::new();
    loop {
        let news: Vec<_> = differences
            .dropped
            .values()
            .map(|from| (from.object_name(), from.clone(), None))
            .chain(
                differences
                    .altered
                    .iter()
                    .map(|(name, (from, to))| (name.clone(), from.clone(), Some(to.clone()))),
            )
            .filter(|(name, _, to)| seen.insert((name.clone(), to.is_none())))
            .collect();
        if news.is_empty() && !std::mem::take(&mut first) {
            return;
        }
        for (_, from, to) in &news {
            broken.add(from, to.as_ref(), &columns);
        }
        for (name, old) in from.objects() {
            let Some(new) = to.get(name) else { continue };
            if differences.dropped.contains_key(name) || !may_break(name.kind) {
                continue;
            }
            let mentions = mentions.entry(name.clone()).or_insert_with(|| needs(old));
            if broken.breaks(name, (old, new), differences.altered.contains_key(name), mentions) {
                differences.recreate(name, old, new);
            }
        }
        differences.forget_parts();
    }
}

/// Defaults of columns and domains, and checks of domains, that call what is dropped and created again, tables that leave
/// their parents, sequences whose owners are dropped: each with the object as it is meanwhile.
pub(super) fn strip(from: &Flat, to: &Flat, differences: &Differences) -> Vec<(Object, Object)> {
    let again: Vec<Name> = differences
        .dropped
        .iter()
        .filter(|(name, _)| name.kind == Kind::Routine && differences.created.contains_key(*name))
        .filter_map(|(_, object)| match object {
            Object::Routine(routine) => Some(routine.name.clone()),
            _ => None,
        })
        .collect();
    let calls = |text: &String| {
        let mentions = Mentions::of(text);
        again.iter().any(|name| mentions.object(name))
    };
    let dropped: BTreeSet<Name> = differences
        .dropped
        .keys()
        .filter(|name| name.kind == Kind::Table)
        .map(|name| Name::new(&name.schema, &name.name))
        .collect();
    let is_dropped = |table: &Name| dropped.contains(table);
    let is_gone = |table: &Name, column: &str| {
        let column = Object::Column(table.clone(), Column::new(column, "")).object_name();
        is_dropped(table) || differences.dropped.contains_key(&column)
    };
    // What is dropped for good is dropped late.
    let kept = |name: &ObjectName| {
        !differences.dropped.contains_key(name) || !differences.created.contains_key(name)
    };
    let mut stripped = Vec::new();
    for (name, object) in from.objects() {
        let meanwhile = match object {
            Object::Column(table, column) => {
                // One that stays computed is dropped and created again.
                let generated = column.generated.clone().filter(|it| !calls(&it.expression));
                let default = column.default.clone().filter(|text| !calls(text));
                Object::Column(table.clone(), Column { default, generated, ..column.clone() })
            }
            Object::Domain(ty) => Object::Domain(Domain {
                default: ty.default.clone().filter(|text| !calls(text)),
                checks: ty.checks.iter().filter(|check| !calls(&check.expression)).cloned().collect(),
                ..ty.clone()
            }),
            Object::Sequence(sequence) => {
                let frees = |(owner, column): &(Name, String)| {
                    let used = || from.objects().any(|(_, other)| uses(other, &sequence.name, owner));
                    is_gone(owner, column) && (to.contains(name) || used())
                };
                let owned_by = sequence.owned_by.clone().filter(|owner| !frees(owner));
                Object::Sequence(Sequence { owned_by, ..sequence.clone() })
            }
            Object::Table(table) => {
                let Some(Object::Table(new)) = to.get(name) else { continue };
                let stays = |parent: &Name| !is_dropped(parent) && parents(new).any(|it| it == parent);
                Object::Table(Table {
                    partition: table.partition.clone().filter(|partition| stays(&partition.of)),
                    inherits: table.inherits.iter().filter(|parent| stays(parent)).cloned().collect(),
                    ..table.clone()
                })
            }
            _ => continue,
        };
        if meanwhile != *object && kept(name) && !is_dropped(&table_of(name)) {
            stripped.push((object.clone(), meanwhile));
        }
    }
    stripped
}

/// Whether it is a column of another table that takes its values from the sequence.
fn uses(object: &Object, sequence: &Name, owner: &Name) -> bool {
    match object {
        Object::Column(table, Column { default: Some(default), .. }) => {
            table != owner && Mentions::of(default).object(sequence)
        }
        _ => false,
    }
}

fn may_break(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::View
            | Kind::Policy
            | Kind::Trigger
            | Kind::Constraint
            | Kind::Index
            | Kind::Column
            | Kind::Routine
            | Kind::Table
    )
}

impl Broken {
    /// Takes in what is dropped, or altered if `to` says to what.
    fn add(&mut self, from: &Object, to: Option<&Object>, columns: &[(Name, &Column)]) {
        match (from, to) {
            (Object::View(it), None) => drop(self.objects.insert(it.name.clone())),
            (Object::Routine(it), None) => drop(self.objects.insert(it.name.clone())),
            (Object::Table(it), None) => {
                self.objects.insert(it.name.clone());
                let own = columns.iter().filter(|(table, _)| *table == it.name);
                own.for_each(|(table, column)| self.harm(table, &column.name, Harm::Gone));
            }
            (Object::Column(table, it), None) => self.harm(table, &it.name, Harm::Gone),
            (Object::Column(table, from), Some(Object::Column(_, to))) => {
                if stem(&from.ty) != stem(&to.ty) {
                    self.harm(table, &from.name, Harm::Retyped);
                } else if from.collation != to.collation {
                    self.harm(table, &from.name, Harm::Collated);
                } else if from.ty != to.ty {
                    self.harm(table, &from.name, Harm::Narrowed);
                } else if !from.nullable && to.nullable {
                    self.harm(table, &from.name, Harm::Nullable);
                }
            }
            (Object::Constraint(table, from), to) => {
                let in_place = to.is_some_and(|to| match to {
                    Object::Constraint(_, to) => ddl::constraint::is_alterable(from, to),
                    _ => false,
                });
                let key = match from {
                    Constraint::PrimaryKey(key) if !in_place => {
                        self.primary.insert(table.clone());
                        &key.columns
                    }
                    Constraint::Unique(key) if !in_place => &key.columns,
                    _ => return,
                };
                self.keys.insert((table.clone(), sorted(key)));
            }
            (Object::Index(table, from), to) if from.unique => {
                let in_place = to.is_some_and(|to| match to {
                    Object::Index(_, to) => ddl::index::alter(table, from, to).is_some(),
                    _ => false,
                });
                if !in_place {
                    let columns: Vec<_> = from.keys.iter().filter_map(|key| key.column.clone()).collect();
                    self.keys.insert((table.clone(), sorted(&columns)));
                }
            }
            (Object::Enum(from), to) => {
                let in_place = to.is_some_and(|to| match to {
                    Object::Enum(to) => {
                        ddl::enum_type::add_values(&to.name, &from.labels, &to.labels).is_some()
                    }
                    _ => false,
                });
                self.retype(&from.name, in_place, columns);
            }
            (Object::Domain(from), to) => {
                let in_place = to.is_some_and(|to| match to {
                    Object::Domain(to) => ddl::domain::alter(from, to).is_some(),
                    _ => false,
                });
                self.retype(&from.name, in_place, columns);
            }
            (Object::Composite(from), to) => {
                // A view may have a field that goes.
                let in_place = to.is_some_and(|to| match to {
                    Object::Composite(to) => to.fields.starts_with(&from.fields),
                    _ => false,
                });
                self.retype(&from.name, in_place, columns);
            }
            _ => {}
        }
    }

    fn harm(&mut self, table: &Name, column: &str, harm: Harm) {
        let there = self.columns.entry(table.clone()).or_default().entry(column.to_owned()).or_insert(harm);
        *there = harm.max(*there);
    }

    /// A type that is another, and with it the columns of it.
    fn retype(&mut self, ty: &Name, in_place: bool, columns: &[(Name, &Column)]) {
        if in_place {
            return;
        }
        self.objects.insert(ty.clone());
        for (table, column) in columns {
            if Mentions::of(&column.ty).object(ty) {
                self.harm(table, &column.name, Harm::Retyped);
            }
        }
    }

    /// Whether an object cannot stay while this is done.
    fn breaks(
        &self,
        name: &ObjectName,
        (object, new): (&Object, &Object),
        is_altered: bool,
        mentions: &Mentions,
    ) -> bool {
        let table = table_of(name);
        let own = |least: Harm| self.column(&table, mentions, least);
        let names_broken = || self.objects.iter().any(|name| mentions.object(name));
        let beyond = |least: Harm| {
            self.columns
                .keys()
                .any(|other| *other != table && mentions.object(other) && self.column(other, mentions, least))
        };
        match object {
            Object::View(_) => {
                let harmed = |columns: &BTreeMap<_, Harm>| columns.values().any(|it| *it != Harm::Nullable);
                let mut tables = self.columns.iter().filter(|(_, columns)| harmed(columns));
                let star = mentions.star() && tables.any(|(table, _)| mentions.object(table));
                let grouped =
                    mentions.column("group") && self.primary.iter().any(|table| mentions.object(table));
                names_broken() || star || grouped || beyond(Harm::Narrowed)
            }
            Object::Routine(_) => names_broken(),
            Object::Policy(..) => names_broken() || own(Harm::Narrowed) || beyond(Harm::Narrowed),
            Object::Trigger(..) => names_broken() || own(Harm::Narrowed),
            // One that is computed no more keeps its values: it is altered before the others.
            Object::Column(_, column) => {
                let computed = matches!(new, Object::Column(_, new) if new.generated.is_some());
                column.generated.is_some() && computed && (self.calls(mentions) || own(Harm::Narrowed))
            }
            Object::Constraint(_, Constraint::ForeignKey(key)) => {
                let harmed = |table: &Name, columns: &[String]| {
                    let harms = self.columns.get(table);
                    columns.iter().filter_map(|it| harms?.get(it)).any(|harm| *harm >= Harm::Retyped)
                };
                self.objects.contains(&key.table)
                    || harmed(&table, &key.columns)
                    || harmed(&key.table, &key.targets)
                    || self.keys.contains(&(key.table.clone(), sorted(&key.targets)))
            }
            Object::Constraint(_, constraint) => {
                let has_text = matches!(constraint, Constraint::Check(_) | Constraint::Exclusion(_));
                let collates = has_text && mentions.column("collate");
                (has_text && self.calls(mentions)) || own(least_harm(is_altered, has_text, collates))
            }
            Object::Index(_, index) => {
                let Index { keys, predicate, .. } = index;
                let has_text = predicate.is_some() || keys.iter().any(|key| key.expression.is_some());
                let collates = keys.iter().any(|key| key.collation.is_some());
                (has_text && self.calls(mentions)) || own(least_harm(is_altered, has_text, collates))
            }
            Object::Table(_) => match new {
                Object::Table(it) => parents(it).any(|parent| self.objects.contains(parent)),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether an expression of a table calls what is broken; other tables are nothing to it.
    fn calls(&self, mentions: &Mentions) -> bool {
        self.objects.iter().any(|name| !self.columns.contains_key(name) && mentions.object(name))
    }

    fn column(&self, table: &Name, mentions: &Mentions, least: Harm) -> bool {
        let columns = self.columns.get(table).into_iter().flatten();
        columns.into_iter().any(|(column, harm)| *harm >= least && mentions.column(column))
    }
}

/// What must at least happen to a column that a key, check or index is of: PostgreSQL makes one again that stays the
/// same, but forgets a collation of its own if it was the column's too.
fn least_harm(is_altered: bool, has_text: bool, collates: bool) -> Harm {
    match (is_altered, collates, has_text) {
        (true, ..) => Harm::Nullable,
        (false, true, _) => Harm::Collated,
        (false, false, true) => Harm::Retyped,
        (false, false, false) => Harm::Gone,
    }
}

/// A type without its modifiers.
fn stem(ty: &str) -> String {
    let (before, rest) = ty.split_once('(').unwrap_or((ty, ""));
    let after = rest.split_once(')').map(|(_, after)| after).unwrap_or_default();
    format!("{before}{after}")
}

fn sorted(columns: &[String]) -> Vec<String> {
    let mut columns = columns.to_vec();
    columns.sort();
    columns
}
