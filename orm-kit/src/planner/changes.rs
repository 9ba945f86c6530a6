//! Changes of one object as one.

use crate::catalog::{Catalog, Object, ObjectName};
use crate::change::Change;
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
    let folded = changes.iter().enumerate().filter_map(|(at, change)| {
        if matches!(change, Change::Rename { .. }) {
            return Some(change.clone());
        }
        let course = courses.get(&change.object_name())?;
        if course.before.is_none() && course.after.is_some() {
            let given = matches!(change, Change::Create(Object::Grant(grant)) if from.grants.contains(grant));
            // A privilege on a view goes and comes with it.
            return (!given).then(|| change.clone());
        }
        if course.last != at {
            return None;
        }
        match (course.before, course.after) {
            (Some(object), None) => Some(Change::Drop(object.clone())),
            (Some(from), Some(to)) if from != to => {
                Some(Change::Alter { from: from.clone(), to: to.clone() })
            }
            _ => None,
        }
    });
    folded.collect()
}
