//! Functions and procedures.

use super::Planner;
use super::steps::Stage;
use super::texts;
use crate::catalog::{Kind, Name, Object, ObjectName, Routine};
use crate::change::Change;
use crate::ddl;
use crate::depend::needs;
use crate::plan::HazardKind;
use std::collections::HashSet;

impl Planner<'_> {
    /// A function with another result is another function: what needs it goes and comes with it.
    pub(super) fn alter_routine(&mut self, from: &Routine, to: &Routine) {
        if result(&from.definition) == result(&to.definition) && from.procedure == to.procedure {
            self.quick(&[], ddl::routine::alter(from, to));
            return;
        }
        let group = self.group(&Object::Routine(to.clone()));
        let built = |change: &&Change| {
            matches!(change.object_name().kind, Kind::Index | Kind::Column | Kind::Constraint)
        };
        if let Some(change) = group.iter().find(|change| built(change)) {
            let message = "it needs a function that becomes another one: it is made again while nobody can read or write its table";
            self.expand.hazard(HazardKind::Blocking, change.object_name(), message);
        }
        self.expand.atomic(Stage::Objects, texts(group.iter().flat_map(made).collect()));
        for change in &group {
            self.done.insert(change.object_name());
            self.happened(change);
        }
    }

    /// The changes of an object and of all that needs it, as they came.
    fn group(&self, object: &Object) -> Vec<Change> {
        let mut group: HashSet<ObjectName> = HashSet::from([object.object_name()]);
        let of = |change: &Change| match change {
            Change::Create(object) | Change::Drop(object) => Some(object.clone()),
            Change::Alter { from, .. } => Some(from.clone()),
            Change::Rename { .. } => None,
        };
        loop {
            let before = group.len();
            for object in self.raw.iter().filter_map(of) {
                let name = object.object_name();
                let mentions = needs(&object);
                let needed = group.iter().any(|other| match other.kind {
                    Kind::Column => {
                        other.schema == name.schema
                            && other.table == name.table
                            && mentions.column(&other.name)
                    }
                    Kind::Routine | Kind::View => {
                        let own = other.name.split('(').next().unwrap_or(&other.name);
                        mentions.object(&Name::new(&other.schema, own))
                    }
                    _ => false,
                });
                if needed && !self.done.contains(&name) {
                    group.insert(name);
                }
            }
            if group.len() == before {
                break;
            }
        }
        self.raw.iter().filter(|change| group.contains(&change.object_name())).cloned().collect()
    }
}

/// The statements of a change, as if nobody else used the database.
fn made(change: &Change) -> Vec<String> {
    match change {
        Change::Create(object) => ddl::create(object),
        Change::Drop(object) => vec![ddl::drop(object)],
        Change::Alter { from, to } => ddl::alter(from, to),
        Change::Rename { from, to } => ddl::rename(from, to),
    }
}

/// The head of a function as far as `create or replace` must leave it alone.
fn result(definition: &str) -> String {
    let text = definition.to_lowercase();
    let words: Vec<_> = text.split_whitespace().collect();
    let head = words.iter().skip_while(|word| **word != "returns");
    let tail =
        ["language", "as", "begin", "return", "immutable", "stable", "volatile", "strict", "security", "set"];
    let head: Vec<_> = head.take_while(|word| !tail.contains(word)).copied().collect();
    head.join(" ")
}
