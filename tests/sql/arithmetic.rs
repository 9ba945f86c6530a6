//! `+ - * / %`, with parentheses where the order of operations needs them.

use crate::TestResult;
use crate::check::check;
use crate::schema::{Membership, Task, Worker, database};
use mizzle::prelude::*;

/// The expression, its text and parameters, and its value for Ada, whose score is 120.
macro_rules! gives {
    ($db:ident; $($expression:expr => $text:literal [$($param:literal),*] $value:expr;)+) => {$({
        let query = select($expression).from(Worker).filter(Worker.name.eq(Worker.name)).limit(1).order_by(Worker.id);
        let text = concat!("select ", $text, r#" from "workers" where "workers"."name" = "workers"."name" order by "workers"."id" limit $"#);
        let params: &[&str] = &[$($param,)* "1::int8"];
        assert_eq!(check(query, &format!("{text}{}", params.len()), params).one(&$db).await?, $value, "{}", $text);
    })+};
}

#[tokio::test]
async fn each_operator() -> TestResult {
    let (db, _database) = database().await?;
    gives! { db;
        Worker.score + 7 => r#""workers"."score" + $1"# ["7::int4"] 127;
        Worker.score - 7 => r#""workers"."score" - $1"# ["7::int4"] 113;
        Worker.score * 7 => r#""workers"."score" * $1"# ["7::int4"] 840;
        Worker.score / 7 => r#""workers"."score" / $1"# ["7::int4"] 17;
        Worker.score % 7 => r#""workers"."score" % $1"# ["7::int4"] 1;
        Worker.score + Worker.score => r#""workers"."score" + "workers"."score""# [] 240;
        Worker.id + 7 => r#""workers"."id" + $1"# ["7::int8"] 8;
    }
    Ok(())
}

#[tokio::test]
async fn parentheses_are_only_where_they_are_needed() -> TestResult {
    let (db, _database) = database().await?;
    let a = Worker.score;
    gives! { db;
        (a + 1) * 2 => r#"("workers"."score" + $1) * $2"# ["1::int4", "2::int4"] 242;
        a + 1 + 2 => r#""workers"."score" + $1 + $2"# ["1::int4", "2::int4"] 123;
        a - 1 - (a - 2) - 3 => r#""workers"."score" - $1 - ("workers"."score" - $2) - $3"# ["1::int4", "2::int4", "3::int4"] -2;
        a * 2 + 1 => r#""workers"."score" * $1 + $2"# ["2::int4", "1::int4"] 241;
        a + a * 2 => r#""workers"."score" + "workers"."score" * $1"# ["2::int4"] 360;
        a - (a - 3) => r#""workers"."score" - ("workers"."score" - $1)"# ["3::int4"] 3;
        a - (a + 3) => r#""workers"."score" - ("workers"."score" + $1)"# ["3::int4"] -3;
        a - a * 2 => r#""workers"."score" - "workers"."score" * $1"# ["2::int4"] -120;
        a * (a - 110) => r#""workers"."score" * ("workers"."score" - $1)"# ["110::int4"] 1200;
        a / (a / 12) => r#""workers"."score" / ("workers"."score" / $1)"# ["12::int4"] 12;
        a % (a - 50) => r#""workers"."score" % ("workers"."score" - $1)"# ["50::int4"] 50;
        (a - 20) / 3 % 7 => r#"("workers"."score" - $1) / $2 % $3"# ["20::int4", "3::int4", "7::int4"] 5;
    }
    Ok(())
}

#[tokio::test]
async fn arithmetic_stands_in_comparisons() -> TestResult {
    let (db, _database) = database().await?;
    gives! { db;
        (Worker.score + 1).gt(Worker.score * 2) => r#""workers"."score" + $1 > "workers"."score" * $2"# ["1::int4", "2::int4"] false;
        Worker.score.eq(Worker.score + 0) => r#""workers"."score" = "workers"."score" + $1"# ["0::int4"] true;
        (Worker.score % 2).in_([0, 1]) => r#""workers"."score" % $1 = any($2)"# ["2::int4", "{0,1}::_int4"] true;
        (Worker.score % 2).eq(0).and(Worker.id.eq(1)) => r#""workers"."score" % $1 = $2 and "workers"."id" = $3"# ["2::int4", "0::int4", "1::int8"] true;
    }
    Ok(())
}

#[tokio::test]
async fn floats_and_nullable_columns_calculate() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Task.hours * 2.0 + 0.25).from(Task).order_by(Task.id),
        r#"select "tasks"."hours" * $1 + $2 from "tasks" order by "tasks"."id""#,
        &["2::float8", "0.25::float8"],
    );
    assert_eq!(query.all(&db).await?, [3.25, 4.25, 1.25]);
    let query = check(
        select(Membership.since - 2000)
            .from(Membership)
            .order_by(Membership.worker_id)
            .order_by(Membership.team),
        r#"select "memberships"."since" - $1 from "memberships" order by "memberships"."worker_id", "memberships"."team""#,
        &["2000::int4"],
    );
    assert_eq!(query.all(&db).await?, [Some(20), None, Some(21)]);
    Ok(())
}

#[tokio::test]
async fn division_by_zero_is_the_servers_error() -> TestResult {
    let (db, _database) = database().await?;
    let error = select(Worker.score / 0).from(Worker).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22012"));
    Ok(())
}
