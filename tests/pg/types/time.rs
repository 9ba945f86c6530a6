//! Dates and times; the extremes are those that both sides can hold.

use super::round_trip::round_trips;
use crate::TestResult;
use crate::catalog::Catalog;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use mizzle::prelude::*;

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn time(hour: u32, minute: u32, second: u32, micro: u32) -> NaiveTime {
    NaiveTime::from_hms_micro_opt(hour, minute, second, micro).unwrap_or_default()
}

const LAST: (u32, u32, u32, u32) = (23, 59, 59, 999_999);

fn last() -> NaiveTime {
    let (hour, minute, second, micro) = LAST;
    time(hour, minute, second, micro)
}

round_trips! {
    dates: NaiveDate, "date" {
        date(2000, 1, 1) => "'2000-01-01'",
        date(1970, 1, 1) => "'1970-01-01'",
        date(2024, 2, 29) => "'2024-02-29'",
        date(1, 1, 1) => "'0001-01-01'",
        date(0, 12, 31) => "'0001-12-31 BC'",
        date(-4713, 11, 24) => "'4714-11-24 BC'",
        date(262_142, 12, 31) => "'262142-12-31'",
    }
    times: NaiveTime, "time" {
        NaiveTime::MIN => "'00:00'",
        time(12, 34, 56, 789_012) => "'12:34:56.789012'",
        time(0, 0, 0, 1) => "'00:00:00.000001'",
        last() => "'23:59:59.999999'",
    }
    timestamps: NaiveDateTime, "timestamp" {
        date(2000, 1, 1).and_time(NaiveTime::MIN) => "'2000-01-01'",
        date(1999, 12, 31).and_time(last()) => "'1999-12-31 23:59:59.999999'",
        date(1, 1, 1).and_time(NaiveTime::MIN) => "'0001-01-01'",
        date(-4713, 11, 24).and_time(NaiveTime::MIN) => "'4714-11-24 00:00:00 BC'",
        date(262_142, 12, 31).and_time(last()) => "'262142-12-31 23:59:59.999999'",
    }
    timestamps_with_time_zone: DateTime<Utc>, "timestamptz" {
        date(2000, 1, 1).and_time(NaiveTime::MIN).and_utc() => "'2000-01-01 00:00:00+00'",
        date(2024, 6, 30).and_time(time(22, 0, 0, 5)).and_utc() => "'2024-07-01 00:00:00.000005+02'",
        date(-4713, 11, 24).and_time(NaiveTime::MIN).and_utc() => "'4714-11-24 00:00:00+00 BC'",
        date(262_142, 12, 31).and_time(last()).and_utc() => "'262142-12-31 23:59:59.999999+00'",
    }
}

#[derive(PgComposite, Debug, Clone, PartialEq)]
struct Moment {
    day: NaiveDate,
    local: NaiveDateTime,
    at: DateTime<Utc>,
    span: Range<DateTime<Utc>>,
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "moments")]
struct MomentRow {
    moment: Moment,
}

/// The session's settings change how some texts are read.
#[tokio::test]
async fn a_session_may_write_dates_in_another_way() -> TestResult {
    const SCHEMA: Schema = schema![Moment, MomentRow];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    let local = date(2001, 2, 3).and_time(last());
    let at = local.and_utc();
    let moment = Moment { day: date(-43, 3, 15), local, at, span: Range::from(at..) };
    for style in ["ISO, YMD", "SQL, DMY", "Postgres, MDY", "German, DMY"] {
        let set = format!("set datestyle = {style}; set timezone = 'Asia/Kathmandu'; truncate moments");
        let moment = moment.clone();
        let read = db
            .transaction(async |tx| {
                tx.batch_execute(&set).await?;
                insert(MomentRow).set(MomentRow.moment, &moment).execute(tx).await?;
                select(MomentRow).one(tx).await
            })
            .await?;
        assert_eq!(read, MomentRow { moment }, "{style}");
    }
    Ok(())
}
