//! Keys, checks, exclusions and foreign keys.

use super::named;
use crate::schemas::{Slot, column, key, not_null, routine, some, strings, variant};
use orm_kit::catalog::{
    Action, Check, Constraint, Exclusion, ExclusionElement, ForeignKey, Match, Name, Object, PrimaryKey,
    Timing, Unique,
};

pub(super) fn slots(on: &Name) -> Vec<Slot> {
    let mut slots = vec![primary_keys(on), uniques(on), ages(on), names(on), exclusions(on)];
    slots.extend([foreign_keys(on), far_keys(on)]);
    slots
}

fn primary_keys(on: &Name) -> Slot {
    let primary = |columns, timing, comment| {
        let name = named(on, "pkey");
        let key = PrimaryKey { name, columns, include: Vec::new(), timing, comment };
        Object::Constraint(on.clone(), Constraint::PrimaryKey(key))
    };
    let id = || not_null(on, "id");
    vec![
        variant(primary(strings(["id"]), Timing::NotDeferrable, None), [id()]),
        variant(primary(strings(["id"]), Timing::NotDeferrable, some("The key")), [id()]),
        variant(primary(strings(["name", "id"]), Timing::NotDeferrable, None), [id(), not_null(on, "name")]),
        variant(primary(strings(["id"]), Timing::Immediate, None), [id()]),
    ]
}

fn uniques(on: &Name) -> Slot {
    let unique = |name: &str, columns, include, timing| {
        let name = named(on, name);
        let nulls_not_distinct = false;
        let key = Unique { name, columns, include, nulls_not_distinct, timing, comment: None };
        Object::Constraint(on.clone(), Constraint::Unique(key))
    };
    let plain = |name: &str| unique(name, strings(["name"]), Vec::new(), Timing::NotDeferrable);
    let name = || column(on, "name");
    vec![
        variant(plain("name_key"), [name()]),
        variant(plain("other_key"), [name()]),
        variant(
            unique("name_key", strings(["name"]), strings(["age"]), Timing::NotDeferrable),
            [name(), column(on, "age")],
        ),
        variant(unique("name_key", strings(["id"]), Vec::new(), Timing::NotDeferrable), [column(on, "id")]),
        variant(unique("name_key", strings(["name"]), Vec::new(), Timing::Deferred), [name()]),
    ]
}

fn check(on: &Name, rest: &str, expression: &str) -> Check {
    Check {
        name: named(on, rest),
        expression: expression.to_owned(),
        no_inherit: false,
        validated: true,
        comment: None,
    }
}

fn ages(on: &Name) -> Slot {
    let object = |check: Check| Object::Constraint(on.clone(), Constraint::Check(check));
    let adult = check(on, "age_check", "age > 17");
    let age = || column(on, "age");
    vec![
        variant(object(check(on, "age_check", "age > 0")), [age()]),
        variant(object(adult.clone()), [age()]),
        variant(object(Check { validated: false, ..adult.clone() }), [age()]),
        variant(object(Check { comment: some("Old enough"), no_inherit: true, ..adult }), [age()]),
        variant(
            object(check(on, "age_check", "public.double(age::integer) > 1")),
            [age(), routine("double")],
        ),
    ]
}

fn names(on: &Name) -> Slot {
    let named = |rest| {
        let check = check(on, rest, "name <> '' and name <> 'it''s'");
        variant(Object::Constraint(on.clone(), Constraint::Check(check)), [column(on, "name")])
    };
    vec![named("name_check"), named("name check")]
}

fn exclusions(on: &Name) -> Slot {
    let exclusion = |predicate, timing| {
        let element = ExclusionElement {
            key: "\"during\"".to_owned(),
            opclass: None,
            nulls: None,
            operator: "&&".to_owned(),
        };
        let exclusion = Exclusion {
            name: named(on, "during_excl"),
            method: "gist".to_owned(),
            elements: vec![element],
            predicate,
            timing,
            comment: None,
        };
        Object::Constraint(on.clone(), Constraint::Exclusion(exclusion))
    };
    let during = || column(on, "during");
    vec![
        variant(exclusion(None, Timing::NotDeferrable), [during()]),
        variant(exclusion(None, Timing::Immediate), [during()]),
        variant(exclusion(some("age > 0"), Timing::NotDeferrable), [during(), column(on, "age")]),
    ]
}

fn foreign_key(on: &Name, columns: Vec<String>, target: &Name, targets: Vec<String>) -> ForeignKey {
    ForeignKey {
        name: named(on, "owner_fkey"),
        columns,
        table: target.clone(),
        targets,
        on_delete: Action::default(),
        on_update: Action::default(),
        matching: Match::default(),
        timing: Timing::default(),
        validated: true,
        comment: None,
    }
}

/// To `workers`, which may be the table itself.
fn foreign_keys(on: &Name) -> Slot {
    let workers = Name::new("public", "workers");
    let plain = foreign_key(on, strings(["owner"]), &workers, strings(["id"]));
    let cascade = ForeignKey {
        on_delete: Action::Cascade,
        on_update: Action::SetNull,
        matching: Match::Full,
        ..plain.clone()
    };
    let needs = |key_: ForeignKey| {
        let object = Object::Constraint(on.clone(), Constraint::ForeignKey(key_));
        variant(object, [column(on, "owner"), key(&workers, "id")])
    };
    vec![
        needs(plain.clone()),
        needs(cascade),
        needs(ForeignKey { timing: Timing::Deferred, ..plain.clone() }),
        needs(ForeignKey { validated: false, ..plain.clone() }),
        needs(ForeignKey { comment: some("Whose it is"), ..plain }),
    ]
}

/// To `jobs`, so that there are circles.
fn far_keys(on: &Name) -> Slot {
    let jobs = Name::new("app", "jobs");
    let plain = foreign_key(on, strings(["id"]), &jobs, strings(["id"]));
    let key_ = ForeignKey { name: named(on, "id_fkey"), on_delete: Action::Restrict, ..plain };
    let object = Object::Constraint(on.clone(), Constraint::ForeignKey(key_));
    vec![variant(object, [column(on, "id"), key(&jobs, "id")])]
}
