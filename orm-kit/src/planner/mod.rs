//! From changes to plans whose SQL lets the code that runs go on running: locks that last for no scan, steps that old
//! and new code both live with, and what only old code needs in a contract of its own.
//!
//! One file says what becomes of one kind of object. `shadow` is what several share: a column beside the one that it
//! replaces, both written, until `contract` drops the old one. Without old code the changes are made in their order;
//! that is the way down too.

mod bound;
mod changes;
mod column;
mod constraint;
mod contract;
mod default;
mod dependents;
mod down;
mod index;
mod mention;
mod names;
mod not_null;
mod options;
mod partition;
mod reference;
mod renamed;
mod retype;
mod routine;
mod security;
mod shadow;
mod state;
mod steps;
mod table;
mod tangle;
mod type_change;
mod types;
mod view;

pub(crate) use default::is_volatile;
pub(crate) use names::derived;
pub(crate) use type_change::{Cost, cost, domain};

pub use down::Down;
pub use options::Options;

use crate::catalog::{Catalog, Kind, Name, Object, ObjectName};
use crate::change::Change;
use crate::ddl;
use crate::depend::needs;
use crate::plan::{HazardKind, Plan, Statement};
use shadow::Shadow;
use std::collections::{BTreeSet, HashSet};
use steps::{Stage, Steps, plain};

/// What becomes of a list of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What runs before the new code does; the old code goes on meanwhile.
    pub expand: Plan,
    /// What runs when the old code is gone, if there is something left of it. It has no way back: what it removes is gone.
    pub contract: Option<Plan>,
    /// The way back from `expand`.
    pub down: Down,
}

/// Plans what makes the database `to` from `from`: `changes` is what differs, in an order in which it can be done.
///
/// ```
/// use orm_kit::catalog::{Catalog, Column, Index, IndexKey, Name, Object, Table};
/// use orm_kit::{change::Change, planner::{Options, plan}};
///
/// let mut workers = Table::new(Name::new("public", "workers"));
/// workers.columns.push(Column::new("email", "text"));
/// let from = Catalog { tables: vec![workers.clone()], ..Catalog::default() };
/// let index: Index = serde_json::from_value(serde_json::json!({
///     "name": "workers_email_idx", "method": "btree", "keys": [{ "column": "email" }],
/// }))?;
/// workers.indexes.push(index.clone());
/// let to = Catalog { tables: vec![workers.clone()], ..Catalog::default() };
///
/// let changes = [Change::Create(Object::Index(workers.name, index))];
/// let planned = plan(&from, &to, &changes, &Options::default());
/// assert_eq!(
///     planned.expand.segments[0].statements[0].sql,
///     r#"create index concurrently "workers_email_idx" on "public"."workers" using "btree" ("email")"#,
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn plan(from: &Catalog, to: &Catalog, changes: &[Change], options: &Options) -> Planned {
    let knot = if options.old_code { tangle::tangled(from, to, changes) } else { BTreeSet::new() };
    let in_knot = |change: &&Change| match change {
        // Under its new name everything else finds it.
        Change::Rename { to, .. } if to.kind != Kind::Column => false,
        change => knot.contains(&change.object_name()),
    };
    let (tangled, others): (Vec<Change>, Vec<Change>) = (
        changes.iter().filter(in_knot).cloned().collect(),
        changes.iter().filter(|it| !in_knot(it)).cloned().collect(),
    );
    let folded = if options.old_code { changes::folded(from, &others) } else { others.clone() };
    let mut planner = Planner::new(from, to, &folded, options.clone());
    planner.raw = &others;
    planner.run();
    planner.untangle(&tangled);
    let expand = std::mem::take(&mut planner.expand).finish();
    let contract = std::mem::take(&mut planner.contract).finish();
    let empty = contract.segments.is_empty() && contract.hazards.is_empty();
    Planned { expand, contract: (!empty).then_some(contract), down: down::down(from, planner) }
}

struct Planner<'a> {
    /// The database as it was, under the names that it will have; what is done to its tables' parts and views, it has.
    from: Catalog,
    /// The tables that were there.
    tables: HashSet<Name>,
    /// The views, sequences and routines that were there.
    others: HashSet<Name>,
    /// The schemas that were there.
    schemas: HashSet<String>,
    to: &'a Catalog,
    changes: &'a [Change],
    /// The changes as they came: with what is dropped and created again.
    raw: &'a [Change],
    options: Options,
    expand: Steps,
    contract: Steps,
    /// How what no change undoes is undone, in the order in which it was done.
    undo: Vec<Steps>,
    /// What is gone for good.
    lost: Option<String>,
    /// Views under old names.
    aliases: Vec<Name>,
    /// Changes that another one has done.
    done: HashSet<ObjectName>,
    /// Columns that another one replaces.
    shadows: Vec<Shadow>,
    /// Tables whose policies are done.
    secured: Vec<Name>,
    /// Types that another one replaces: their old and new names.
    swapped: Vec<(Name, Object, Name)>,
}

impl<'a> Planner<'a> {
    fn new(from: &Catalog, to: &'a Catalog, changes: &'a [Change], options: Options) -> Self {
        let renames: Vec<_> = changes
            .iter()
            .filter_map(|change| match change {
                Change::Rename { from, to } => Some((from, to)),
                _ => None,
            })
            .collect();
        let from = renamed::renamed(from, &renames);
        let online = options.old_code;
        let mut planner = Planner {
            tables: from.tables.iter().map(|table| table.name.clone()).collect(),
            others: from
                .views
                .iter()
                .map(|view| &view.name)
                .chain(from.sequences.iter().map(|sequence| &sequence.name))
                .chain(from.routines.iter().map(|routine| &routine.name))
                .cloned()
                .collect(),
            schemas: from.schemas.iter().map(|schema| schema.name.clone()).collect(),
            from,
            to,
            changes,
            raw: &[],
            options,
            expand: if online { Steps::default() } else { Steps::in_order() },
            contract: Steps::default(),
            undo: Vec::new(),
            lost: None,
            aliases: Vec::new(),
            done: HashSet::new(),
            shadows: Vec::new(),
            secured: Vec::new(),
            swapped: Vec::new(),
        };
        planner.find_shadows();
        planner
    }

    fn run(&mut self) {
        let changes = self.changes;
        if !self.online() {
            changes.iter().for_each(|change| self.change(change));
            return;
        }
        self.release_keys();
        self.swap_types();
        self.shadows_of_types();
        for change in changes {
            if matches!(change, Change::Rename { .. }) || !self.done.contains(&change.object_name()) {
                self.change(change);
            }
        }
        self.refresh_views();
        self.finish_shadows();
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::Create(object) => self.create(object),
            Change::Drop(object) => self.drop(object),
            Change::Alter { from, to } => self.alter(from, to),
            Change::Rename { from, to } => self.rename(from, to),
        }
        self.happened(change);
    }

    fn create(&mut self, object: &Object) {
        match object {
            Object::Table(table) => self.create_table(table),
            Object::Column(table, column) => self.create_column(table, column),
            Object::Constraint(table, constraint) => self.create_constraint(table, constraint),
            Object::Index(table, index) => self.create_index(table, index),
            Object::Policy(table, _) => self.secure(table, ddl::create(object)),
            Object::Trigger(table, _) => self.quick(&[table], ddl::create(object)),
            Object::Sequence(sequence) => self.create_sequence(sequence),
            Object::Grant(grant) => self.create_grant(grant),
            Object::Schema(_)
            | Object::Extension(_)
            | Object::Role(_)
            | Object::Enum(_)
            | Object::Domain(_)
            | Object::Composite(_)
            | Object::Routine(_) => self.quick(&[], ddl::create(object)),
            // One that is materialized takes as long as its select.
            Object::View(view) if view.materialized => {
                self.expand.atomic(Stage::Objects, texts(ddl::create(object)));
            }
            Object::View(_) => self.quick(&[], ddl::create(object)),
        }
    }

    fn drop(&mut self, object: &Object) {
        match object {
            Object::Table(table) => self.drop_table(table),
            Object::Column(table, column) => self.drop_column(table, column),
            Object::Constraint(table, constraint) => self.drop_constraint(table, constraint),
            Object::Index(table, index) => self.drop_index(table, index),
            Object::Policy(table, _) => self.secure(table, vec![ddl::drop(object)]),
            // What it does for old code, new code does itself, or can live with.
            Object::Trigger(table, _) => {
                self.removal().quick(Stage::Objects, &[table], vec![plain(ddl::drop(object))]);
            }
            Object::Extension(_) | Object::Sequence(_) => {
                let message = match object {
                    Object::Sequence(_) => "where it stands is gone: made again, it counts from its start",
                    _ => "what it made in the database goes with it",
                };
                self.removal().hazard(HazardKind::DataLoss, object.object_name(), message);
                self.free(object);
                self.remove(object);
            }
            Object::Grant(_) => {
                self.removal().hazard(HazardKind::Authorization, object.object_name(), "it is taken away");
                self.remove(object);
            }
            Object::Schema(_)
            | Object::Role(_)
            | Object::Enum(_)
            | Object::Domain(_)
            | Object::Composite(_)
            | Object::Routine(_)
            | Object::View(_) => self.remove(object),
        }
    }

    fn alter(&mut self, from: &Object, to: &Object) {
        match (from, to) {
            (Object::Table(from), Object::Table(to)) => self.alter_table(from, to),
            (Object::Column(_, from), Object::Column(table, to)) => self.alter_column(table, from, to),
            (Object::Constraint(_, from), Object::Constraint(table, to)) => {
                self.alter_constraint(table, from, to);
            }
            (Object::Index(_, from), Object::Index(table, to)) => self.alter_index(table, from, to),
            (Object::Policy(table, _), _) => self.secure(table, ddl::alter(from, to)),
            (Object::Trigger(table, _), _) => self.quick(&[table], ddl::alter(from, to)),
            (Object::Enum(one), Object::Enum(other)) => self.alter_enum(one, other),
            (Object::Domain(one), Object::Domain(other)) => self.alter_domain(one, other),
            (Object::Composite(one), Object::Composite(other)) => self.alter_composite(one, other),
            (Object::View(from), Object::View(to)) => self.alter_view(from, to),
            (Object::Routine(one), Object::Routine(other)) => self.alter_routine(one, other),
            (Object::Extension(_), _) => {
                let message = "what uses it may find that the other version behaves otherwise";
                self.expand.hazard(HazardKind::MayFail, to.object_name(), message);
                self.quick(&[], ddl::alter(from, to));
            }
            (Object::Role(_) | Object::Grant(_), _) => {
                self.expand.hazard(HazardKind::Authorization, to.object_name(), "its rights change");
                self.expand.quick(Stage::Access, &[], texts(ddl::alter(from, to)));
            }
            _ => self.quick(&[], ddl::alter(from, to)),
        }
    }

    fn rename(&mut self, from: &ObjectName, to: &ObjectName) {
        match to.kind {
            Kind::Table | Kind::View => self.rename_table(from, to),
            Kind::Column => self.rename_column(from, to),
            Kind::Constraint | Kind::Index | Kind::Trigger | Kind::Policy => {
                self.quick(&[&names::table_of(to)], ddl::rename(from, to));
            }
            Kind::Schema | Kind::Label => {
                let message = "whatever says the old name fails from this moment on, until the new code runs";
                self.expand.hazard(HazardKind::Blocking, to.clone(), message);
                self.quick(&[], ddl::rename(from, to));
            }
            _ => self.quick(&[], ddl::rename(from, to)),
        }
    }

    /// Whether code that knows the schema as it was runs beside.
    fn online(&self) -> bool {
        self.options.old_code
    }

    /// Where goes what old code needs.
    fn removal(&mut self) -> &mut Steps {
        if self.options.old_code { &mut self.contract } else { &mut self.expand }
    }

    /// An object that only old code needs, of which nothing is lost.
    fn remove(&mut self, object: &Object) {
        // Columns that are replaced let go of their types only then, and domains of the functions in their checks.
        let last = match object {
            Object::Schema(_)
            | Object::Extension(_)
            | Object::Role(_)
            | Object::Enum(_)
            | Object::Domain(_)
            | Object::Composite(_) => true,
            Object::Routine(routine) => self.changes.iter().any(|change| match change {
                Change::Drop(domain @ Object::Domain(_)) => needs(domain).object(&routine.name),
                _ => false,
            }),
            _ => false,
        };
        let stage = if last { Stage::Access } else { Stage::Objects };
        self.removal().quick(stage, &[], vec![plain(ddl::drop(object))]);
    }

    /// Statements that are done in no time under a lock on these tables.
    fn quick(&mut self, locks: &[&Name], statements: Vec<String>) {
        self.expand.quick(Stage::Objects, locks, texts(statements));
    }

    /// Whether the table comes with these changes: what is done to it holds up nobody.
    fn is_new(&self, table: &Name) -> bool {
        !self.tables.contains(table)
    }

    /// Whether one of the changes is about this object.
    fn is_changed(&self, object: &ObjectName) -> bool {
        self.changes.iter().any(|change| change.object_name() == *object)
    }
}

/// Statements that need no explanation.
fn texts(statements: Vec<String>) -> Vec<Statement> {
    statements.into_iter().map(plain).collect()
}
