//! Renames: what is renamed with them, and what is none.

use super::{catalog, foreign_key, index, makes, table, view};
use crate::TestResult;
use crate::apply::lines;
use orm_kit::catalog::{
    Catalog, Check, Column, Generated, Kind, Name, ObjectName, Schema, Sequence, SequenceOptions, Table,
    Trigger,
};
use orm_kit::diff::{Rename, diff};

fn rename(kind: Kind, table: &str, from: &str, to: &str) -> Rename {
    let schema = if kind == Kind::Schema { "" } else { "public" };
    let name = |name: &str| ObjectName {
        kind,
        schema: schema.to_owned(),
        table: table.to_owned(),
        name: name.to_owned(),
    };
    Rename { from: name(from), to: name(to) }
}

fn check(name: &str, expression: &str) -> Check {
    Check {
        name: name.to_owned(),
        expression: expression.to_owned(),
        no_inherit: false,
        validated: true,
        comment: None,
    }
}

/// A table with names in every place.
fn workers(name: &str, key: &str, age: &str) -> Table {
    let mut table = table(name, &[(key, "bigint"), (age, "integer"), ("boss", "bigint")]);
    let generated = Some(Generated { expression: format!("\"{age}\" * 2"), stored: true });
    table.columns.push(Column { generated, nullable: true, ..Column::new("twice", "integer") });
    let mut boss = foreign_key(name, "boss", name);
    boss.targets = vec![key.to_owned()];
    table.foreign_keys.push(boss);
    table.indexes.push(index(&format!("{name}_{age}_idx"), age));
    table.checks.push(check(&format!("{name}_{age}_check"), &format!("{age} > 0 and 'age' <> 'workers'")));
    table.triggers.push(Trigger {
        name: "same".to_owned(),
        definition: format!(
            "create trigger same before update of {age} on public.{name} for each row \
             execute function suppress_redundant_updates_trigger()"
        ),
        comment: None,
    });
    table
}

#[tokio::test]
async fn what_a_table_gave_its_name_to_is_renamed_with_it() -> TestResult {
    let from = catalog(vec![workers("workers", "id", "age")], vec![]);
    let to = catalog(vec![workers("people", "id", "age")], vec![]);
    let changes = diff(&from, &to, &[rename(Kind::Table, "", "workers", "people")]);
    assert_eq!(
        lines(&changes),
        [
            "rename table `workers` to table `people`",
            "rename constraint `people.workers_age_check` to constraint `people.people_age_check`",
            "rename constraint `people.workers_boss_fkey` to constraint `people.people_boss_fkey`",
            "rename constraint `people.workers_pkey` to constraint `people.people_pkey`",
            "rename index `people.workers_age_idx` to index `people.people_age_idx`",
        ]
    );
    makes(&from, &changes, &to).await
}

#[tokio::test]
async fn a_column_is_renamed_in_all_that_is_of_it() -> TestResult {
    let from = catalog(vec![workers("workers", "id", "age")], vec![]);
    let to = catalog(vec![workers("people", "key", "years")], vec![]);
    let renames = [
        rename(Kind::Column, "workers", "id", "key"),
        rename(Kind::Column, "people", "age", "years"),
        rename(Kind::Table, "", "workers", "people"),
    ];
    // A column is found by its table's new name.
    let renames = renames.map(|mut rename| {
        if rename.to.kind == Kind::Column {
            rename.to.table = "people".to_owned();
        }
        rename
    });
    let changes = diff(&from, &to, &renames);
    let lines = lines(&changes);
    assert!(lines.iter().all(|line| line.starts_with("rename ")), "{lines:#?}");
    assert_eq!(lines.len(), 7);
    makes(&from, &changes, &to).await
}

#[tokio::test]
async fn a_rename_of_the_past_is_none() -> TestResult {
    let people = catalog(vec![workers("people", "id", "age")], vec![]);
    let renames =
        [rename(Kind::Table, "", "workers", "people"), rename(Kind::Column, "people", "old", "age")];
    assert_eq!(diff(&people, &people, &renames), []);
    let both = catalog(vec![workers("people", "id", "age"), table("workers", &[("id", "integer")])], vec![]);
    assert_eq!(lines(&diff(&both, &people, &renames)), ["drop table `workers`"]);
    let without = catalog(vec![table("workers", &[("id", "integer")])], vec![]);
    assert_eq!(diff(&without, &without, &renames), []);
    Ok(())
}

#[tokio::test]
async fn what_else_differs_is_altered_by_the_new_name() -> TestResult {
    let from = catalog(vec![table("workers", &[("id", "bigint"), ("age", "integer")])], vec![]);
    let to = catalog(vec![table("people", &[("id", "bigint"), ("years", "bigint")])], vec![]);
    let mut column = rename(Kind::Column, "people", "age", "years");
    column.from.table = "workers".to_owned();
    let changes = diff(&from, &to, &[rename(Kind::Table, "", "workers", "people"), column]);
    assert_eq!(
        lines(&changes),
        [
            "rename table `workers` to table `people`",
            "rename column `people.age` to column `people.years`",
            "rename constraint `people.workers_pkey` to constraint `people.people_pkey`",
            "alter column `people.years`",
        ]
    );
    makes(&from, &changes, &to).await
}

#[tokio::test]
async fn a_view_of_a_renamed_column_is_made_again() -> TestResult {
    let names = |column: &str| {
        let tables = vec![table("workers", &[("id", "bigint"), (column, "text")])];
        let query = format!("select {column} from workers");
        catalog(
            tables,
            vec![
                view("all", "select * from workers"),
                view("ids", "select id from workers"),
                view("names", &query),
            ],
        )
    };
    let (from, to) = (names("name"), names("label"));
    let changes = diff(&from, &to, &[rename(Kind::Column, "workers", "name", "label")]);
    assert_eq!(
        lines(&changes),
        [
            "rename column `workers.name` to column `workers.label`",
            "drop view `names`",
            "drop view `all`",
            "create view `all`",
            "create view `names`",
        ]
    );
    makes(&from, &changes, &to).await
}

#[tokio::test]
async fn a_schema_takes_everything_along() -> TestResult {
    let in_schema = |schema: &str| {
        let name = |own: &str| Name::new(schema, own);
        let mut jobs = table("jobs", &[("id", "bigint")]);
        jobs.name = name("jobs");
        let default = Some(format!("nextval('{schema}.ids')"));
        jobs.columns.push(Column { default, ..Column::new("number", "bigint") });
        let ids = Sequence {
            name: name("ids"),
            ty: "bigint".to_owned(),
            options: SequenceOptions::default(),
            owned_by: Some((name("jobs"), "number".to_owned())),
            comment: None,
        };
        let mut all = view("all_jobs", &format!("select id from {schema}.jobs"));
        all.name = name("all_jobs");
        Catalog {
            schemas: vec![Schema { name: schema.to_owned(), comment: None }],
            sequences: vec![ids],
            ..catalog(vec![jobs], vec![all])
        }
    };
    let (from, to) = (in_schema("app"), in_schema("work"));
    let changes = diff(&from, &to, &[rename(Kind::Schema, "", "app", "work")]);
    assert_eq!(lines(&changes), ["rename schema `app` to schema `work`"]);
    makes(&from, &changes, &to).await
}

#[test]
fn what_differs_in_its_name_alone_is_renamed() {
    let mut from = table("workers", &[("id", "bigint")]);
    from.indexes = vec![index("a", "id"), index("b", "id")];
    let mut to = from.clone();
    to.indexes = vec![index("b", "id"), index("c", "id")];
    to.primary_key = to.primary_key.map(|key| orm_kit::catalog::PrimaryKey { name: "key".to_owned(), ..key });
    let changes = diff(&catalog(vec![from], vec![]), &catalog(vec![to], vec![]), &[]);
    assert_eq!(
        lines(&changes),
        [
            "rename constraint `workers.workers_pkey` to constraint `workers.key`",
            "rename index `workers.a` to index `workers.c`",
        ]
    );
}
