//! Values that one side has and the other has not: an error that says where, never another value.

use crate::TestResult;
use crate::catalog::Catalog;
use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[orm(table = "texts")]
struct Text {
    #[orm(primary_key)]
    id: i32,
    text: String,
    #[orm(varchar(3))]
    short: Option<String>,
    #[orm(type = "varchar(3)")]
    named: Option<String>,
    #[orm(char(3))]
    code: Option<String>,
}

const TEXTS: Schema = schema![Text];

#[derive(Insert)]
#[orm(table = Text)]
struct NewText<'a> {
    id: i32,
    text: &'a str,
    named: Option<&'a str>,
    code: Option<&'a str>,
}

#[tokio::test]
async fn a_nul_is_refused_by_the_server() -> TestResult {
    let catalog = Catalog::create(&TEXTS).await?;
    let db = catalog.db().await?;
    let error = insert(Text).set(Text.id, 1).set(Text.text, "a\0b").execute(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22021"));
    assert!(!format!("{error} {error:?}").contains("a\0b"));
    assert_eq!(select(Text).count(&db).await?, 0);
    Ok(())
}

/// A cast would cut them in silence.
#[tokio::test]
async fn text_too_long_is_refused_however_its_type_is_given() -> TestResult {
    let catalog = Catalog::create(&TEXTS).await?;
    let db = catalog.db().await?;
    let new = || insert(Text).set(Text.id, 1).set(Text.text, "");
    assert_eq!(new().set(Text.short, "long").execute(&db).await.unwrap_err().sqlstate(), Some("22001"));
    assert_eq!(new().set(Text.code, "long").execute(&db).await.unwrap_err().sqlstate(), Some("22001"));
    let rows = [NewText { id: 1, text: "", named: None, code: Some("long") }];
    assert_eq!(insert(Text).rows(&rows).execute(&db).await.unwrap_err().sqlstate(), Some("22001"));
    assert_eq!(new().set(Text.named, "long").execute(&db).await.unwrap_err().sqlstate(), Some("22001"));
    let rows = [NewText { id: 1, text: "", named: Some("long"), code: None }];
    assert_eq!(insert(Text).rows(&rows).execute(&db).await.unwrap_err().sqlstate(), Some("22001"));
    Ok(())
}

#[tokio::test]
async fn long_text_beside_a_short_column_is_compared_whole() -> TestResult {
    let catalog = Catalog::create(&TEXTS).await?;
    let db = catalog.db().await?;
    insert(Text)
        .set(Text.id, 1)
        .set(Text.text, "")
        .set(Text.short, "abc")
        .set(Text.named, "abc")
        .set(Text.code, "a")
        .execute(&db)
        .await?;
    assert_eq!(select(Text).filter(Text.short.eq("abcd")).count(&db).await?, 0);
    assert_eq!(select(Text).filter(Text.named.eq("abcd")).count(&db).await?, 0);
    assert_eq!(select(Text).filter(Text.code.eq("abcd")).count(&db).await?, 0);
    assert_eq!(select(Text).filter(Text.code.eq("a")).count(&db).await?, 1, "blanks do not count in char(n)");
    Ok(())
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Good,
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "moods")]
struct MoodRow {
    #[orm(primary_key)]
    id: i32,
    mood: Mood,
}

#[tokio::test]
async fn a_label_that_rust_does_not_know_names_its_column() -> TestResult {
    const SCHEMA: Schema = schema![Mood, MoodRow];
    let catalog = Catalog::create(&SCHEMA).await?;
    catalog.client().batch_execute("alter type mood add value 'bad'").await?;
    catalog.client().batch_execute("insert into moods values (1, 'bad')").await?;
    let error = select(MoodRow).one(&catalog.db().await?).await.unwrap_err();
    assert_eq!(error.column(), Some("mood"));
    Ok(())
}

#[cfg(feature = "rust_decimal")]
#[tokio::test]
async fn numerics_beyond_a_decimal_are_errors() -> TestResult {
    use rust_decimal::Decimal;

    #[derive(Table, Debug, PartialEq)]
    #[orm(table = "numerics")]
    struct Numeric {
        #[orm(primary_key)]
        id: i32,
        value: Decimal,
    }
    const SCHEMA: Schema = schema![Numeric];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    for literal in ["NaN", "Infinity", "79228162514264337593543950336", "-1e40", "1e1000"] {
        catalog
            .client()
            .batch_execute(&format!("delete from numerics; insert into numerics values (1, '{literal}')"))
            .await?;
        let found = select(Numeric).one(&db).await;
        assert_eq!(
            found.as_ref().err().and_then(mizzle::Error::column),
            Some("value"),
            "{literal}: {found:?}"
        );
    }
    Ok(())
}

#[cfg(feature = "chrono")]
#[tokio::test]
async fn times_that_one_side_has_not_are_errors() -> TestResult {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

    #[derive(Table, Debug, PartialEq)]
    #[orm(table = "times")]
    struct Time {
        #[orm(primary_key)]
        id: i32,
        day: Option<NaiveDate>,
        local: Option<NaiveDateTime>,
        at: Option<DateTime<Utc>>,
    }
    const SCHEMA: Schema = schema![Time];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    let literals = [
        ("day", "infinity"),
        ("day", "-infinity"),
        ("day", "5874897-12-31"),
        ("local", "infinity"),
        ("local", "294276-12-31"),
        ("at", "-infinity"),
        ("at", "294276-12-31"),
    ];
    for (column, literal) in literals {
        let sql = format!("delete from times; insert into times (id, {column}) values (1, '{literal}')");
        catalog.client().batch_execute(&sql).await?;
        let found = select(Time).one(&db).await;
        assert_eq!(
            found.as_ref().err().and_then(mizzle::Error::column),
            Some(column),
            "{literal}: {found:?}"
        );
    }
    delete(Time).all_rows().execute(&db).await?;
    insert(Time).set(Time.id, 1).set(Time.day, NaiveDate::MIN).execute(&db).await.unwrap_err();
    insert(Time).set(Time.id, 1).set(Time.local, NaiveDateTime::MIN).execute(&db).await.unwrap_err();
    insert(Time).set(Time.id, 1).set(Time.at, DateTime::<Utc>::MIN_UTC).execute(&db).await.unwrap_err();
    assert_eq!(select(Time).count(&db).await?, 0);
    Ok(())
}
