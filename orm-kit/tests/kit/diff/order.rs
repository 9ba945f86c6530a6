//! The order of changes, and what is made again around them.

use super::{catalog, foreign_key, index, makes, public, strings, table, view};
use crate::TestResult;
use crate::apply::lines;
use orm_kit::catalog::{
    Catalog, Column, Generated, Grant, GrantTarget, Name, Partition, Partitioned, Policy, PolicyCommand,
    Routine, Sequence, SequenceOptions, Table,
};
use orm_kit::change::Change;
use orm_kit::diff::diff;

/// The changes are these, and a server takes them.
async fn check(from: &Catalog, to: &Catalog, expected: &[&str]) -> TestResult {
    let changes = diff(from, to, &[]);
    assert_eq!(lines(&changes), expected);
    makes(from, &changes, to).await
}

#[tokio::test]
async fn tables_that_reference_each_other_are_made_and_dropped() -> TestResult {
    let mut one = table("one", &[("id", "bigint"), ("other", "bigint")]);
    one.foreign_keys = vec![foreign_key("one", "other", "two")];
    let mut two = table("two", &[("id", "bigint"), ("other", "bigint")]);
    two.foreign_keys = vec![foreign_key("two", "other", "one")];
    let (none, both) = (Catalog::default(), catalog(vec![one, two], vec![]));
    check(
        &none,
        &both,
        &["create table `two`", "create table `one`", "create constraint `two.two_other_fkey`"],
    )
    .await?;
    check(&both, &none, &["drop constraint `two.two_other_fkey`", "drop table `one`", "drop table `two`"])
        .await
}

#[tokio::test]
async fn views_are_made_again_around_a_column_with_their_privileges() -> TestResult {
    let ages = |ty: &str| {
        let views = vec![
            view("adults", "select age from workers where age > 17"),
            view("count of adults", "select count(*) from adults"),
            view("ids", "select id from workers"),
        ];
        let grant = Grant {
            on: GrantTarget::Table(public("count of adults")),
            privilege: "select".to_owned(),
            columns: Vec::new(),
            to: "public".to_owned(),
            grantable: false,
        };
        let tables = vec![table("workers", &[("id", "bigint"), ("age", ty)])];
        Catalog { grants: vec![grant], ..catalog(tables, views) }
    };
    check(
        &ages("integer"),
        &ages("bigint"),
        &[
            "drop view `count of adults`",
            "drop view `adults`",
            "alter column `workers.age`",
            "create view `adults`",
            "create view `count of adults`",
            "create grant `select on count of adults to public`",
        ],
    )
    .await
}

#[tokio::test]
async fn a_foreign_key_gives_way_to_another_type_on_both_sides() -> TestResult {
    let of_type = |ty: &str| {
        let mut jobs = table("jobs", &[("id", "bigint"), ("worker", ty)]);
        jobs.foreign_keys = vec![foreign_key("jobs", "worker", "workers")];
        catalog(vec![jobs, table("workers", &[("id", ty)])], vec![])
    };
    check(
        &of_type("integer"),
        &of_type("uuid"),
        &[
            "drop constraint `jobs.jobs_worker_fkey`",
            "alter column `workers.id`",
            "alter column `jobs.worker`",
            "create constraint `jobs.jobs_worker_fkey`",
        ],
    )
    .await
}

/// A server that makes it again takes it for one of the column's collation.
#[tokio::test]
async fn an_index_keeps_the_collation_that_was_its_columns_too() -> TestResult {
    let collated = |collation: Option<&str>| {
        let c = |name: &str| Name::new("pg_catalog", name);
        let mut workers = table("workers", &[("id", "bigint")]);
        workers.columns.push(Column { collation: collation.map(c), ..Column::new("name", "text") });
        let mut by_name = index("workers_name_idx", "name");
        by_name.keys.iter_mut().for_each(|key| key.collation = Some(c("C")));
        workers.indexes = vec![by_name, index("other_idx", "name")];
        catalog(vec![workers], vec![])
    };
    check(
        &collated(Some("C")),
        &collated(None),
        &[
            "drop index `workers.workers_name_idx`",
            "alter column `workers.name`",
            "create index `workers.workers_name_idx`",
        ],
    )
    .await
}

#[tokio::test]
async fn computed_columns_are_made_again_around_what_they_are_computed_from() -> TestResult {
    let of_type = |ty: &str| {
        let mut workers = table("workers", &[("id", "bigint"), ("age", ty)]);
        let generated = Some(Generated { expression: "age * 2".to_owned(), stored: true });
        workers.columns.push(Column { generated, nullable: true, ..Column::new("twice", "bigint") });
        workers.indexes = vec![index("workers_twice_idx", "twice")];
        catalog(vec![workers], vec![])
    };
    check(
        &of_type("integer"),
        &of_type("bigint"),
        &[
            "drop index `workers.workers_twice_idx`",
            "drop column `workers.twice`",
            "alter column `workers.age`",
            "create column `workers.twice`",
            "create index `workers.workers_twice_idx`",
        ],
    )
    .await
}

#[tokio::test]
async fn a_function_of_another_result_is_made_again_with_what_calls_it() -> TestResult {
    let of_type = |ty: &str| {
        let one = Routine {
            name: public("one"),
            arguments: String::new(),
            procedure: false,
            definition: format!("create or replace function one() returns {ty} language sql return 1"),
            comment: None,
        };
        let mut workers = table("workers", &[("id", "bigint")]);
        workers.columns.push(Column { default: Some("one()".to_owned()), ..Column::new("age", "bigint") });
        workers.policies = vec![Policy {
            name: "some".to_owned(),
            permissive: true,
            command: PolicyCommand::All,
            to: strings(&["public"]),
            using: Some("id > one()".to_owned()),
            with_check: None,
            comment: None,
        }];
        Catalog { routines: vec![one], ..catalog(vec![workers], vec![]) }
    };
    check(
        &of_type("integer"),
        &of_type("bigint"),
        &[
            "alter column `workers.age`",
            "drop policy `workers.some`",
            "drop routine `one()`",
            "create routine `one()`",
            "alter column `workers.age`",
            "create policy `workers.some`",
        ],
    )
    .await
}

#[tokio::test]
async fn a_column_of_a_partitioned_table_is_one_change() -> TestResult {
    let with = |columns: &[(&str, &str)]| {
        let partitioned = Some(Partitioned { by: "range (year)".to_owned() });
        let events = Table { partitioned, ..table("events", columns) };
        let partition = Some(Partition { of: public("events"), bound: "default".to_owned() });
        let columns = events.columns.clone();
        let rest = Table { partition, columns, ..Table::new(public("events_rest")) };
        catalog(vec![events, rest], vec![])
    };
    let old = with(&[("year", "integer"), ("note", "text"), ("old", "text")]);
    let new = with(&[("year", "integer"), ("note", "character varying(9)"), ("new", "text")]);
    check(
        &old,
        &new,
        &["create column `events.new`", "alter column `events.note`", "drop column `events.old`"],
    )
    .await
}

#[tokio::test]
async fn a_partition_that_stays_leaves_a_table_that_goes() -> TestResult {
    let partitioned = Some(Partitioned { by: "range (year)".to_owned() });
    let events = Table { partitioned, primary_key: None, ..table("events", &[("year", "integer")]) };
    let partition = Some(Partition { of: public("events"), bound: "default".to_owned() });
    let rest = Table { primary_key: None, ..table("events_rest", &[("year", "integer")]) };
    let attached = Table { partition, ..rest.clone() };
    let (from, to) = (catalog(vec![events, attached], vec![]), catalog(vec![rest], vec![]));
    check(&from, &to, &["alter table `events_rest`", "drop table `events`"]).await
}

#[tokio::test]
async fn a_name_is_free_before_it_is_taken_again() -> TestResult {
    let mut workers = table("workers", &[("id", "bigint")]);
    workers.indexes = vec![index("found", "id")];
    let jobs = table("jobs", &[("id", "bigint")]);
    let mut found = jobs.clone();
    found.indexes = vec![index("found", "id")];
    let from = catalog(vec![workers, jobs], vec![]);
    let to = catalog(vec![found], vec![view("workers", "select id from jobs")]);
    check(&from, &to, &["drop table `workers`", "create index `jobs.found`", "create view `workers`"]).await
}

#[tokio::test]
async fn a_sequence_goes_with_its_column_and_stays_if_it_is_freed() -> TestResult {
    let with = |columns: &[(&str, &str)], owner: Option<&str>| {
        let ids = Sequence {
            name: public("ids"),
            ty: "bigint".to_owned(),
            options: SequenceOptions::default(),
            owned_by: owner.map(|column| (public("workers"), column.to_owned())),
            comment: None,
        };
        Catalog { sequences: vec![ids], ..catalog(vec![table("workers", columns)], vec![]) }
    };
    let owned = with(&[("id", "bigint"), ("number", "bigint")], Some("number"));
    let free = with(&[("id", "bigint")], None);
    let mut gone = free.clone();
    gone.sequences.clear();
    check(&owned, &gone, &["drop column `workers.number`"]).await?;
    check(&owned, &free, &["alter sequence `ids`", "drop column `workers.number`"]).await?;
    check(&free, &owned, &["create column `workers.number`", "alter sequence `ids`"]).await
}

#[test]
fn a_new_table_is_one_change_with_all_of_its_parts() {
    let mut workers = table("workers", &[("id", "bigint")]);
    workers.indexes = vec![index("workers_idx", "id")];
    workers.foreign_keys = vec![foreign_key("workers", "id", "workers")];
    let to = catalog(vec![workers.clone()], vec![]);
    let changes = diff(&Catalog::default(), &to, &[]);
    assert_eq!(changes, [Change::Create(orm_kit::catalog::Object::Table(workers.clone()))]);
    let changes = diff(&to, &Catalog::default(), &[]);
    assert_eq!(changes, [Change::Drop(orm_kit::catalog::Object::Table(workers))]);
}

#[test]
fn the_order_of_columns_is_no_difference() {
    let one = table("workers", &[("id", "bigint"), ("name", "text"), ("age", "integer")]);
    let mut other = one.clone();
    other.columns.reverse();
    assert_eq!(diff(&catalog(vec![one], vec![]), &catalog(vec![other], vec![]), &[]), []);
}

#[test]
fn large_catalogs_are_compared_in_no_time() {
    let tables = |ty: &str| -> Vec<Table> {
        let one = |number: usize| {
            let mut it =
                table(&format!("table_{number}"), &[("id", "bigint"), ("age", ty), ("name", "text")]);
            it.foreign_keys =
                vec![foreign_key(&format!("table_{number}"), "id", &format!("table_{}", number / 2))];
            it
        };
        (0..1000).map(one).collect()
    };
    let views: Vec<_> = (0..300)
        .map(|number| view(&format!("view_{number}"), &format!("select age from table_{number}")))
        .collect();
    let started = std::time::Instant::now();
    let changes = diff(&catalog(tables("integer"), views.clone()), &catalog(tables("bigint"), views), &[]);
    assert_eq!(changes.len(), 1000 + 2 * 300);
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}
