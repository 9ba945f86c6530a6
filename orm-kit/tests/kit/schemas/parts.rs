//! Tables, their columns, keys, indexes, triggers and policies.

mod column;
mod constraint;

use super::{Slot, column, of_type, routine, schema, some, strings, table, variant};
use crate::index::{index, key};
use orm_kit::catalog::{
    Index, IndexKey, Name, Nulls, Object, Policy, PolicyCommand, RowSecurity, Table, Trigger,
};
use std::collections::BTreeMap;

pub(super) fn slots(name: &Name) -> Vec<Slot> {
    let mut slots = vec![tables(name)];
    slots.extend(column::slots(name));
    slots.extend(constraint::slots(name));
    slots.extend(indexes(name));
    slots.extend([triggers(name), policies(name), narrow_policies(name)]);
    slots
}

fn tables(name: &Name) -> Slot {
    let plain = Table::new(name.clone());
    let commented = Table { comment: some("Says \"hi\""), ..plain.clone() };
    let with = BTreeMap::from([("fillfactor".to_owned(), "70".to_owned())]);
    let full = BTreeMap::from([
        ("autovacuum_enabled".to_owned(), "false".to_owned()),
        ("fillfactor".to_owned(), "80".to_owned()),
    ]);
    let tables = [
        plain.clone(),
        commented,
        Table { with, ..plain.clone() },
        Table { with: full, row_security: RowSecurity::Forced, ..plain.clone() },
        Table { row_security: RowSecurity::Enabled, ..plain },
    ];
    let needs = |table: Table| match name.schema.as_str() {
        "public" => variant(Object::Table(table), []),
        other => variant(Object::Table(table), [schema(other)]),
    };
    tables.into_iter().map(needs).collect()
}

/// A name beginning with that of the table, as defaults do.
fn named(table: &Name, rest: &str) -> String {
    format!("{}_{rest}", table.name)
}

fn indexes(on: &Name) -> Vec<Slot> {
    let index = |rest: &str, method: &str, keys: Vec<IndexKey>| index(&named(on, rest), method, keys);
    let object = |index: Index| Object::Index(on.clone(), index);
    let name = || column(on, "name");
    let age = || column(on, "age");
    let down = IndexKey { descending: true, nulls: Some(Nulls::Last), ..key("name") };
    let lower = IndexKey { column: None, expression: some("lower(name::text)"), ..key("") };
    let double = IndexKey { column: None, expression: some("public.double(age::integer)"), ..key("") };
    let like = IndexKey { opclass: some("text_pattern_ops"), ..key("name") };
    let collated = IndexKey { collation: Some(Name::new("pg_catalog", "C")), ..key("name") };
    let by_name = |keys| index("name_idx", "btree", keys);
    let partial = Index { predicate: some("age > 5"), ..by_name(vec![lower.clone()]) };
    let unique = Index { unique: true, ..by_name(vec![key("name"), key("age")]) };
    let covering = Index { include: strings(["age"]), ..by_name(vec![down.clone()]) };
    let by_age = |method: &str| index("age_idx", method, vec![key("age")]);
    let fast = BTreeMap::from([("fastupdate".to_owned(), "off".to_owned())]);
    let by_tags = index("tags_idx", "gin", vec![key("tags")]);
    let mood = Index { predicate: some("mood is not null"), ..index("mood_idx", "btree", vec![key("mood")]) };
    vec![
        vec![
            variant(object(by_name(vec![down])), [name()]),
            variant(object(by_name(vec![lower])), [name()]),
            variant(object(partial), [name(), age()]),
            variant(object(unique), [name(), age()]),
            variant(object(covering), [name(), age()]),
            variant(object(by_name(vec![like])), [of_type(on, "name", "text")]),
            variant(object(by_name(vec![collated])), [of_type(on, "name", "text")]),
        ],
        vec![
            variant(object(by_age("btree")), [age()]),
            variant(object(by_age("hash")), [age()]),
            variant(object(by_age("brin")), [age()]),
            variant(object(index("age_idx", "btree", vec![double])), [age(), routine("double")]),
            variant(object(Index { comment: some("By age"), ..by_age("btree") }), [age()]),
        ],
        vec![
            variant(object(by_tags.clone()), [column(on, "tags")]),
            variant(object(Index { with: fast, ..by_tags }), [column(on, "tags")]),
        ],
        vec![variant(object(mood), [column(on, "mood")])],
    ]
}

fn triggers(on: &Name) -> Slot {
    let quoted = format!("\"{}\".\"{}\"", on.schema, on.name.replace('"', "\"\""));
    let trigger = |when: &str, comment| {
        let rest = "for each row execute function \"public\".\"touch\"()";
        let definition = format!("create trigger \"touch\" {when} on {quoted} {rest}");
        Object::Trigger(on.clone(), Trigger { name: "touch".to_owned(), definition, comment })
    };
    let touch = || routine("touch");
    vec![
        variant(trigger("before update", None), [table(on), touch()]),
        variant(trigger("before update", some("Keeps in touch")), [table(on), touch()]),
        variant(trigger("after insert or update of \"age\"", None), [column(on, "age"), touch()]),
    ]
}

fn policy(command: PolicyCommand, using: Option<String>) -> Policy {
    Policy {
        name: "readers".to_owned(),
        permissive: true,
        command,
        to: strings(["public"]),
        using,
        with_check: None,
        comment: None,
    }
}

fn policies(on: &Name) -> Slot {
    let object = |policy: Policy| Object::Policy(on.clone(), policy);
    let adults = policy(PolicyCommand::Select, some("age > 17"));
    let others = Policy { to: strings(["pg_monitor"]), comment: some("Not all"), ..adults.clone() };
    let checked = Policy { with_check: some("age > 20"), ..policy(PolicyCommand::All, some("true")) };
    vec![
        variant(object(policy(PolicyCommand::Select, some("true"))), [table(on)]),
        variant(object(adults), [column(on, "age")]),
        variant(object(others), [column(on, "age")]),
        variant(object(checked), [column(on, "age")]),
    ]
}

fn narrow_policies(on: &Name) -> Slot {
    let narrow = Policy {
        name: "nobody else".to_owned(),
        permissive: false,
        ..policy(PolicyCommand::Delete, some("exists (select from public.workers w where w.name <> '')"))
    };
    let double = Policy { using: some("public.double(1) > 0"), ..narrow.clone() };
    vec![
        variant(
            Object::Policy(on.clone(), narrow),
            [table(on), column(&Name::new("public", "workers"), "name")],
        ),
        variant(Object::Policy(on.clone(), double), [table(on), routine("double")]),
    ]
}
