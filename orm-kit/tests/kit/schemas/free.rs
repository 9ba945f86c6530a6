//! Sequences, routines and privileges.

use super::{Slot, column, schema, some, table, variant};
use orm_kit::catalog::{Grant, GrantTarget, Name, Object, Routine, Sequence, SequenceOptions};

/// Every server has it, so that no test makes roles that others see.
const ROLE: &str = "pg_monitor";

pub(super) fn slots() -> Vec<Slot> {
    let mut slots = vec![tickets(), touches(), doubles(), cleanups()];
    slots.extend(grants());
    slots
}

fn tickets() -> Slot {
    let sequence = |ty: &str, options| Sequence {
        name: Name::new("public", "ticket"),
        ty: ty.to_owned(),
        options,
        owned_by: None,
        comment: None,
    };
    let plain = sequence("bigint", SequenceOptions::default());
    let odd = SequenceOptions {
        increment: Some(3),
        min: Some(-5),
        max: Some(900),
        start: Some(1),
        cache: Some(4),
        cycle: true,
    };
    let workers = Name::new("public", "workers");
    let owned = Sequence { owned_by: Some((workers.clone(), "ticket".to_owned())), ..plain.clone() };
    vec![
        variant(Object::Sequence(plain.clone()), []),
        variant(Object::Sequence(Sequence { comment: some("Next please"), ..plain }), []),
        variant(Object::Sequence(sequence("integer", odd)), []),
        variant(Object::Sequence(owned), [column(&workers, "ticket")]),
    ]
}

fn function(name: &str, arguments: &str, definition: &str) -> Routine {
    Routine {
        name: Name::new("public", name),
        arguments: arguments.to_owned(),
        procedure: false,
        definition: definition.to_owned(),
        comment: None,
    }
}

fn touches() -> Slot {
    let touch = |body: &str| {
        let head = "create or replace function public.touch() returns trigger language plpgsql as ";
        function("touch", "", &format!("{head}$$ begin {body} return new; end $$"))
    };
    vec![
        variant(Object::Routine(touch("")), []),
        variant(Object::Routine(Routine { comment: some("Does nothing"), ..touch("") }), []),
        variant(Object::Routine(touch("perform 1;")), []),
    ]
}

fn doubles() -> Slot {
    let double = |argument: &str, result: &str, body: &str| {
        let definition = format!(
            "create or replace function public.double({argument} integer) returns {result} \
             language sql immutable as $$ {body} $$"
        );
        Object::Routine(function("double", &format!("{argument} integer"), &definition))
    };
    vec![
        variant(double("n", "integer", "select n * 2"), []),
        variant(double("n", "integer", "select n + n"), []),
        variant(double("n", "bigint", "select n * 2::bigint"), []),
    ]
}

fn cleanups() -> Slot {
    let clean = function(
        "clean up",
        "",
        "create or replace procedure public.\"clean up\"() language sql as $$ select 1 $$",
    );
    let jobs = Name::new("app", "jobs");
    let rows = function(
        "all jobs",
        "",
        "create or replace function public.\"all jobs\"() returns setof app.jobs language sql \
         as $$ select * from app.jobs $$",
    );
    vec![
        variant(Object::Routine(Routine { procedure: true, ..clean }), []),
        variant(Object::Routine(rows), [table(&jobs)]),
    ]
}

fn grants() -> Vec<Slot> {
    let grant = |on: GrantTarget, privilege: &str, columns: &[&str], grantable| {
        Object::Grant(Grant {
            on,
            privilege: privilege.to_owned(),
            columns: columns.iter().map(ToString::to_string).collect(),
            to: ROLE.to_owned(),
            grantable,
        })
    };
    let workers = Name::new("public", "workers");
    let on_workers = || GrantTarget::Table(workers.clone());
    let on_sequence = GrantTarget::Sequence(Name::new("public", "ticket"));
    let on_view = GrantTarget::Table(Name::new("public", "names"));
    vec![
        vec![
            variant(grant(on_workers(), "select", &[], false), [table(&workers)]),
            variant(grant(on_workers(), "select", &[], true), [table(&workers)]),
        ],
        vec![variant(grant(on_workers(), "update", &["name"], false), [column(&workers, "name")])],
        vec![variant(grant(on_sequence, "usage", &[], false), ["sequence `ticket`".to_owned()])],
        vec![variant(grant(on_view, "select", &[], false), ["view `names`".to_owned()])],
        vec![variant(grant(GrantTarget::Schema("app".to_owned()), "usage", &[], false), [schema("app")])],
    ]
}
