//! `interval`.

use super::round_trip::round_trips;
use crate::TestResult;
use crate::catalog::{Catalog, server_version};
use mizzle::prelude::*;
use proptest::prelude::{any, proptest};
use std::time::Duration;

fn interval(months: i32, days: i32, microseconds: i64) -> Interval {
    Interval { months, days, microseconds }
}

round_trips! {
    intervals: Interval, "interval" {
        Interval::ZERO => "'0'",
        Interval::months(1) => "'1 month'",
        Interval::years(-2) => "'-2 years'",
        Interval::days(1) => "'1 day'",
        Interval::weeks(3) => "'3 weeks'",
        Interval::hours(24) => "'24 hours'",
        Interval::minutes(90) => "'1:30'",
        Interval::seconds(-1) => "'-1 second'",
        Interval::milliseconds(1_001) => "'1.001 seconds'",
        Interval::microseconds(-1) => "'-0.000001 seconds'",
        interval(14, -3, 14_706_000_007) => "'1 year 2 months -3 days 04:05:06.000007'",
        interval(-1, 2, -59_999_999) => "'-1 month 2 days -00:00:59.999999'",
        interval(i32::MAX, 1, 1) => "'2147483647 months 1 day 0.000001 seconds'",
        interval(i32::MIN, i32::MIN, 0) => "'-2147483648 months -2147483648 days'",
        interval(0, i32::MAX, 0) => "'2147483647 days'",
        Interval::hours(i32::MAX) => "'2147483647 hours'",
        Interval::hours(i32::MIN) => "'-2147483648 hours'",
    }
    intervals_that_older_servers_write_but_do_not_read: Interval, "interval", since(15) {
        interval(0, 0, i64::MAX) => "'PT2562047788H54.775807S'",
        interval(0, 0, i64::MIN) => "'PT-2562047788H-54.775808S'",
        interval(i32::MAX, i32::MAX, i64::MIN) => "'P2147483647M2147483647DT-2562047788H-54.775808S'",
    }
}

#[derive(PgComposite, Debug, Clone, PartialEq)]
struct Wait {
    time: Interval,
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "waits")]
struct WaitRow {
    #[orm(primary_key)]
    id: i32,
    time: Interval,
    inside: Option<Wait>,
}

/// The session's way to write intervals changes how some of them are read.
#[tokio::test]
async fn a_session_may_write_intervals_in_another_way() -> TestResult {
    const SCHEMA: Schema = schema![Wait, WaitRow];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    let time = interval(-14, 3, -14_706_000_007);
    let mut client = 0;
    for style in ["sql_standard", "postgres", "postgres_verbose", "iso_8601"] {
        client += 1;
        let set = format!("set intervalstyle = {style}");
        db.transaction(async |tx| {
            tx.batch_execute(&set).await?;
            insert(WaitRow)
                .set(WaitRow.id, client)
                .set(WaitRow.time, time)
                .set(WaitRow.inside, Wait { time })
                .execute(tx)
                .await
        })
        .await?;
        let row = select(WaitRow).find(client).one(&db).await?;
        assert_eq!(row, WaitRow { id: client, time, inside: Some(Wait { time }) }, "{style}");
    }
    Ok(())
}

/// The longest interval is what PostgreSQL 17 calls infinite.
#[tokio::test]
async fn infinity_is_the_longest_interval() -> TestResult {
    const SCHEMA: Schema = schema![Wait, WaitRow];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    for (id, time) in [(1, Interval::INFINITY), (2, Interval::NEG_INFINITY)] {
        insert(WaitRow).set(WaitRow.id, id).set(WaitRow.time, time).execute(&db).await?;
        assert_eq!(select(WaitRow).find(id).one(&db).await?.time, time);
        assert!(!time.is_finite());
    }
    if server_version().await? >= 17 {
        let texts = catalog.lines("select time::text from waits where $1 = '' order by id", "").await?;
        assert_eq!(texts, [Interval::INFINITY.to_string(), Interval::NEG_INFINITY.to_string()]);
    }
    Ok(())
}

#[test]
fn an_interval_displays_as_iso_8601() {
    let table = [
        (Interval::ZERO, "PT0S"),
        (interval(14, 3, 0), "P14M3D"),
        (interval(-1, 2, -59_999_999), "P-1M2DT-59.999999S"),
        (interval(0, 0, -500_000), "PT-0.5S"),
        (interval(0, 0, 3_600_000_000), "PT1H"),
        (interval(0, 0, i64::MIN), "PT-2562047788H-54.775808S"),
        (interval(0, 0, i64::MAX), "PT2562047788H54.775807S"),
    ];
    for (interval, text) in table {
        assert_eq!(interval.to_string(), text);
    }
}

#[test]
fn durations_that_fit_are_intervals() {
    assert_eq!(Interval::try_from(Duration::new(1, 999)), Ok(Interval::seconds(1)));
    let error = Interval::try_from(Duration::from_secs(u64::MAX)).unwrap_err();
    assert_eq!(error.to_string(), "the duration has more microseconds than an interval can hold");
    #[cfg(feature = "chrono")]
    assert_eq!(Interval::try_from(chrono::TimeDelta::nanoseconds(-1_999)), Ok(Interval::microseconds(-1)));
}

proptest! {
    #[test]
    fn sums_are_taken_back_or_overflow(a in any::<(i32, i32, i64)>(), b in any::<(i32, i32, i64)>()) {
        let [a, b] = [a, b].map(|(months, days, microseconds)| interval(months, days, microseconds));
        if let (Some(sum), Some(_)) = (a.checked_add(b), b.checked_neg()) {
            assert_eq!(sum.checked_sub(b), Some(a));
        }
    }
}
