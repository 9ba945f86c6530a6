//! Changes of one object as one.

use crate::catalog::{Catalog, Object, ObjectName, Table};
use crate::change::Change;
use crate::diff::diff;
use std::collections::HashMap;

/// What becomes of one object.
struct Course<'a> {
    before: Option<&'a Object>,
    after: Option<&'a Object>,
    last: usize,
}

/// The changes with those of the same object folded into one, where the last of them was: what is dropped and created again
/// around a change of something that it needs is altered, if it changes at all. The plan knows by itself what to drop for
/// how long.
pub(super) fn folded(from: &Catalog, changes: &[Change]) -> Vec<Change> {
    let mut courses: HashMap<ObjectName, Course<'_>> = HashMap::new();
    for (at, change) in changes.iter().enumerate() {
        let (before, after) = match change {
            Change::Create(object) => (None, Some(object)),
            Change::Drop(object) => (Some(object), None),
            Change::Alter { from, to } => (Some(from), Some(to)),
            Change::Rename { .. } => continue,
        };
        let course = courses.entry(change.object_name()).or_insert(Course { before, after, last: at });
        course.after = after;
        course.last = at;
    }
    let folded = changes.iter().enumerate().flat_map(|(at, change)| {
        if matches!(change, Change::Rename { .. }) {
            return vec![change.clone()];
        }
        let Some(course) = courses.get(&change.object_name()) else { return Vec::new() };
        if course.before.is_none() && course.after.is_some() {
            let given = matches!(change, Change::Create(Object::Grant(grant)) if from.grants.contains(grant));
            // A privilege on a view goes and comes with it.
            return if given { Vec::new() } else { vec![change.clone()] };
        }
        if course.last != at {
            return Vec::new();
        }
        match (course.before, course.after) {
            (Some(object), None) => vec![Change::Drop(object.clone())],
            (Some(Object::Table(before)), Some(Object::Table(after)))
                if before.partitioned != after.partitioned =>
            {
                partitioned(from, before, after)
            }
            (Some(from), Some(to)) if from != to => {
                vec![Change::Alter { from: from.clone(), to: to.clone() }]
            }
            _ => Vec::new(),
        }
    });
    folded.collect()
}

/// The table partitioned in the other way, which nothing can do, and then what else changes of it.
fn partitioned(from: &Catalog, before: &Table, after: &Table) -> Vec<Change> {
    let like = Table { partitioned: after.partitioned.clone(), ..before.clone() };
    let alone = |table: &Table| Catalog { tables: vec![table.clone()], ..Catalog::default() };
    let parts = folded(from, &diff(&alone(&like), &alone(after), &[]));
    let is = Change::Alter { from: Object::Table(before.clone()), to: Object::Table(like) };
    [is].into_iter().chain(parts).collect()
}
