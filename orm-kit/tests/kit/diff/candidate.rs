//! What may have been renamed.

use super::{catalog, table};
use orm_kit::catalog::{Catalog, Enum, Name};
use orm_kit::diff::{Candidate, Rename, candidates};

fn list(found: &[Candidate]) -> Vec<String> {
    let line = |Candidate { rename: Rename { from, to }, likeness }: &Candidate| {
        format!("{likeness}: {from} to {to}")
    };
    found.iter().map(line).collect()
}

#[test]
fn the_likest_comes_first() {
    let columns = [("id", "bigint"), ("name", "text"), ("age", "integer")];
    let from = catalog(vec![table("workers", &columns), table("tags", &[("id", "bigint")])], vec![]);
    let to = catalog(vec![table("worker", &columns), table("labels", &[("id", "bigint")])], vec![]);
    assert_eq!(
        list(&candidates(&from, &to, &[])),
        [
            "93: table `workers` to table `worker`",
            "72: table `tags` to table `labels`",
            "26: table `workers` to table `labels`",
            "22: table `tags` to table `worker`",
        ]
    );
}

#[test]
fn a_column_is_sought_in_its_table_by_the_tables_new_name() {
    let from =
        catalog(vec![table("workers", &[("id", "bigint"), ("mail", "text"), ("n", "integer")])], vec![]);
    let to =
        catalog(vec![table("people", &[("id", "bigint"), ("email", "text"), ("number", "integer")])], vec![]);
    let [renamed] = <[Candidate; 1]>::try_from(candidates(&from, &to, &[])).unwrap();
    assert_eq!(
        list(&candidates(&from, &to, &[renamed.rename])),
        [
            "90: column `people.mail` to column `people.email`",
            "74: column `people.n` to column `people.number`",
            "33: column `people.mail` to column `people.number`",
            "33: column `people.n` to column `people.email`",
        ]
    );
}

#[test]
fn a_move_to_another_schema_is_one() {
    let status = |schema: &str| {
        let labels = vec!["a".to_owned()];
        let ty = Enum { name: Name::new(schema, "status"), labels, comment: None };
        Catalog { enums: vec![ty], ..Catalog::default() }
    };
    let found = candidates(&status("public"), &status("app"), &[]);
    assert_eq!(list(&found), ["100: enum `status` to enum `app.status`"]);
}
