//! Changes that old and new code cannot both live with: what is dropped or becomes another in one knot with what it needs.
//!
//! Where a column, type, function, view or key becomes another one, the plan knows what to do about what stays and needs
//! it. If that goes or becomes another one too, there is nothing between the one and the other that serves both. Such changes
//! are made in the order of the differences, as if nobody else used the database, and a hazard says so.

use super::Planner;
use super::renamed::renamed;
use super::steps::Steps;
use crate::catalog::{
    Catalog, Column, Constraint, ForeignKey, Grant, GrantTarget, Kind, Name, Object, ObjectName, Sequence,
    Table,
};
use crate::change::Change;
use crate::ddl;
use crate::depend::{Mentions, needs};
use crate::plan::HazardKind;
use std::collections::{BTreeSet, HashMap};

/// What becomes of one object.
struct Course {
    name: ObjectName,
    before: Option<Object>,
    after: Option<Object>,
    mentions: Mentions,
    /// What it, or its table, inherits from or is a partition of.
    parents: Vec<Name>,
    /// The column whose sequence it is a privilege on.
    owner: Option<(Name, String)>,
}

/// The objects whose changes are in such a knot.
pub(super) fn tangled(from: &Catalog, to: &Catalog, changes: &[Change]) -> BTreeSet<ObjectName> {
    let mut courses = courses(changes);
    if !courses.iter().any(Course::becomes_another) {
        return BTreeSet::new();
    }
    for course in &mut courses {
        let versions = course.before.iter().chain(&course.after);
        versions.for_each(|object| course.mentions.extend(all_needs(object)));
        let table = match course.name.kind {
            Kind::Table => Name::new(&course.name.schema, &course.name.name),
            _ => Name::new(&course.name.schema, &course.name.table),
        };
        let tables = from.table(&table).into_iter().chain(to.table(&table));
        let granted = course.versions().find_map(|object| match object {
            Object::Grant(Grant { on: GrantTarget::Sequence(name), .. }) => Some(name.clone()),
            _ => None,
        });
        let mut sequences = from.sequences.iter().chain(&to.sequences);
        let owned = granted.and_then(|name| sequences.find(|it| it.name == name && it.owned_by.is_some()));
        course.owner = owned.and_then(|sequence| sequence.owned_by.clone());
        course.parents =
            tables.flat_map(|it| it.partition.iter().map(|it| &it.of).chain(&it.inherits)).cloned().collect();
    }
    let mut knot: Vec<usize> = Vec::new();
    for (at, one) in courses.iter().enumerate().filter(|(_, course)| course.becomes_another()) {
        for (beside, other) in courses.iter().enumerate() {
            if at != beside && (one.needs(other) || other.needs(one)) && !serves_both(one, other) {
                knot.extend([at, beside]);
            }
        }
    }
    let mut found: BTreeSet<usize> = BTreeSet::new();
    while let Some(at) = knot.pop() {
        if !found.insert(at) {
            continue;
        }
        let Some(one) = courses.get(at) else { continue };
        let near = courses.iter().enumerate().filter(|(_, other)| one.needs(other) || other.needs(one));
        knot.extend(near.map(|(beside, _)| beside));
    }
    found.into_iter().filter_map(|at| courses.get(at)).map(|course| course.name.clone()).collect()
}

fn courses(changes: &[Change]) -> Vec<Course> {
    let mut places: HashMap<ObjectName, usize> = HashMap::new();
    let mut courses: Vec<Course> = Vec::new();
    for change in changes {
        let (before, after) = match change {
            Change::Create(object) => (None, Some(object)),
            Change::Drop(object) => (Some(object), None),
            Change::Alter { from, to } => (Some(from), Some(to)),
            Change::Rename { .. } => continue,
        };
        let name = change.object_name();
        let at = *places.entry(name.clone()).or_insert(courses.len());
        if at == courses.len() {
            let before = before.cloned();
            courses.push(Course {
                name,
                before,
                after: None,
                mentions: Mentions::default(),
                parents: Vec::new(),
                owner: None,
            });
        }
        if let Some(course) = courses.get_mut(at) {
            course.after = after.cloned();
        }
    }
    courses
}

impl Course {
    /// Whether it stays, and nothing of it that others need stays as it is.
    fn becomes_another(&self) -> bool {
        let (Some(before), Some(after)) = (&self.before, &self.after) else { return false };
        match (before, after) {
            (Object::Column(_, from), Object::Column(_, to)) => {
                from.ty != to.ty || from.collation != to.collation || from.generated != to.generated
            }
            (Object::Enum(from), Object::Enum(to)) => {
                ddl::enum_type::add_values(&to.name, &from.labels, &to.labels).is_none()
            }
            (Object::Domain(from), Object::Domain(to)) => ddl::domain::alter(from, to).is_none(),
            (Object::Composite(from), Object::Composite(to)) => ddl::composite::alter(from, to).is_none(),
            (Object::View(from), Object::View(to)) => {
                from.query != to.query || from.columns != to.columns || from.materialized != to.materialized
            }
            (Object::Constraint(_, from), Object::Constraint(_, to)) => {
                is_key(from) && !ddl::constraint::is_alterable(from, to)
            }
            (Object::Table(from), Object::Table(to)) => {
                from.partitioned != to.partitioned
                    || from.partition != to.partition
                    || from.inherits != to.inherits
            }
            (Object::Routine(from), Object::Routine(to)) => {
                from.procedure != to.procedure
                    || crate::diff::signature(&from.definition) != crate::diff::signature(&to.definition)
            }
            _ => false,
        }
    }

    fn is_exclusion(&self) -> bool {
        self.versions().any(|it| matches!(it, Object::Constraint(_, Constraint::Exclusion(_))))
    }

    /// Whether it is dropped and created again around others, and stays what it is.
    fn stays(&self) -> bool {
        self.before == self.after
    }

    /// Whether it is, or was, made of `other`, or is a part of it.
    fn needs(&self, other: &Course) -> bool {
        let Course { name, .. } = other;
        let own = Name::new(&name.schema, &name.name);
        let table = Name::new(&name.schema, &name.table);
        let is_part = self.name.schema == name.schema && self.name.table == table.name;
        match name.kind {
            Kind::Table | Kind::View | Kind::Enum | Kind::Domain | Kind::Composite | Kind::Sequence => {
                self.mentions.object(&own) || self.is_part_of(&own) || self.is_on(&own)
            }
            Kind::Routine => {
                let own = Name::new(&own.schema, own.name.split('(').next().unwrap_or_default());
                self.mentions.object(&own) || self.is_on(&own)
            }
            Kind::Column => {
                let named = self.mentions.column(&name.name) || self.mentions.star();
                (named && (is_part || self.mentions.object(&table))) || self.has_column(&table, &name.name)
            }
            Kind::Constraint | Kind::Index => {
                self.keys().any(|key| key.table == table)
                    || (self.name.kind == Kind::View
                        && self.mentions.column("group")
                        && self.mentions.object(&table))
            }
            Kind::Schema
            | Kind::Extension
            | Kind::Role
            | Kind::Label
            | Kind::Grant
            | Kind::Trigger
            | Kind::Policy => false,
        }
    }

    fn versions(&self) -> impl Iterator<Item = &Object> {
        self.before.iter().chain(&self.after)
    }

    /// The foreign keys that it is or has.
    fn keys(&self) -> impl Iterator<Item = &ForeignKey> {
        self.versions().flat_map(|object| match object {
            Object::Constraint(_, Constraint::ForeignKey(key)) => std::slice::from_ref(key),
            Object::Table(table) => table.foreign_keys.as_slice(),
            _ => &[],
        })
    }

    fn is_part_of(&self, whole: &Name) -> bool {
        self.name.schema == whole.schema && self.name.table == whole.name
    }

    /// Whether it is a privilege on `other`.
    fn is_on(&self, other: &Name) -> bool {
        self.versions().any(|object| match object {
            Object::Grant(grant) => match &grant.on {
                GrantTarget::Table(name)
                | GrantTarget::Sequence(name)
                | GrantTarget::Type(name)
                | GrantTarget::Routine(name, _) => name == other,
                GrantTarget::Schema(_) => false,
            },
            Object::Sequence(Sequence { owned_by: Some((table, _)), .. }) => table == other,
            Object::Table(_) => self.parents.contains(other),
            _ => false,
        }) || self.owner.as_ref().is_some_and(|(owner, _)| owner == other)
    }

    /// Whether it is of this column in a way that no text says.
    fn has_column(&self, table: &Name, column: &str) -> bool {
        let targets = |key: &ForeignKey| key.table == *table && key.targets.iter().any(|it| it == column);
        self.keys().any(targets)
            || self.owner.as_ref().is_some_and(|(owner, of)| owner == table && of == column)
            || self.versions().any(|object| match object {
                Object::Sequence(Sequence { owned_by: Some((owner, of)), .. }) => {
                    owner == table && of == column
                }
                Object::Grant(grant) => {
                    grant.on == GrantTarget::Table(table.clone())
                        && grant.columns.iter().any(|it| it == column)
                }
                Object::Column(_, Column { name, .. }) => name == column && self.parents.contains(table),
                Object::Table(_) => self.parents.contains(table),
                _ => false,
            })
    }
}

/// What the object needs with all that belongs to it.
fn all_needs(object: &Object) -> Mentions {
    let mut mentions = needs(object);
    if let Object::Table(table) = object {
        let Table { name, foreign_keys, indexes, triggers, policies, .. } = table;
        let keys = foreign_keys
            .iter()
            .cloned()
            .map(|it| Object::Constraint(name.clone(), Constraint::ForeignKey(it)));
        let indexes = indexes.iter().map(|it| Object::Index(name.clone(), it.clone()));
        let triggers = triggers.iter().map(|it| Object::Trigger(name.clone(), it.clone()));
        let policies = policies.iter().map(|it| Object::Policy(name.clone(), it.clone()));
        keys.chain(indexes).chain(triggers).chain(policies).for_each(|part| mentions.extend(needs(&part)));
    }
    mentions
}

fn is_key(constraint: &Constraint) -> bool {
    matches!(constraint, Constraint::PrimaryKey(_) | Constraint::Unique(_))
}

/// Whether the plan has a way between for `one`, which becomes another, and `other` beside it.
fn serves_both(one: &Course, other: &Course) -> bool {
    let kind = other.name.kind;
    if kind == Kind::Grant {
        return true;
    }
    let part = matches!(kind, Kind::Constraint | Kind::Index);
    match one.name.kind {
        Kind::Column => {
            let computed =
                one.versions().any(|it| matches!(it, Object::Column(_, it) if it.generated.is_some()));
            !computed && (other.stays() || (part && !other.is_exclusion()))
        }
        Kind::Enum | Kind::Domain | Kind::Composite | Kind::Routine => other.stays(),
        Kind::View => other.stays() && kind == Kind::View,
        Kind::Constraint => other.stays() && part,
        _ => false,
    }
}

impl Planner<'_> {
    /// Makes changes that are in a knot, in their order.
    pub(super) fn untangle(&mut self, changes: &[Change]) {
        let Some(first) = changes.first() else { return };
        let message = "it is changed together with what needs it or what it needs, piece by piece: old code that uses any of it \
                       fails from the first piece on, new code until the last";
        self.expand.hazard(HazardKind::Blocking, first.object_name(), message);
        let others = std::mem::replace(&mut self.expand, Steps::in_order());
        self.options.old_code = false;
        for change in changes {
            if let Change::Rename { from, to } = change {
                self.from = renamed(&self.from, &[(from, to)]);
            }
            // What is built on a column that replaces another one is there, or will be.
            if !self.done.contains(&change.object_name()) || matches!(change, Change::Rename { .. }) {
                self.change(change);
            }
        }
        self.options.old_code = true;
        let steps = std::mem::replace(&mut self.expand, others);
        self.expand.append(steps);
    }
}
