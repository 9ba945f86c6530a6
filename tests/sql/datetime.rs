//! Dates and times: their functions, and `+` and `-` of them.

use crate::TestResult;
use crate::expressions::values;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use mizzle::prelude::*;
use orm_testing::TestDb;

#[derive(Table, Debug)]
#[orm(table = "shifts")]
#[expect(dead_code, reason = "only its columns are named")]
struct Shift {
    #[orm(primary_key)]
    id: i32,
    day: NaiveDate,
    clock: NaiveTime,
    #[orm(type = "timestamp(3)")]
    local: NaiveDateTime,
    at: DateTime<Utc>,
    done: Option<DateTime<Utc>>,
    lasts: Interval,
}

const ROWS: &str = "; insert into shifts values
    (1, '2024-02-28', '09:30', '2024-02-29 23:30', '2024-02-29 23:30Z', null, '1 day 02:00'),
    (2, '2024-12-31', '23:00', '2024-12-31 10:00:01.5', '2024-12-31 10:00Z', '2025-03-01 12:00Z', '90 min')";

async fn database() -> Result<(Db, TestDb), Box<dyn std::error::Error>> {
    let database = TestDb::with_schema(&format!("{}{ROWS}", schema![Shift].create_sql())).await?;
    Ok((Db::connect(database.url()).await?, database))
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

fn local(text: &str) -> NaiveDateTime {
    text.parse().unwrap_or_default()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_default()
}

#[tokio::test]
async fn arithmetic() -> TestResult {
    let (db, _database) = database().await?;
    values! { db, Shift from "shifts";
        Shift.at + Interval::hours(24) => r#""shifts"."at" + $1"# ["000000141dd760000000000000000000::interval"] [at("2024-03-01T23:30:00Z"), at("2025-01-01T10:00:00Z")];
        Shift.at - TimeDelta::hours(24) => r#""shifts"."at" - $1"# ["000000141dd760000000000000000000::interval"] [at("2024-02-28T23:30:00Z"), at("2024-12-30T10:00:00Z")];
        Shift.lasts.gt(TimeDelta::hours(24)) => r#""shifts"."lasts" > $1"# ["000000141dd760000000000000000000::interval"] [true, false];
        Interval::hours(24) * Shift.id => r#"$1 * "shifts"."id""# ["000000141dd760000000000000000000::interval"] [Interval::hours(24), Interval::hours(48)];
        Shift.id * Interval::hours(24) => r#""shifts"."id" * $1"# ["000000141dd760000000000000000000::interval"] [Interval::hours(24), Interval::hours(48)];
        Shift.lasts * Shift.id => r#""shifts"."lasts" * "shifts"."id""# [] [Interval { days: 1, ..Interval::hours(2) }, Interval::hours(3)];
        Shift.lasts / 2 => r#""shifts"."lasts" / $1"# ["2::int4"] [Interval::hours(13), Interval::minutes(45)];
        Shift.at - Shift.lasts => r#""shifts"."at" - "shifts"."lasts""# [] [at("2024-02-28T21:30:00Z"), at("2024-12-31T08:30:00Z")];
        Shift.done - Shift.at => r#""shifts"."done" - "shifts"."at""# [] [None, Some(Interval { days: 60, ..Interval::hours(2) })];
        Shift.local + Shift.lasts => r#""shifts"."local" + "shifts"."lasts""# [] [local("2024-03-02T01:30:00"), local("2024-12-31T11:30:01.5")];
        Shift.local - Interval::months(1) => r#""shifts"."local" - $1"# ["00000000000000000000000000000001::interval"] [local("2024-01-29T23:30:00"), local("2024-11-30T10:00:01.5")];
        Shift.local - (Shift.local - Shift.lasts) => r#""shifts"."local" - ("shifts"."local" - "shifts"."lasts")"# []
            [Interval { days: 1, ..Interval::hours(2) }, Interval::minutes(90)];
        Shift.day + 2 => r#""shifts"."day" + $1"# ["2::int4"] [date("2024-03-01"), date("2025-01-02")];
        Shift.day - Shift.id => r#""shifts"."day" - "shifts"."id""# [] [date("2024-02-27"), date("2024-12-29")];
        Shift.day - (Shift.day - 3) => r#""shifts"."day" - ("shifts"."day" - $1)"# ["3::int4"] [3, 3];
        Shift.day + Shift.lasts => r#""shifts"."day" + "shifts"."lasts""# [] [local("2024-02-29T02:00:00"), local("2024-12-31T01:30:00")];
        Shift.day + Shift.clock => r#""shifts"."day" + "shifts"."clock""# [] [local("2024-02-28T09:30:00"), local("2024-12-31T23:00:00")];
        Shift.clock - Shift.clock => r#""shifts"."clock" - "shifts"."clock""# [] [Interval::ZERO, Interval::ZERO];
        (Shift.clock + Shift.lasts).eq(NaiveTime::MIN).not() => r#"not "shifts"."clock" + "shifts"."lasts" = $1"# ["0000000000000000::time"] [true, true];
        Shift.lasts * 2.0 + Shift.lasts => r#""shifts"."lasts" * $1 + "shifts"."lasts""# ["2::float8"] [Interval { days: 3, ..Interval::hours(6) }, Interval::minutes(270)];
        Shift.lasts / 2.0 - Shift.lasts => r#""shifts"."lasts" / $1 - "shifts"."lasts""# ["2::float8"] [Interval { days: -1, ..Interval::hours(11) }, Interval::minutes(-45)];
    }
    Ok(())
}

#[tokio::test]
async fn functions() -> TestResult {
    let (db, _database) = database().await?;
    values! { db, Shift from "shifts";
        date_trunc(unit::Day, Shift.local) => r#"date_trunc('day', "shifts"."local")"# [] [local("2024-02-29T00:00:00"), local("2024-12-31T00:00:00")];
        date_trunc(unit::Hour, Shift.done) => r#"date_trunc('hour', "shifts"."done")"# [] [None, Some(at("2025-03-01T12:00:00Z"))];
        date_trunc(unit::Day, Shift.lasts) => r#"date_trunc('day', "shifts"."lasts")"# [] [Interval::days(1), Interval::ZERO];
        extract(unit::Epoch, Shift.lasts) => r#"cast(extract(epoch from "shifts"."lasts") as double precision)"# [] [93_600.0, 5_400.0];
        extract(unit::Second, Shift.local) => r#"cast(extract(second from "shifts"."local") as double precision)"# [] [0.0, 1.5];
        extract(unit::Isodow, Shift.day) + 1.0 => r#"cast(extract(isodow from "shifts"."day") as double precision) + $1"# ["1::float8"] [4.0, 3.0];
        extract(unit::Year, Shift.done) => r#"cast(extract(year from "shifts"."done") as double precision)"# [] [None, Some(2025.0)];
        extract(unit::Hour, Shift.clock) => r#"cast(extract(hour from "shifts"."clock") as double precision)"# [] [9.0, 23.0];
        age(Shift.done, Shift.at) => r#"age("shifts"."done", "shifts"."at")"# [] [None, Some(Interval { months: 2, days: 1, ..Interval::hours(2) })];
        (now() - now()).eq(Interval::ZERO) => "now() - now() = $1" ["00000000000000000000000000000000::interval"] [true, true];
        (now() - Interval::hours(24)).lt(now()) => "now() - $1 < now()" ["000000141dd760000000000000000000::interval"] [true, true];
        (current_date() - Shift.day).gt(0) => r#"current_date - "shifts"."day" > $1"# ["0::int4"] [true, true];
    }
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_is_the_servers_error() -> TestResult {
    let (db, _database) = database().await?;
    let error = select(extract(unit::Day, Shift.clock)).from(Shift).all(&db).await.unwrap_err();
    assert!(matches!(error.sqlstate(), Some("0A000" | "22023")), "{error}");
    let error = select(Shift.lasts / 0.0).from(Shift).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22012"));
    let error = select(Shift.day + i32::MAX).from(Shift).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22008"));
    Ok(())
}
