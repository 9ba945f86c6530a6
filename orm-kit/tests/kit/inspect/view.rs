//! Views.

use super::{catalog, public};
use crate::TestResult;
use orm_kit::catalog::{Index, View};
use std::collections::BTreeMap;

#[tokio::test]
async fn a_view_is_its_select() -> TestResult {
    let found = catalog(
        "create table t (a int, b text);
         create view v (x) with (security_barrier) as select a from t where b = ';' with local check option;
         create materialized view m with (fillfactor = 70) as select b, count(*) as n from t group by b;
         create unique index i on m (b);
         comment on view v is 'a view'; comment on materialized view m is 'rows'",
    )
    .await?;
    let [mut m, mut v] = <[View; 2]>::try_from(found.views).unwrap();
    // Before PostgreSQL 16 columns are qualified in a select from one table too.
    for view in [&mut m, &mut v] {
        view.query = view.query.replace("t.a", "a").replace("t.b", "b");
    }
    assert_eq!(
        v,
        View {
            name: public("v"),
            materialized: false,
            query: "SELECT a AS x\n   FROM public.t\n  WHERE (b = ';'::text)".to_owned(),
            columns: Vec::new(),
            with: BTreeMap::from(
                [("check_option", "local"), ("security_barrier", "true")]
                    .map(|(key, value)| (key.to_owned(), value.to_owned()))
            ),
            indexes: Vec::new(),
            comment: Some("a view".to_owned()),
        }
    );
    let View { query, materialized, with, indexes, comment, .. } = m;
    assert!(materialized);
    assert!(query.ends_with("GROUP BY b"), "{query}");
    assert_eq!(with.get("fillfactor").map(String::as_str), Some("70"));
    assert_eq!(comment.as_deref(), Some("rows"));
    let [Index { name, unique: true, .. }] = indexes.as_slice() else { panic!("{indexes:?}") };
    assert_eq!(name, "i");
    Ok(())
}
