//! Any schema: catalogs of every kind of object that a server takes as they are, for tests of properties.
//!
//! There is a list of slots, each with some variants of one object, and a choice for each slot: none of them, or one. What
//! a chosen variant needs and is not there, leaves it out. So two catalogs have much in common, and differ in everything.

mod free;
mod parts;
mod tree;
mod types;
mod view;

use orm_kit::catalog::{Catalog, Column, Constraint, Name, Object, Routine, Table, Timing};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A variant of an object, and the facts that it takes.
pub(crate) struct Variant {
    object: Object,
    needs: Vec<String>,
}

/// A variant that needs `needs`.
fn variant<const N: usize>(object: Object, needs: [String; N]) -> Variant {
    Variant { object, needs: needs.to_vec() }
}

/// The variants of one object.
type Slot = Vec<Variant>;

/// Any catalog.
pub(crate) fn catalog() -> impl Strategy<Value = Catalog> {
    choices().prop_map(|choices| build(&choices))
}

/// Of each object the variant of this number, so that a few of these catalogs have all variants.
pub(crate) fn of(number: u8) -> Catalog {
    // All lengths of slots divide it.
    build(&vec![120 + number; slots().len()])
}

/// Two catalogs that have about half of their objects in common.
pub(crate) fn pair() -> impl Strategy<Value = (Catalog, Catalog)> {
    let keep = prop::collection::vec(any::<bool>(), slots().len());
    (choices(), choices(), keep).prop_map(|(from, to, keep)| {
        let to: Vec<_> =
            from.iter().zip(to).zip(keep).map(|((old, new), keep)| if keep { *old } else { new }).collect();
        (build(&from), build(&to))
    })
}

/// A catalog, and what two make of it who change a few of its objects each.
pub(crate) fn branches() -> impl Strategy<Value = [Catalog; 3]> {
    let change = || prop::collection::vec((0..slots().len(), any::<u8>()), 1..5);
    (choices(), change(), change()).prop_map(|(base, one, other)| {
        let branch = |changes: Vec<(usize, u8)>| {
            let mut branch = base.clone();
            changes.into_iter().for_each(|(slot, choice)| branch[slot] = choice);
            build(&branch)
        };
        [build(&base), branch(one), branch(other)]
    })
}

/// Two catalogs of which the second differs in a few objects, and in what these take.
pub(crate) fn neighbours() -> impl Strategy<Value = (Catalog, Catalog)> {
    let slots = slots().len();
    let changes = prop::collection::vec((0..slots, any::<u8>()), 1..5);
    (choices(), changes).prop_map(|(from, changes)| {
        let mut to = from.clone();
        changes.into_iter().for_each(|(slot, choice)| to[slot] = choice);
        (build(&from), build(&to))
    })
}

/// One choice for each slot; the least is none of its variants.
fn choices() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), slots().len())
}

fn slots() -> Vec<Slot> {
    let mut slots = types::slots();
    slots.extend(free::slots());
    for table in ["workers", "jobs", "Odd \"table\""] {
        let schema = if table == "jobs" { "app" } else { "public" };
        slots.extend(parts::slots(&Name::new(schema, table)));
    }
    slots.extend(tree::slots());
    slots.extend(view::slots());
    slots
}

fn build(choices: &[u8]) -> Catalog {
    let mut chosen: Vec<Variant> = Vec::new();
    for (slot, choice) in slots().into_iter().zip(choices) {
        // A quarter of them is absent.
        let at = usize::from(*choice);
        if at >= 64 {
            let length = slot.len();
            chosen.extend(slot.into_iter().nth(at % length));
        }
    }
    loop {
        let facts: BTreeSet<String> = chosen.iter().flat_map(|variant| facts(&variant.object)).collect();
        let before = chosen.len();
        chosen.retain(|variant| variant.needs.iter().all(|need| facts.contains(need)));
        if chosen.len() == before {
            break;
        }
    }
    let mut catalog = Catalog::default();
    chosen.into_iter().for_each(|variant| catalog.put(variant.object));
    tree::inherit(&mut catalog);
    catalog.sort();
    catalog
}

/// What is true where the object is.
fn facts(object: &Object) -> Vec<String> {
    let mut facts = vec![object.object_name().to_string()];
    match object {
        Object::Column(table, column) => {
            facts.push(of_type(table, &column.name, &column.ty));
            if !column.nullable {
                facts.push(not_null(table, &column.name));
            }
        }
        Object::Constraint(table, Constraint::PrimaryKey(it)) if it.timing == Timing::NotDeferrable => {
            facts.extend([key(table, &it.columns.join(",")), primary(table, &it.columns.join(","))]);
        }
        Object::Constraint(table, Constraint::Unique(it)) if it.timing == Timing::NotDeferrable => {
            facts.push(key(table, &it.columns.join(",")));
        }
        Object::Enum(ty) => facts.extend(ty.labels.iter().map(|it| label(&ty.name.name, it))),
        Object::View(view) if view.materialized => facts.push(format!("materialized view `{}`", view.name)),
        Object::Routine(Routine { name, .. }) => facts.push(routine(&name.name)),
        _ => {}
    }
    facts
}

// The facts by name.

fn table(table: &Name) -> String {
    Object::Table(Table::new(table.clone())).object_name().to_string()
}

fn column(table: &Name, column: &str) -> String {
    Object::Column(table.clone(), Column::new(column, "")).object_name().to_string()
}

fn of_type(table: &Name, column: &str, ty: &str) -> String {
    format!("{table}.{column} is of {ty}")
}

fn not_null(table: &Name, column: &str) -> String {
    format!("{table}.{column} is not null")
}

fn key(table: &Name, columns: &str) -> String {
    format!("{table} has a key of {columns}")
}

fn primary(table: &Name, columns: &str) -> String {
    format!("{table} has a primary key of {columns}")
}

fn label(ty: &str, label: &str) -> String {
    format!("{ty} has {label}")
}

fn routine(name: &str) -> String {
    format!("there is a routine {name}")
}

fn schema(name: &str) -> String {
    format!("schema `{name}`")
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn strings<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}
