//! Which migration follows which.

use super::Migration;
use crate::error::Error;
use std::collections::{BTreeMap, BTreeSet};

/// Each behind its parents, by name where that leaves a choice.
pub(super) fn order(list: Vec<Migration>) -> Result<Vec<Migration>, Error> {
    let mut waiting: BTreeMap<String, Migration> = BTreeMap::new();
    for migration in list {
        if let Some(twice) = waiting.insert(migration.name.clone(), migration) {
            return Err(Error::new(format!("two migrations are called `{}`; rename one", twice.name)));
        }
    }
    for migration in waiting.values() {
        for parent in &migration.parents {
            if !waiting.contains_key(parent) {
                return Err(Error::new(format!(
                    "the migration follows `{parent}`, which is not there; restore its folder, or correct `parents`"
                ))
                .in_file(migration.snapshot_file()));
            }
        }
    }
    let mut ordered: Vec<Migration> = Vec::new();
    let mut done = BTreeSet::new();
    while !waiting.is_empty() {
        let ready =
            waiting.values().find(|migration| migration.parents.iter().all(|parent| done.contains(parent)));
        let Some(name) = ready.map(|migration| migration.name.clone()) else {
            let names: Vec<_> = waiting.keys().map(|name| format!("`{name}`")).collect();
            return Err(Error::new(format!(
                "migrations follow each other in a circle, among {}; correct the `parents` of one",
                names.join(", ")
            )));
        };
        ordered.extend(waiting.remove(&name));
        done.insert(name);
    }
    Ok(ordered)
}
