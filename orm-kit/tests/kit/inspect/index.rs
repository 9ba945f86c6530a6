//! Indexes.

use super::{database, inspected, public, table};
use crate::TestResult;
use orm_kit::catalog::{Index, IndexKey, Name, Nulls};
use orm_kit::inspect::{InvalidIndex, Scope, inspect};
use std::collections::BTreeMap;

fn index(name: &str, keys: Vec<IndexKey>) -> Index {
    Index {
        name: name.to_owned(),
        unique: false,
        nulls_not_distinct: false,
        method: "btree".to_owned(),
        keys,
        include: Vec::new(),
        predicate: None,
        with: BTreeMap::new(),
        tablespace: None,
        comment: None,
    }
}

fn column(name: &str) -> IndexKey {
    IndexKey {
        column: Some(name.to_owned()),
        expression: None,
        collation: None,
        opclass: None,
        descending: false,
        nulls: None,
    }
}

fn expression(expression: &str) -> IndexKey {
    IndexKey { column: None, expression: Some(expression.to_owned()), ..column("") }
}

#[tokio::test]
async fn an_index_has_all_of_its_clauses() -> TestResult {
    let found = table(
        "create table t (a int, b text, c int, d jsonb);
         create unique index i1 on t (a, b) include (c) with (fillfactor = 80) where a > 0 and b <> '(';
         create index i2 on t (a desc, b nulls first, c desc nulls last);
         create index i3 on t (lower(b), (a + c) desc, (b collate \"C\") collate \"POSIX\" text_pattern_ops);
         create index i4 on t using gin (d jsonb_path_ops);
         create index i5 on t using brin (a) with (pages_per_range = 32, autosummarize = on);
         create index i6 on t (b collate \"C\", (d ->> 'x'));
         comment on index i6 is 'six'",
    )
    .await?;
    assert_eq!(
        found.indexes,
        [
            Index {
                unique: true,
                include: vec!["c".to_owned()],
                with: BTreeMap::from([("fillfactor".to_owned(), "80".to_owned())]),
                predicate: Some("(a > 0) AND (b <> '('::text)".to_owned()),
                ..index("i1", vec![column("a"), column("b")])
            },
            index(
                "i2",
                vec![
                    IndexKey { descending: true, ..column("a") },
                    IndexKey { nulls: Some(Nulls::First), ..column("b") },
                    IndexKey { descending: true, nulls: Some(Nulls::Last), ..column("c") },
                ]
            ),
            index(
                "i3",
                vec![
                    expression("lower(b)"),
                    IndexKey { descending: true, ..expression("a + c") },
                    IndexKey {
                        collation: Some(Name::new("pg_catalog", "POSIX")),
                        opclass: Some("text_pattern_ops".to_owned()),
                        ..column("b")
                    },
                ]
            ),
            Index {
                method: "gin".to_owned(),
                ..index("i4", vec![IndexKey { opclass: Some("jsonb_path_ops".to_owned()), ..column("d") }])
            },
            Index {
                method: "brin".to_owned(),
                with: BTreeMap::from(
                    [("autosummarize", "on"), ("pages_per_range", "32")]
                        .map(|(key, value)| (key.to_owned(), value.to_owned()))
                ),
                ..index("i5", vec![column("a")])
            },
            Index {
                comment: Some("six".to_owned()),
                ..index(
                    "i6",
                    vec![
                        IndexKey { collation: Some(Name::new("pg_catalog", "C")), ..column("b") },
                        expression("d ->> 'x'::text")
                    ]
                )
            },
        ]
    );
    Ok(())
}

#[tokio::test]
async fn an_operator_class_has_its_parameters() -> TestResult {
    let found =
        table("create table t (a tsvector); create index i on t using gist (a tsvector_ops (siglen = 100))")
            .await?;
    let key = IndexKey { opclass: Some("tsvector_ops (siglen='100')".to_owned()), ..column("a") };
    assert_eq!(found.indexes, [Index { method: "gist".to_owned(), ..index("i", vec![key]) }]);
    Ok(())
}

#[tokio::test]
async fn an_index_that_is_not_valid_is_told_and_left_out() -> TestResult {
    let (client, _database) = database("create table t (a int); insert into t values (1), (1)").await?;
    let error = client.execute("create unique index concurrently i on t (a)", &[]).await.unwrap_err();
    assert_eq!(error.code().map(|code| code.code()), Some("23505"));
    let found = inspect(&client, &Scope::default()).await?;
    assert_eq!(found.catalog.tables[0].indexes, []);
    assert_eq!(found.invalid_indexes, [InvalidIndex { table: public("t"), name: "i".to_owned() }]);
    Ok(())
}

#[tokio::test]
async fn an_index_of_a_partitioned_table_is_valid_when_all_partitions_have_it() -> TestResult {
    let found = inspected(
        "create table p (a int) partition by range (a);
         create table p1 partition of p for values from (0) to (9);
         create index i on only p (a)",
    )
    .await?;
    assert_eq!(found.invalid_indexes, [InvalidIndex { table: public("p"), name: "i".to_owned() }]);
    Ok(())
}
