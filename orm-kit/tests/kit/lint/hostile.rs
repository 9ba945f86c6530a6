//! Scripts that nobody would write, and long ones.

use orm_kit::lint::lint;
use orm_kit::migration::{Migration, Migrations};
use proptest::prelude::*;
use std::fmt::Write;

/// Words and signs that the reader of statements looks for.
const PIECES: &[&str] = &[
    "create",
    "alter",
    "drop",
    "table",
    "index",
    "unique",
    "concurrently",
    "if",
    "not",
    "exists",
    "on",
    "only",
    "using",
    "(",
    ")",
    ",",
    ".",
    ";",
    "a",
    "\"b\"\"c\"",
    "'x'",
    "e'\\''",
    "$$;$$",
    "add",
    "column",
    "constraint",
    "check",
    "null",
    "default",
    "primary",
    "key",
    "references",
    "foreign",
    "valid",
    "validate",
    "set",
    "type",
    "::",
    "rename",
    "to",
    "value",
    "partition",
    "of",
    "for",
    "values",
    "attach",
    "detach",
    "policy",
    "domain",
    "view",
    "materialized",
    "cascade",
    "update",
    "where",
    "is",
    "1",
    "-- mizzle: no transaction\n",
    "-- mizzle: allow blocking\n",
    "exclude",
    "generated",
    "always",
    "as",
    "identity",
    "stored",
    "collate",
    "vacuum",
    "full",
    "reindex",
    "truncate",
    "refresh",
    "enum",
    "extension",
];

fn of(sql: &str) -> Migrations {
    Migrations::new(vec![Migration::new("20260101000000_a", sql, Some(sql), &[])]).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_script_is_read_or_refused(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30)) {
        for finding in lint(&of(&pieces.join(" ")), &[]).unwrap_or_default() {
            prop_assert!(!finding.to_string().is_empty());
        }
    }

    #[test]
    fn any_alter_table_is_read_or_refused(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
        let _ = lint(&of(&format!("alter table a {}", pieces.join(" "))), &[]);
        let _ = lint(&of(&format!("create table a (b {})", pieces.join(" "))), &[]);
    }
}

/// A thousand tables take no longer than a thousand times one.
#[test]
fn a_long_script_takes_no_longer_than_its_length() {
    let mut sql = String::new();
    for table in 0..1000 {
        let before = if table == 0 { 0 } else { table - 1 };
        write!(
            sql,
            "create table app.t{table} (id bigint primary key, name text not null, other bigint);
             create index i{table} on app.t{table} (other);
             alter table app.t{table} add constraint c{table} check (name <> '');
             alter table app.t{table} add constraint f{table} foreign key (other) references app.t{before} (id);
             comment on table app.t{table} is 'one';"
        )
        .unwrap();
    }
    let begun = std::time::Instant::now();
    assert_eq!(lint(&of(&sql), &[]).unwrap().iter().filter(|it| it.is_danger()).count(), 0);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}
