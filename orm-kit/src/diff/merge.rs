//! What several catalogs made of one, put together.

use super::conflict::{names, whole};
use super::diff;
use super::flat::{Flat, table_of};
use crate::catalog::{Catalog, Constraint, Kind, Name, Object, ObjectName};
use crate::change::Change;
use crate::ddl;
use crate::depend::needs;
use std::collections::{BTreeMap, BTreeSet};

/// What two branches do and that does not get along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clash {
    /// What the one does.
    pub(crate) one: Change,
    /// What the other does.
    pub(crate) other: Change,
}

/// What becomes of `base` when both branches that began there have run, in whatever order; and what of them would fail, or
/// mean something else, in one of the two orders.
pub(crate) fn merge(base: &Catalog, one: &Catalog, other: &Catalog) -> (Catalog, Vec<Clash>) {
    let before = Flat::of(base);
    let (of_one, of_other) = (changes(&before, &Flat::of(one)), changes(&before, &Flat::of(other)));
    let (by_one, by_other) = (effects(base, one, &of_one), effects(base, other, &of_other));
    let mut clashes = Vec::new();
    for effect in &by_one {
        let against = by_other.iter().filter(|against| {
            // What both only make anew is there in the end.
            let is_same = effect.change.object_name() == against.change.object_name();
            (is_same && (effect.is_own || against.is_own))
                || same_name((&effect.change, one), (&against.change, other))
                || (against.is_own && effect.disturbs(&against.change))
                || (effect.is_own && against.disturbs(&effect.change))
        });
        clashes.extend(
            against.map(|against| Clash { one: effect.change.clone(), other: against.change.clone() }),
        );
    }
    let mut objects: BTreeMap<ObjectName, Object> =
        before.objects().map(|(name, object)| (name.clone(), object.clone())).collect();
    for change in of_one.into_iter().chain(of_other) {
        match change {
            Change::Create(object) | Change::Alter { to: object, .. } => {
                objects.insert(object.object_name(), object);
            }
            Change::Drop(object) => drop(objects.remove(&object.object_name())),
            Change::Rename { .. } => {}
        }
    }
    (assemble(objects.into_values().collect(), &[base, one, other]), without_parts(clashes))
}

/// Where a table does not get along with something, its parts say nothing more.
fn without_parts(clashes: Vec<Clash>) -> Vec<Clash> {
    let names = |Clash { one, other }: &Clash| (one.object_name(), other.object_name());
    let all: BTreeSet<_> = clashes.iter().map(names).collect();
    let is_said = |clash: &Clash| {
        let (one, other) = names(clash);
        let tables = (whole_of(&one), whole_of(&other));
        let wider = [(tables.0.clone(), other.clone()), (one.clone(), tables.1.clone()), tables];
        wider.iter().any(|pair| *pair != (one.clone(), other.clone()) && all.contains(pair))
    };
    let said: Vec<_> = clashes.iter().map(is_said).collect();
    clashes.into_iter().zip(said).filter(|(_, said)| !said).map(|(clash, _)| clash).collect()
}

/// The table that the object is a part of, or itself.
fn whole_of(name: &ObjectName) -> ObjectName {
    if name.table.is_empty() {
        return name.clone();
    }
    let (schema, table) = (name.schema.clone(), name.table.clone());
    ObjectName { kind: Kind::Table, schema, table: String::new(), name: table }
}

/// What differs object by object: a rename is a drop and a create.
fn changes(before: &Flat, after: &Flat) -> Vec<Change> {
    let gone = before.objects().filter(|(name, _)| !after.contains(name));
    let gone = gone.map(|(_, object)| Change::Drop(object.clone()));
    let there = after.objects().filter_map(|(name, object)| match before.get(name) {
        None => Some(Change::Create(object.clone())),
        Some(from) if from != object => Some(Change::Alter { from: from.clone(), to: object.clone() }),
        Some(_) => None,
    });
    gone.chain(there).collect()
}

/// What a branch does to an object.
struct Effect {
    change: Change,
    /// The object is another then; else it is only dropped and made again, as it depends on what is.
    is_own: bool,
    /// Whatever depends on the object and is not known to the branch stands in its way.
    is_anew: bool,
}

fn effects(base: &Catalog, branch: &Catalog, changes: &[Change]) -> Vec<Effect> {
    let ordered = diff(base, branch, &[]);
    let is_create = |change: &&Change| matches!(change, Change::Create(_));
    let created: BTreeSet<_> = ordered.iter().filter(is_create).map(Change::object_name).collect();
    let again: BTreeMap<ObjectName, Object> = ordered
        .into_iter()
        .filter_map(|change| match change {
            Change::Drop(object) => Some((object.object_name(), object)),
            _ => None,
        })
        .filter(|(name, _)| created.contains(name))
        .collect();
    let own = changes.iter().map(|change| {
        let is_anew = match change {
            Change::Alter { from, to } => again.contains_key(&to.object_name()) || is_made_anew(from, to),
            change => matches!(change, Change::Drop(_)),
        };
        Effect { change: change.clone(), is_own: true, is_anew }
    });
    let changed: BTreeSet<_> = changes.iter().map(Change::object_name).collect();
    let others = again.iter().filter(|(name, _)| !changed.contains(name));
    let others = others.map(|(_, object)| Effect {
        change: Change::Drop(object.clone()),
        is_own: false,
        is_anew: true,
    });
    own.chain(others).collect()
}

/// Two that are new want one name among relations and types.
fn same_name((one, first): (&Change, &Catalog), (other, second): (&Change, &Catalog)) -> bool {
    let names = |change: &Change, catalog: &Catalog| -> BTreeSet<Name> {
        match change {
            Change::Create(object) => names(&whole(object, catalog)).into_iter().collect(),
            _ => BTreeSet::new(),
        }
    };
    !names(one, first).is_disjoint(&names(other, second))
}

impl Effect {
    /// Whether what `change` makes needs what this takes away or makes anew: then which of the two runs first matters.
    fn disturbs(&self, change: &Change) -> bool {
        let (Change::Create(new) | Change::Alter { to: new, .. }) = change else {
            // A part goes with its table, which must then still be there.
            let gone = change.object_name();
            return matches!(&self.change, Change::Drop(Object::Table(table)) if table_of(&gone) == table.name);
        };
        let name = new.object_name();
        let own = self.change.object_name();
        if matches!(own.kind, Kind::Column | Kind::Constraint)
            && new_parents(change).contains(&table_of(&own))
        {
            return true;
        }
        match &self.change {
            Change::Drop(Object::Schema(schema)) => name.schema == schema.name,
            Change::Drop(Object::Table(table)) if table_of(&name) == table.name => true,
            Change::Drop(object) | Change::Alter { from: object, .. } => self.is_anew && uses(new, object),
            Change::Create(_) | Change::Rename { .. } => false,
        }
    }
}

/// The tables that a table becomes a child or a partition of: it must have what they have.
fn new_parents(change: &Change) -> Vec<Name> {
    let parents = |object: &Object| -> Vec<Name> {
        let Object::Table(table) = object else { return Vec::new() };
        let of = table.partition.iter().map(|partition| partition.of.clone());
        of.chain(table.inherits.iter().cloned()).collect()
    };
    match change {
        Change::Create(object) => parents(object),
        Change::Alter { from, to } => {
            let before = parents(from);
            parents(to).into_iter().filter(|parent| !before.contains(parent)).collect()
        }
        Change::Drop(_) | Change::Rename { .. } => Vec::new(),
    }
}

/// Whether the definition of an object mentions another.
fn uses(object: &Object, used: &Object) -> bool {
    let mentions = needs(object);
    let name = object.object_name();
    match used {
        Object::Column(table, column) => {
            let of_table = table_of(&name) == *table;
            let target = match object {
                Object::Constraint(_, Constraint::ForeignKey(key)) => {
                    key.table == *table && key.targets.contains(&column.name)
                }
                _ => false,
            };
            let elsewhere = mentions.object(table) && (mentions.column(&column.name) || mentions.star());
            target || if of_table { mentions.column(&column.name) } else { elsewhere }
        }
        Object::Constraint(table, Constraint::PrimaryKey(key)) => refers(object, table, &key.columns),
        Object::Constraint(table, Constraint::Unique(key)) => refers(object, table, &key.columns),
        Object::Table(it) => mentions.object(&it.name),
        Object::View(it) => mentions.object(&it.name),
        Object::Enum(it) => mentions.object(&it.name),
        Object::Domain(it) => mentions.object(&it.name),
        Object::Composite(it) => mentions.object(&it.name),
        Object::Sequence(it) => mentions.object(&it.name),
        Object::Routine(it) => mentions.object(&it.name),
        Object::Role(it) => match object {
            Object::Policy(_, policy) => policy.to.contains(&it.name),
            Object::Grant(grant) => grant.to == it.name,
            Object::Role(role) => role.member_of.contains(&it.name),
            _ => false,
        },
        _ => false,
    }
}

/// Whether it is a foreign key to these columns.
fn refers(object: &Object, table: &Name, columns: &[String]) -> bool {
    matches!(object, Object::Constraint(_, Constraint::ForeignKey(key))
        if key.table == *table && key.targets.iter().collect::<BTreeSet<_>>() == columns.iter().collect())
}

/// Whether an alter may drop the object and make it again, with what it knows to depend on it and nothing else.
fn is_made_anew(from: &Object, to: &Object) -> bool {
    match (from, to) {
        (Object::Column(_, from), Object::Column(_, to)) => {
            from.ty != to.ty || from.generated != to.generated || from.collation != to.collation
        }
        (Object::Enum(from), Object::Enum(to)) => {
            ddl::enum_type::add_values(&to.name, &from.labels, &to.labels).is_none()
        }
        (Object::Domain(_), Object::Domain(_)) | (Object::Composite(_), Object::Composite(_)) => true,
        (Object::View(_), Object::View(_)) | (Object::Constraint(..), Object::Constraint(..)) => true,
        _ => false,
    }
}

/// The objects as a catalog, with the columns of a table in the order in which they came.
fn assemble(objects: Vec<Object>, order: &[&Catalog]) -> Catalog {
    let mut catalog = Catalog::default();
    let (parts, alone): (Vec<_>, Vec<_>) =
        objects.into_iter().partition(|object| !object.object_name().table.is_empty());
    // A part whose table another branch has dropped is among the clashes, and left out.
    alone.into_iter().chain(parts).for_each(|object| catalog.put(object));
    for table in &mut catalog.tables {
        let columns: Vec<&str> = order
            .iter()
            .filter_map(|catalog| catalog.table(&table.name))
            .flat_map(|table| table.columns.iter().map(|column| column.name.as_str()))
            .collect();
        table.columns.sort_by_key(|column| columns.iter().position(|name| *name == column.name));
    }
    catalog.sort();
    catalog
}

#[cfg(test)]
mod tests;
