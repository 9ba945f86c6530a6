//! Keys, foreign keys, checks and exclusions.

use super::{catalog, database, public, table, version};
use crate::TestResult;
use orm_kit::catalog::{
    Action, Check, Exclusion, ExclusionElement, ForeignKey, Match, Nulls, PrimaryKey, Timing, Unique,
};
use orm_kit::inspect::{Scope, inspect};

fn strings<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

#[tokio::test]
async fn keys_have_their_columns_in_order_and_their_timing() -> TestResult {
    let found = table(
        "create table t (a int, b int, c int, d int, e int,
             constraint t_key primary key (b, a) include (d, c) deferrable,
             unique (a), constraint \"U\" unique (e, d) deferrable initially deferred);
         comment on constraint t_key on t is 'the key'",
    )
    .await?;
    assert_eq!(
        found.primary_key,
        Some(PrimaryKey {
            name: "t_key".to_owned(),
            columns: strings(["b", "a"]),
            include: strings(["d", "c"]),
            timing: Timing::Immediate,
            comment: Some("the key".to_owned()),
        })
    );
    let unique = |name: &str, columns, timing| Unique {
        name: name.to_owned(),
        columns,
        include: Vec::new(),
        nulls_not_distinct: false,
        timing,
        comment: None,
    };
    assert_eq!(
        found.uniques,
        [
            unique("U", strings(["e", "d"]), Timing::Deferred),
            unique("t_a_key", strings(["a"]), Timing::NotDeferrable),
        ]
    );
    assert_eq!(found.indexes, []);
    Ok(())
}

#[tokio::test]
async fn a_null_equals_a_null_from_postgresql_15_on() -> TestResult {
    let (client, _database) = database("create table t (a int, b int)").await?;
    if version(&client).await? < 15 {
        return Ok(());
    }
    client
        .batch_execute(
            "alter table t add unique nulls not distinct (a); create unique index i on t (b) nulls not distinct",
        )
        .await?;
    let found = inspect(&client, &Scope::default()).await?.catalog.tables.remove(0);
    assert!(found.uniques[0].nulls_not_distinct);
    assert!(found.indexes[0].nulls_not_distinct);
    Ok(())
}

#[tokio::test]
async fn a_foreign_key_says_what_it_does() -> TestResult {
    let found = catalog(
        "create schema app;
         create table app.a (x int, y int, unique (y, x), z int unique);
         create table t (x int, y int,
             foreign key (x, y) references app.a (x, y) match full on update cascade on delete set null
                 deferrable initially deferred,
             constraint self foreign key (x) references app.a (z) on update restrict on delete set default);
         alter table t add constraint late foreign key (y) references app.a (z) not valid;
         comment on constraint late on t is 'later'",
    )
    .await?;
    let app_a = orm_kit::catalog::Name::new("app", "a");
    let plain = ForeignKey {
        name: "late".to_owned(),
        columns: strings(["y"]),
        table: app_a,
        targets: strings(["z"]),
        on_delete: Action::NoAction,
        on_update: Action::NoAction,
        matching: Match::Simple,
        timing: Timing::NotDeferrable,
        validated: false,
        comment: Some("later".to_owned()),
    };
    assert_eq!(
        found.table(&public("t")).unwrap().foreign_keys,
        [
            plain.clone(),
            ForeignKey {
                name: "self".to_owned(),
                columns: strings(["x"]),
                on_delete: Action::SetDefault,
                on_update: Action::Restrict,
                validated: true,
                comment: None,
                ..plain.clone()
            },
            ForeignKey {
                name: "t_x_y_fkey".to_owned(),
                columns: strings(["x", "y"]),
                targets: strings(["x", "y"]),
                on_delete: Action::SetNull,
                on_update: Action::Cascade,
                matching: Match::Full,
                timing: Timing::Deferred,
                validated: true,
                comment: None,
                ..plain
            },
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_foreign_key_to_a_partitioned_table_is_one() -> TestResult {
    let found = catalog(
        "create table p (id int primary key) partition by range (id);
         create table p1 partition of p for values from (0) to (10);
         create table t (id int references p) partition by range (id);
         create table t1 partition of t for values from (0) to (10)",
    )
    .await?;
    let counts = found.tables.iter().map(|table| (table.name.name.as_str(), table.foreign_keys.len()));
    assert_eq!(counts.collect::<Vec<_>>(), [("p", 0), ("p1", 0), ("t", 1), ("t1", 0)]);
    Ok(())
}

#[tokio::test]
async fn a_check_is_its_condition() -> TestResult {
    let found = table(
        "create function fine(int) returns bool language sql immutable as 'select true';
         create table t (a int, b numeric, constraint one check (a > 0 and b between 1 and 2) no inherit,
             check (fine(a)));
         alter table t add constraint two check (b is not null) not valid",
    )
    .await?;
    let check = |name: &str, expression: &str| Check {
        name: name.to_owned(),
        expression: expression.to_owned(),
        no_inherit: false,
        validated: true,
        comment: None,
    };
    assert_eq!(
        found.checks,
        [
            Check {
                no_inherit: true,
                ..check("one", "(a > 0) AND ((b >= (1)::numeric) AND (b <= (2)::numeric))")
            },
            check("t_a_check", "public.fine(a)"),
            Check { validated: false, ..check("two", "b IS NOT NULL") },
        ]
    );
    Ok(())
}

#[tokio::test]
async fn an_exclusion_has_its_elements_with_their_operators() -> TestResult {
    let found = table(
        "create table t (a inet, b text, during tsrange,
             constraint apart exclude using gist (a inet_ops with &&, during with &&) where (b <> 'x')
                 deferrable initially deferred,
             constraint other exclude using btree ((lower(b)) with =, b collate \"C\" text_pattern_ops nulls first with =));
         comment on constraint apart on t is 'apart'",
    )
    .await?;
    let element = |key: &str, operator: &str| ExclusionElement {
        key: key.to_owned(),
        opclass: None,
        nulls: None,
        operator: operator.to_owned(),
    };
    assert_eq!(
        found.exclusions,
        [
            Exclusion {
                name: "apart".to_owned(),
                method: "gist".to_owned(),
                elements: vec![
                    ExclusionElement { opclass: Some("inet_ops".to_owned()), ..element("a", "&&") },
                    element("during", "&&"),
                ],
                predicate: Some("b <> 'x'::text".to_owned()),
                timing: Timing::Deferred,
                comment: Some("apart".to_owned()),
            },
            Exclusion {
                name: "other".to_owned(),
                method: "btree".to_owned(),
                elements: vec![
                    element("lower(b)", "="),
                    ExclusionElement {
                        opclass: Some("text_pattern_ops".to_owned()),
                        nulls: Some(Nulls::First),
                        ..element("b collate \"C\"", "=")
                    },
                ],
                predicate: None,
                timing: Timing::NotDeferrable,
                comment: None,
            },
        ]
    );
    Ok(())
}
