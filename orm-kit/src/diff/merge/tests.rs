//! Which branches get along.

use super::{Clash, merge};
use crate::catalog::{
    Catalog, Column, Constraint, Enum, ForeignKey, Index, Name, PrimaryKey, Schema, Table, View,
};
use crate::change::Change;
use crate::describe::Described;
use crate::diff::diff;
use serde_json::json;

fn base() -> Catalog {
    let mut workers = Table::new(Name::new("public", "workers"));
    workers.columns =
        vec![Column::new("id", "bigint"), Column::new("name", "text"), Column::new("mood", "mood")];
    workers.primary_key = Some(key("workers_pkey"));
    let mood = Enum {
        name: Name::new("public", "mood"),
        labels: vec!["glad".to_owned(), "sad".to_owned()],
        comment: None,
    };
    let app = Schema { name: "app".to_owned(), comment: None };
    Catalog { tables: vec![workers], enums: vec![mood], schemas: vec![app], ..Catalog::default() }
}

fn key(name: &str) -> PrimaryKey {
    serde_json::from_value(json!({ "name": name, "columns": ["id"] })).unwrap()
}

fn workers(catalog: &mut Catalog) -> &mut Table {
    catalog.tables.iter_mut().find(|table| table.name.name == "workers").unwrap()
}

fn column(catalog: &mut Catalog, name: &str, ty: &str) {
    let mut column = Column::new(name, ty);
    column.nullable = true;
    workers(catalog).columns.push(column);
}

fn index(catalog: &mut Catalog, name: &str, on: &str) {
    let index: Index =
        serde_json::from_value(json!({ "name": name, "method": "btree", "keys": [{ "column": on }] }))
            .unwrap();
    workers(catalog).indexes.push(index);
}

fn table(catalog: &mut Catalog, schema: &str, name: &str) {
    let mut table = Table::new(Name::new(schema, name));
    table.columns = vec![Column::new("id", "bigint"), Column::new("worker_id", "bigint")];
    catalog.tables.push(table);
}

/// A table whose rows refer to workers.
fn jobs(catalog: &mut Catalog) {
    table(catalog, "public", "jobs");
    let to_workers: ForeignKey = serde_json::from_value(json!({
        "name": "jobs_worker_id_fkey", "columns": ["worker_id"],
        "table": { "name": "workers" }, "targets": ["id"],
    }))
    .unwrap();
    catalog.tables.last_mut().unwrap().foreign_keys.push(to_workers);
}

fn view(catalog: &mut Catalog, name: &str, query: &str) {
    let view: View = serde_json::from_value(json!({ "name": { "name": name }, "query": query })).unwrap();
    catalog.views.push(view);
}

type Branch = fn(&mut Catalog);

/// What one branch does, what the other does, and what of the two does not get along.
const CASES: &[(&str, Branch, Branch, &[&str])] = &[
    ("other tables", |c| column(c, "email", "text"), jobs, &[]),
    ("other columns", |c| column(c, "email", "text"), |c| column(c, "phone", "text"), &[]),
    (
        "the same column",
        |c| column(c, "email", "text"),
        |c| column(c, "email", "text"),
        &["+ column `workers.email` text | + column `workers.email` text"],
    ),
    (
        "the same table, once and not each of its parts",
        jobs,
        |c| table(c, "public", "jobs"),
        &["+ table `jobs` | + table `jobs`"],
    ),
    (
        "an index on a column that goes",
        |c| workers(c).columns.retain(|column| column.name != "name"),
        |c| index(c, "by_name", "name"),
        &["- column `workers.name` | + index `workers.by_name`"],
    ),
    (
        "an index on a column that is made anew",
        |c| workers(c).columns[1].ty = "varchar".to_owned(),
        |c| index(c, "by_name", "name"),
        &["~ column `workers.name`: type text -> varchar | + index `workers.by_name`"],
    ),
    (
        "an index on a column that stays what it is",
        |c| workers(c).columns[1].default = Some("''".to_owned()),
        |c| index(c, "by_name", "name"),
        &[],
    ),
    (
        "a view of a column that goes",
        |c| workers(c).columns.retain(|column| column.name != "name"),
        |c| view(c, "names", "select w.name from workers w"),
        &["- column `workers.name` | + view `names`"],
    ),
    (
        "a view of all columns",
        |c| workers(c).columns.retain(|column| column.name != "name"),
        |c| view(c, "names", "select * from workers"),
        &["- column `workers.name` | + view `names`"],
    ),
    (
        "a view of other columns",
        |c| workers(c).columns.retain(|column| column.name != "name"),
        |c| view(c, "ids", "select w.id from workers w"),
        &[],
    ),
    (
        "two of one name",
        |c| table(c, "public", "names"),
        |c| view(c, "names", "select 1"),
        &["+ table `names` | + view `names`"],
    ),
    (
        "an index of the name of a table",
        |c| table(c, "public", "names"),
        |c| index(c, "names", "name"),
        &["+ table `names` | + index `workers.names`"],
    ),
    (
        "a column of a table that goes",
        |c| c.tables.clear(),
        |c| column(c, "email", "text"),
        &["- table `workers` | + column `workers.email` text"],
    ),
    (
        "a reference to a table that goes",
        |c| c.tables.clear(),
        jobs,
        &["- table `workers` | + constraint `jobs.jobs_worker_id_fkey`"],
    ),
    (
        "a reference to a key that goes",
        |c| workers(c).primary_key = None,
        jobs,
        &["- constraint `workers.workers_pkey` | + constraint `jobs.jobs_worker_id_fkey`"],
    ),
    (
        "a column of a type that gets a label",
        |c| c.enums[0].labels.push("calm".to_owned()),
        |c| column(c, "other_mood", "mood"),
        &[],
    ),
    (
        "a column of a type that is made anew",
        |c| c.enums[0].labels.truncate(1),
        |c| column(c, "other_mood", "mood"),
        &["~ enum `mood`: labels [\"glad\",\"sad\"] -> [\"glad\"] | + column `workers.other_mood` mood"],
    ),
    (
        "labels of one type, whose order would be another",
        |c| c.enums[0].labels.push("calm".to_owned()),
        |c| c.enums[0].labels.push("odd".to_owned()),
        &["~ enum `mood`: labels [\"glad\",\"sad\"] -> [\"glad\",\"sad\",\"calm\"] | ~ enum `mood`: labels \
           [\"glad\",\"sad\"] -> [\"glad\",\"sad\",\"odd\"]"],
    ),
    (
        "a child of a table that gets a column",
        |c| column(c, "email", "text"),
        |c| {
            table(c, "public", "foremen");
            c.tables[1].inherits.push(Name::new("public", "workers"));
        },
        &["+ column `workers.email` text | + table `foremen`"],
    ),
    (
        "a table in a schema that goes",
        |c| c.schemas.clear(),
        |c| table(c, "app", "jobs"),
        &["- schema `app` | + table `app.jobs`"],
    ),
];

#[test]
fn what_does_not_get_along_is_found_in_either_order() {
    for (case, one, other, expected) in CASES {
        let branch = |change: &Branch| {
            let mut catalog = base();
            change(&mut catalog);
            catalog
        };
        let (one, other) = (branch(one), branch(other));
        let (merged, clashes) = merge(&base(), &one, &other);
        let line = |Clash { one, other }: &Clash| format!("{} | {}", Described(one), Described(other));
        let found: Vec<_> = clashes.iter().map(line).collect();
        assert_eq!(&found, expected, "{case}");
        let (reversed, clashes) = merge(&base(), &other, &one);
        assert_eq!(clashes.len(), expected.len(), "{case}");
        if expected.is_empty() {
            // The one on top of the other is what both are together.
            let mut lines = lines(&diff(&base(), &one, &[]));
            lines.extend(self::lines(&diff(&base(), &other, &[])));
            lines.sort();
            assert_eq!(self::lines(&diff(&base(), &merged, &[])), lines, "{case}");
            assert!(diff(&merged, &reversed, &[]).is_empty(), "{case}");
        }
    }
}

/// A view is dropped and made again where a column of it becomes another.
#[test]
fn what_is_made_anew_is_nobody_elses() {
    let with_view = |change: Branch| {
        let mut catalog = base();
        view(&mut catalog, "names", "select w.name from workers w");
        change(&mut catalog);
        catalog
    };
    let retyped = with_view(|c| workers(c).columns[1].ty = "varchar".to_owned());
    let clashes = |other: Branch| -> Vec<String> {
        let (_, clashes) = merge(&with_view(|_| {}), &retyped, &with_view(other));
        let line = |Clash { one, other }: &Clash| format!("{} | {}", Described(one), Described(other));
        clashes.iter().map(line).collect()
    };
    assert_eq!(clashes(|c| c.views.clear()), ["- view `names` | - view `names`"]);
    assert_eq!(clashes(|c| view(c, "more", "select * from names")), ["- view `names` | + view `more`"]);
    assert_eq!(clashes(|c| view(c, "ids", "select w.id from workers w")), [""; 0]);
}

fn lines(changes: &[Change]) -> Vec<String> {
    let mut lines: Vec<_> = changes.iter().map(|change| Described(change).to_string()).collect();
    lines.sort();
    lines
}

#[test]
fn columns_come_in_the_order_in_which_they_were_made() {
    let (mut one, mut other) = (base(), base());
    column(&mut one, "zip", "text");
    column(&mut other, "email", "text");
    let (merged, clashes) = merge(&base(), &one, &other);
    assert!(clashes.is_empty());
    let names: Vec<_> = merged.tables[0].columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["id", "name", "mood", "zip", "email"]);
    assert!(merged.tables[0].constraints().any(|it| matches!(it, Constraint::PrimaryKey(_))));
}
