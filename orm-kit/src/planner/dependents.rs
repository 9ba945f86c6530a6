//! What in a catalog depends on a column or a view.

use super::mention::mentions;
use crate::catalog::{Catalog, Check, Column, Index, Name, Policy, Table, Trigger, View};
use crate::depend::Mentions;

/// What of a table needs one of its columns to stay as it is; views are in [`views_on`].
#[derive(Debug, Default)]
pub(super) struct Dependents<'a> {
    pub(super) checks: Vec<&'a Check>,
    /// Indexes that have it as a key.
    pub(super) plain_indexes: Vec<&'a Index>,
    /// Indexes with it in an expression or a condition.
    pub(super) computed_indexes: Vec<&'a Index>,
    pub(super) generated: Vec<&'a Column>,
    /// Triggers that name it, in `update of` or `when`.
    pub(super) triggers: Vec<&'a Trigger>,
    /// Whether a primary key, unique key or exclusion has it.
    pub(super) key: bool,
}

/// What of `table` depends on its column `column`.
pub(super) fn dependents<'a>(table: &'a Table, column: &str) -> Dependents<'a> {
    let has = |text: &Option<String>| text.as_ref().is_some_and(|text| mentions(text, column));
    let computed =
        |index: &&Index| index.keys.iter().any(|key| has(&key.expression)) || has(&index.predicate);
    let plain = |index: &&Index| index.keys.iter().any(|key| key.column.as_deref() == Some(column));
    let of_key = |columns: &[String]| columns.iter().any(|name| name == column);
    Dependents {
        checks: table.checks.iter().filter(|check| mentions(&check.expression, column)).collect(),
        plain_indexes: table.indexes.iter().filter(|index| plain(index) && !computed(index)).collect(),
        computed_indexes: table.indexes.iter().filter(computed).collect(),
        generated: table
            .columns
            .iter()
            .filter(|other| {
                other.generated.as_ref().is_some_and(|generated| mentions(&generated.expression, column))
            })
            .collect(),
        triggers: table.triggers.iter().filter(|trigger| names_column(trigger, column)).collect(),
        key: table.primary_key.as_ref().is_some_and(|key| of_key(&key.columns))
            || table.uniques.iter().any(|key| of_key(&key.columns))
            || table.exclusions.iter().any(|exclusion| {
                has(&exclusion.predicate)
                    || exclusion.elements.iter().any(|element| mentions(&element.key, column))
            }),
    }
}

/// The policies that depend on a column of a table, with the tables that they are of.
pub(super) fn policies_on(catalog: &Catalog, table: &Name, column: &str) -> Vec<(Name, Policy)> {
    let own = |of: &Table, text: &String| {
        let mentions = Mentions::of(text);
        mentions.column(column) && (of.name == *table || mentions.object(table))
    };
    let mut found = Vec::new();
    for of in &catalog.tables {
        let policies = of
            .policies
            .iter()
            .filter(|policy| policy.using.iter().chain(&policy.with_check).any(|text| own(of, text)));
        found.extend(policies.map(|policy| (of.name.clone(), policy.clone())));
    }
    found
}

/// Whether a trigger's head, what is before the function that it executes, names the column.
fn names_column(trigger: &Trigger, column: &str) -> bool {
    let text = trigger.definition.to_lowercase();
    let end = text.rfind(" execute ").unwrap_or(text.len());
    let head = trigger.definition.get(..end).unwrap_or(&trigger.definition);
    mentions(head, column) && (mentions(head, "of") || mentions(head, "when"))
}

/// The views that depend on a table, or on one of its columns, and those on them: each behind what it needs.
pub(super) fn views_on(catalog: &Catalog, table: &Name, column: Option<&str>) -> Vec<View> {
    let reads = |view: &View| {
        let mentions = Mentions::of(&view.query);
        mentions.object(table) && column.is_none_or(|column| mentions.column(column) || mentions.star())
    };
    let mut found: Vec<View> =
        catalog.views.iter().filter(|view| view.name != *table && reads(view)).cloned().collect();
    loop {
        let more: Vec<View> = catalog
            .views
            .iter()
            .filter(|view| {
                view.name != *table
                    && !found.iter().any(|other| other.name == view.name)
                    && found.iter().any(|other| reads_view(view, other))
            })
            .cloned()
            .collect();
        if more.is_empty() {
            return in_order(found);
        }
        found.extend(more);
    }
}

fn reads_view(view: &View, other: &View) -> bool {
    Mentions::of(&view.query).object(&other.name)
}

/// Each view behind those that it reads.
fn in_order(mut views: Vec<View>) -> Vec<View> {
    let mut ordered: Vec<View> = Vec::new();
    while !views.is_empty() {
        let free = views
            .iter()
            .position(|view| !views.iter().any(|other| other.name != view.name && reads_view(view, other)));
        // Views that name each other do so in another sense: a column of that name, say.
        ordered.push(views.remove(free.unwrap_or(0)));
    }
    ordered
}

/// Whether some column, field or domain has the type `name`, or an array of it.
pub(super) fn is_used(catalog: &Catalog, name: &Name) -> bool {
    !columns_of_type(catalog, name).is_empty()
}

/// The columns of the type `name`, or of arrays of it.
pub(super) fn columns_of_type<'a>(catalog: &'a Catalog, name: &Name) -> Vec<(&'a Table, &'a Column)> {
    let of_type =
        |column: &&Column| super::names::is_type(name, column.ty.strip_suffix("[]").unwrap_or(&column.ty));
    catalog
        .tables
        .iter()
        .flat_map(|table| table.columns.iter().filter(of_type).map(move |column| (table, column)))
        .collect()
}
