//! Indexes.

use super::super::finding::{BUILD, Flaw, MOMENT, flaw, locked};
use super::super::read::{Act, Named, NewIndex};
use super::super::step::{Step, made};
use super::{Rule, blocking, danger};
use orm_core::sql::quote_ident;

pub(super) const RULES: &[Rule] = &[
    blocking("index-not-concurrent", "an index is built while nobody can write its table", not_concurrent),
    blocking(
        "index-on-partitioned-table",
        "an index is built on all partitions at once, while nobody can write any of them",
        on_partitioned,
    ),
    danger("index-if-not-exists", "an index that was left half built is taken for the index", if_not_exists),
    blocking("index-drop-not-concurrent", "an index is dropped while nobody can read its table", dropped),
    danger("index-gap", "an index is dropped before the one that replaces it is there", gap),
    blocking("reindex-not-concurrent", "an index is built again while nobody can write its table", reindexed),
];

fn not_concurrent(step: &Step<'_>) -> Vec<Flaw> {
    let Act::CreateIndex(index) = step.act() else { return Vec::new() };
    let NewIndex { table, concurrently, only, .. } = index;
    let of_view = step.known.view(table).is_some();
    if *concurrently || *only || of_view || !step.is_live(table) || step.known.is_partitioned(table) {
        return Vec::new();
    }
    let message = format!("nobody can write `{}` while the index is built", table.written);
    vec![locked(message, BUILD, format!("-- mizzle: no transaction\n{};", concurrent(index)))]
}

/// It as it is built while others write.
fn concurrent(index: &NewIndex) -> String {
    let NewIndex { name, table, unique, keys, rest, .. } = index;
    let unique = if *unique { "unique " } else { "" };
    let first = keys.iter().flatten().next().map(String::as_str).unwrap_or_default();
    let name = name.as_ref().map_or_else(|| made(table, first, "idx"), |name| name.written.clone());
    format!("create {unique}index concurrently {name} on {} {rest}", table.written)
}

fn on_partitioned(step: &Step<'_>) -> Vec<Flaw> {
    let Act::CreateIndex(NewIndex { name, table, unique, only, keys, rest, .. }) = step.act() else {
        return Vec::new();
    };
    if *only || !step.is_live(table) || !step.known.is_partitioned(table) {
        return Vec::new();
    }
    let unique = if *unique { "unique " } else { "" };
    let first = keys.iter().flatten().next().map(String::as_str).unwrap_or_default();
    let name = name.as_ref().map_or_else(|| made(table, first, "idx"), |name| name.written.clone());
    let mut safe = format!("create {unique}index {name} on only {} {rest};", table.written);
    for partition in step.known.partitions(table) {
        let (schema, part) = (quote_ident(&partition.name.schema), &partition.name.name);
        let own = quote_ident(&format!("{part}_{}", crate::script::unquote(&name)));
        safe += &format!(
            "\n-- mizzle: no transaction\ncreate {unique}index concurrently {own} on {schema}.{} {rest};\n\
             -- mizzle: transaction\nalter index {} attach partition {schema}.{own};",
            quote_ident(part),
            table.beside(&name),
        );
    }
    let message =
        format!("nobody can write `{}` or a partition of it while their indexes are built", table.written);
    vec![locked(message, BUILD, safe)]
}

fn if_not_exists(step: &Step<'_>) -> Vec<Flaw> {
    match step.act() {
        Act::CreateIndex(index) if index.if_not_exists && index.concurrently => {
            let message = "a build that failed leaves an index that is never used, and `if not exists` takes it for \
                           this one; the migrator finds and removes it by itself";
            vec![flaw(message, format!("-- mizzle: no transaction\n{};", concurrent(index)))]
        }
        _ => Vec::new(),
    }
}

fn dropped(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Drop { what: "index", names, concurrently: false, .. } = step.act() else { return Vec::new() };
    let is_partitioned =
        |index: &Named| step.known.table_of_index(index).is_some_and(|table| table.partitioned.is_some());
    // Whoever holds the table already keeps nobody away by this.
    let is_held = |index: &Named| {
        let table = step.known.table_of_index(index);
        table.is_some_and(|table| step.held.iter().any(|held| held.table.full() == table.name))
    };
    let in_the_way =
        |index: &&Named| !step.known.is_index_free(index) && !is_partitioned(index) && !is_held(index);
    let names: Vec<_> = names.iter().filter(in_the_way).collect();
    let drop = |index: &&Named| format!("\ndrop index concurrently {};", index.written);
    let safe: String = names.iter().map(drop).collect();
    names
        .first()
        .map(|index| {
            let message = format!("nobody can read or write the table of `{}`", index.written);
            locked(message, MOMENT, format!("-- mizzle: no transaction{safe}"))
        })
        .into_iter()
        .collect()
}

fn gap(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Drop { what: "index", names, .. } = step.act() else { return Vec::new() };
    if step.back {
        return Vec::new();
    }
    let rebuilt = |index: &Named| {
        step.apart().find_map(|read| match &read.act {
            Act::CreateIndex(new) if new.name.as_ref().is_some_and(|name| name.name == index.name) => {
                Some(new)
            }
            _ => None,
        })
    };
    let says = |index: &Named| {
        let new = rebuilt(index).filter(|new| step.is_live(&new.table))?;
        let old = quote_ident(&format!("{}_old", index.name));
        let message = format!("nothing serves for `{}` until it is built again", index.written);
        let safe = format!(
            "alter index {} rename to {old};\n-- mizzle: no transaction\n{};\ndrop index concurrently {};",
            index.written,
            concurrent(new),
            index.beside(&old),
        );
        Some(flaw(message, safe))
    };
    names.iter().filter_map(says).collect()
}

fn reindexed(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Reindex { of, name, concurrently: false } = step.act() else { return Vec::new() };
    let name = name.as_ref().map(|name| name.written.as_str()).unwrap_or_default();
    let message = format!("nobody can write what `{of} {name}` is about, and plans that use the index wait");
    vec![locked(message, BUILD, format!("-- mizzle: no transaction\nreindex {of} concurrently {name};"))]
}
