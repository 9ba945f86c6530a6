//! An order in which objects can be made.

use super::needs;
use crate::catalog::{Catalog, Name, Object};
use std::collections::HashMap;

/// Types, sequences, routines, tables and views, each behind what it needs; of two that need each other, the one of the
/// kind that is more often needed comes first. A table comes behind those that its foreign keys reference, where that is
/// possible.
pub fn in_order(catalog: &Catalog) -> Vec<Object> {
    let objects = objects(catalog);
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, object) in objects.iter().enumerate() {
        if let Some(name) = name(object) {
            places.entry(&name.name).or_default().push(at);
        }
    }
    let needed: Vec<Vec<usize>> = objects
        .iter()
        .enumerate()
        .map(|(at, object)| {
            let mentions = needs(object);
            let mut needed: Vec<usize> = mentions
                .names()
                .flat_map(|(qualifier, name)| {
                    places.get(name).into_iter().flatten().map(move |place| (qualifier, *place))
                })
                .filter(|(qualifier, place)| {
                    let needed = objects.get(*place);
                    let schema = needed.and_then(name).map(|name| name.schema.as_str());
                    let found = if qualifier.is_some() {
                        *qualifier == schema
                    } else {
                        needed.is_some_and(|needed| may_name(object, needed))
                    };
                    *place != at && found
                })
                .map(|(_, place)| place)
                .collect();
            if let Object::Table(table) = object {
                let targets = table.foreign_keys.iter().flat_map(|key| {
                    places.get(key.table.name.as_str()).into_iter().flatten().map(move |at| (&key.table, *at))
                });
                let targets = targets.filter(|(target, place)| {
                    *place != at && objects.get(*place).and_then(name) == Some(*target)
                });
                needed.extend(targets.map(|(_, place)| place));
            }
            needed.sort_unstable();
            needed.dedup();
            needed
        })
        .collect();
    let mut order = Vec::with_capacity(objects.len());
    let mut seen = vec![false; objects.len()];
    for at in 0..objects.len() {
        visit(at, &needed, &mut seen, &mut order);
    }
    order.into_iter().filter_map(|at| objects.get(at).cloned()).collect()
}

/// Puts what is needed into the order, then the object itself. A stack of its own, as chains can be long.
fn visit(first: usize, needed: &[Vec<usize>], seen: &mut [bool], order: &mut Vec<usize>) {
    let mut enter = |at: usize| seen.get_mut(at).is_some_and(|seen| !std::mem::replace(seen, true));
    let of = |at: usize| needed.get(at).map(Vec::as_slice).unwrap_or_default().iter();
    if !enter(first) {
        return;
    }
    let mut stack = vec![(first, of(first))];
    while let Some((at, rest)) = stack.last_mut() {
        match rest.next() {
            Some(next) if enter(*next) => stack.push((*next, of(*next))),
            Some(_) => {}
            None => {
                order.push(*at);
                stack.pop();
            }
        }
    }
}

/// All of them, kinds that are more often needed first.
fn objects(catalog: &Catalog) -> Vec<Object> {
    let Catalog {
        schemas: _,
        extensions: _,
        roles: _,
        enums,
        domains,
        composites,
        sequences,
        routines,
        tables,
        views,
        grants: _,
    } = catalog;
    let types = enums.iter().cloned().map(Object::Enum);
    types
        .chain(domains.iter().cloned().map(Object::Domain))
        .chain(composites.iter().cloned().map(Object::Composite))
        .chain(sequences.iter().cloned().map(Object::Sequence))
        .chain(routines.iter().cloned().map(Object::Routine))
        .chain(tables.iter().cloned().map(Object::Table))
        .chain(views.iter().cloned().map(Object::View))
        .collect()
}

/// Whether a name without a schema may be this object: what looks like a relation in a table or type is a column.
fn may_name(object: &Object, needed: &Object) -> bool {
    let is_relation = matches!(needed, Object::Table(_) | Object::View(_));
    !is_relation || matches!(object, Object::View(_) | Object::Routine(_))
}

fn name(object: &Object) -> Option<&Name> {
    match object {
        Object::Enum(ty) => Some(&ty.name),
        Object::Domain(ty) => Some(&ty.name),
        Object::Composite(ty) => Some(&ty.name),
        Object::Sequence(sequence) => Some(&sequence.name),
        Object::Routine(routine) => Some(&routine.name),
        Object::Table(table) => Some(&table.name),
        Object::View(view) => Some(&view.name),
        _ => None,
    }
}
