//! Ranges and multiranges. Those of whole numbers and days are written here as the server writes them.

use super::round_trip::round_trips;
use crate::TestResult;
use crate::catalog::{Catalog, server_version};
use mizzle::prelude::*;
use std::ops::Bound::{Excluded, Included, Unbounded};

round_trips! {
    int4range: Range<i32>, "int4range" {
        Range::from(1..5) => "'[1,5)'",
        Range::from(i32::MIN..i32::MAX) => "'[-2147483648,2147483647)'",
        Range::from(-1..) => "'[-1,)'",
        Range::from(..0) => "'(,0)'",
        Range::from(..) => "'(,)'",
        Range::empty() => "'empty'",
        Range::from(7..7) => "'[7,7)'",
    }
    int8range: Range<i64>, "int8range" {
        Range::from(i64::MIN..i64::MAX) => "'[-9223372036854775808,9223372036854775807)'",
        Range::from(0..1) => "'[0,0]'",
    }
    int4multirange: Multirange<i32>, "int4multirange", since(14) {
        Multirange::empty() => "'{}'",
        Multirange::from(vec![Range::from(1..5)]) => "'{[1,5)}'",
        Multirange::from(vec![Range::from(..-5), Range::from(1..5), Range::from(7..)]) => "'{(,-5),[1,5),[7,)}'",
        Multirange::from(vec![Range::from(..)]) => "'{(,)}'",
    }
    int8multirange: Multirange<i64>, "int8multirange", since(14) {
        Multirange::from(vec![Range::from(i64::MIN..0), Range::from(1..i64::MAX)])
            => "'{[-9223372036854775808,0),[1,9223372036854775807)}'",
    }
}

#[cfg(feature = "rust_decimal")]
mod decimals {
    use super::*;
    use rust_decimal::Decimal;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap_or_default()
    }

    round_trips! {
        numrange: Range<Decimal>, "numrange" {
            Range::new(Excluded(decimal("-1.50")), Included(decimal("2"))) => "'(-1.50,2]'",
            Range::from(decimal("0.0001")..=decimal("0.0001")) => "'[0.0001,0.0001]'",
            Range::from(Decimal::MIN..Decimal::MAX)
                => "'[-79228162514264337593543950335,79228162514264337593543950335)'",
            Range::new(Unbounded, Included(Decimal::ONE)) => "'(,1]'",
        }
        nummultirange: Multirange<Decimal>, "nummultirange", since(14) {
            Multirange::from(vec![
                Range::new(Excluded(decimal("1")), Excluded(decimal("2"))),
                Range::new(Excluded(decimal("2")), Unbounded),
            ]) => "'{(1,2),(2,)}'",
        }
    }
}

#[cfg(feature = "chrono")]
mod times {
    use super::*;
    use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    fn noon(year: i32, month: u32, day: u32) -> NaiveDateTime {
        date(year, month, day).and_time(NaiveTime::from_hms_micro_opt(12, 0, 0, 1).unwrap_or_default())
    }

    round_trips! {
        daterange: Range<NaiveDate>, "daterange" {
            Range::from(date(2024, 2, 29)..date(2024, 3, 1)) => "'[2024-02-29,2024-02-29]'",
            Range::from(date(-4713, 11, 24)..date(262_142, 12, 31)) => "'[4714-11-24 BC,262142-12-31)'",
            Range::from(date(2000, 1, 1)..) => "'[2000-01-01,)'",
        }
        tsrange: Range<NaiveDateTime>, "tsrange" {
            Range::new(Excluded(noon(1999, 12, 31)), Included(noon(2000, 1, 1)))
                => "'(1999-12-31 12:00:00.000001,2000-01-01 12:00:00.000001]'",
            Range::empty() => "'empty'",
        }
        tstzrange: Range<DateTime<Utc>>, "tstzrange" {
            Range::from(noon(2024, 6, 30).and_utc()..noon(2024, 7, 1).and_utc())
                => "'[2024-06-30 14:00:00.000001+02,2024-07-01 12:00:00.000001+00)'",
            Range::from(..=noon(1, 1, 1).and_utc()) => "'(,0001-01-01 12:00:00.000001+00]'",
        }
        datemultirange: Multirange<NaiveDate>, "datemultirange", since(14) {
            Multirange::from(vec![Range::from(date(2024, 1, 1)..date(2024, 2, 1)), Range::from(date(2024, 3, 1)..)])
                => "'{[2024-01-01,2024-02-01),[2024-03-01,)}'",
        }
        tsmultirange: Multirange<NaiveDateTime>, "tsmultirange", since(14) {
            Multirange::from(vec![Range::from(noon(2024, 1, 1)..=noon(2024, 1, 1))])
                => "'{[2024-01-01 12:00:00.000001,2024-01-01 12:00:00.000001]}'",
        }
        tstzmultirange: Multirange<DateTime<Utc>>, "tstzmultirange", since(14) {
            Multirange::from(vec![Range::from(..noon(2024, 1, 1).and_utc()), Range::from(noon(2024, 1, 2).and_utc()..)])
                => "'{(,2024-01-01 12:00:00.000001+00),[2024-01-02 12:00:00.000001+00,)}'",
        }
    }

    #[tokio::test]
    async fn the_text_of_a_range_of_times_is_read_by_the_server() -> TestResult {
        let catalog = Catalog::create(&schema![]).await?;
        let text = Range::from(noon(2024, 1, 1)..noon(2024, 1, 2)).to_string();
        assert_eq!(text, "[\"2024-01-01 12:00:00.000001\",\"2024-01-02 12:00:00.000001\")");
        assert_eq!(catalog.lines("select $1::text::tsrange::text", &text).await?, [text]);
        Ok(())
    }
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "spans")]
struct Span {
    #[orm(primary_key)]
    id: i32,
    span: Range<i32>,
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "sets")]
struct Set {
    spans: Multirange<i32>,
}

const SCHEMA: Schema = schema![Span];

#[tokio::test]
async fn the_server_writes_each_range_of_whole_numbers_in_one_way() -> TestResult {
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    insert(Span).set(Span.id, 1).set(Span.span, Range::new(Excluded(0), Included(5))).execute(&db).await?;
    let expected = Span { id: 1, span: Range::from(1..6) };
    assert_eq!(select(Span).filter(Span.span.eq(Range::from(1..=5))).one(&db).await?, expected);
    Ok(())
}

#[tokio::test]
async fn the_server_sorts_and_joins_the_ranges_of_a_multirange() -> TestResult {
    if server_version().await? < 14 {
        return Ok(());
    }
    const SCHEMA: Schema = schema![Set];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    let spans =
        Multirange::from(vec![Range::from(9..=10), Range::empty(), Range::from(1..5), Range::from(5..=6)]);
    insert(Set).set(Set.spans, spans).execute(&db).await?;
    let sorted = [1..7, 9..11].into_iter().map(Range::from).collect();
    assert_eq!(select(Set).one(&db).await?, Set { spans: sorted });
    Ok(())
}

#[tokio::test]
async fn a_range_that_ends_before_it_begins_is_refused() -> TestResult {
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    let backwards = Range::new(Included(5), Excluded(1));
    let error = insert(Span).set(Span.id, 1).set(Span.span, backwards).execute(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22000"));
    Ok(())
}

#[test]
fn ranges_display_as_in_postgres() {
    assert_eq!(Range::from(1..=5).to_string(), "[1,5]");
    assert_eq!(Range::new(Excluded(1), Unbounded).to_string(), "(1,)");
    assert_eq!(Range::<i32>::from(..).to_string(), "(,)");
    assert_eq!(Range::from("a\"b\\".."c,").to_string(), "[\"a\"\"b\\\\\",\"c,\")");
    assert_eq!(Multirange::from(vec![Range::from(1..2), Range::empty()]).to_string(), "{[1,2),empty}");
}

#[test]
fn what_a_range_contains() {
    let open = Range::new(Excluded(1), Excluded(5));
    assert_eq!((0..7).filter(|value| open.contains(value)).collect::<Vec<_>>(), [2, 3, 4]);
    let closed = Range::from(1..=5);
    assert_eq!((0..7).filter(|value| closed.contains(value)).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!((closed.lower(), closed.upper()), (Some(Included(&1)), Some(Included(&5))));
    assert_eq!((Range::<i32>::empty().lower(), Range::from(..1).lower()), (None, Some(Unbounded)));
    let both = Multirange::from(vec![Range::from(1..3), Range::from(5..)]);
    assert_eq!((0..7).filter(|value| both.contains(value)).collect::<Vec<_>>(), [1, 2, 5, 6]);
}
