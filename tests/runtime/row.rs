//! Rows with more fields than are fetched at once.

use mizzle::prelude::*;
use orm_testing::TestDb;

/// The columns that say whether the row is there come last.
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "wide")]
struct Wide {
    a: Option<i32>,
    b: Option<String>,
    c: Option<i32>,
    d: Option<String>,
    e: Option<i32>,
    #[orm(primary_key)]
    id: i64,
    next: Option<i64>,
}

alias!(Next = Wide);
alias!(Last = Wide);

fn wide(id: i64, next: Option<i64>) -> Wide {
    Wide { a: None, b: None, c: None, d: None, e: None, id, next }
}

#[tokio::test]
async fn an_absent_row_is_told_from_one_that_begins_with_nulls() -> Result<(), Box<dyn std::error::Error>> {
    let database = TestDb::with_schema(&schema![Wide].create_sql()).await?;
    let db = Db::connect(database.url()).await?;
    let full = Wide {
        a: Some(1),
        b: Some("b".into()),
        c: Some(3),
        d: Some("d".into()),
        e: Some(5),
        id: 1,
        next: Some(2),
    };
    db.batch_execute(
        "insert into wide values (1, 'b', 3, 'd', 5, 1, 2), (null, null, null, null, null, 2, 3)",
    )
    .await?;
    db.batch_execute("insert into wide (id) values (3)").await?;

    let rows: Vec<(Wide, Option<Wide>, Option<Wide>)> = select((Wide, Next, Last))
        .from(Wide)
        .left_join(Next, Wide.next.eq(Next.id))
        .left_join(Last, Next.next.eq(Last.id))
        .order_by(Wide.id)
        .all(&db)
        .await?;
    let (second, third) = (wide(2, Some(3)), wide(3, None));
    let expected = vec![
        (full, Some(second.clone()), Some(third.clone())),
        (second, Some(third.clone()), None),
        (third, None, None),
    ];
    assert_eq!(rows, expected);
    Ok(())
}
