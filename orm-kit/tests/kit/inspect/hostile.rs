//! Names that no one should choose.

use super::catalog;
use crate::TestResult;
use orm_core::sql::quote_ident;

const NAMES: [&str; 8] =
    ["select", "a.b", "it's", "say \"hi\"", "line\nbreak", "größe", "a, b) DESC (", "$1 -- \\ /* "];

/// A schema with a table and a type for each of them.
pub(super) fn sql() -> String {
    let mut sql = String::new();
    for name in NAMES {
        let quoted = quote_ident(name);
        sql += &format!(
            "create schema {quoted};
             create type {quoted}.\"e {quoted_in}\" as enum ('a');
             create table {quoted}.{quoted} (
                 {quoted} text not null, e {quoted}.\"e {quoted_in}\" default 'a', n serial,
                 constraint \"p {quoted_in} \" primary key (n),
                 constraint {quoted} check ({quoted} <> 'x'), unique ({quoted}));
             create index \"i {quoted_in}\" on {quoted}.{quoted} ({quoted} desc, lower({quoted}) collate \"C\")
                 where {quoted} > '';",
            quoted_in = name.replace('"', "\"\"")
        );
    }
    sql
}

#[tokio::test]
async fn names_come_through_as_they_are() -> TestResult {
    let found = catalog(&sql()).await?;
    assert_eq!(found.tables.len(), NAMES.len());
    for name in NAMES {
        let qualified = orm_kit::catalog::Name::new(name, name);
        let table = found.table(&qualified).unwrap();
        assert_eq!(table.columns[0].name, name);
        assert_eq!(table.checks[0].name, name);
        assert_eq!(table.uniques[0].columns, [name]);
        assert_eq!(table.indexes[0].name, format!("i {name}"));
        let [first, second] = table.indexes[0].keys.as_slice() else { panic!("{table:?}") };
        assert_eq!((first.column.as_deref(), first.descending), (Some(name), true));
        assert!(second.expression.as_ref().is_some_and(|text| text.starts_with("lower(")), "{second:?}");
        assert_eq!(second.collation.as_ref().map(|collation| collation.name.as_str()), Some("C"));
        assert!(found.enums.iter().any(|ty| ty.name.name == format!("e {name}") && ty.name.schema == name));
        let owner = Some((qualified, "n".to_owned()));
        assert!(found.sequences.iter().any(|sequence| sequence.owned_by == owner));
    }
    Ok(())
}
