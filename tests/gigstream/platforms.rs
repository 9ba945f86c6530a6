//! A platform's figures, and the list of platforms.

use crate::TestResult;
use crate::calls::page::PageRequest;
use crate::calls::platforms::{self, PlatformFilter, StatusLine};
use crate::calls::{payments, tasks};
use crate::schema::{Platform, TaskStatus};
use crate::service::Service;
use chrono::{TimeDelta, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;

#[tokio::test]
async fn analytics_are_of_a_period_and_by_status() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let db = &service.db;
    let (one, two) =
        (service.task(&platform, &ada, "one").await?, service.task(&platform, &ada, "two").await?);
    service.task(&platform, &ada, "three").await?;
    tasks::complete(db, one.id, Some(5)).await?;
    tasks::complete(db, two.id, Some(2)).await?;
    let payment = service.payment(&one).await?;
    payments::confirm(db, payment.id, "0xfeed", 17).await?;
    let now = Utc::now();
    let figures = platforms::analytics(db, platform.id, now - TimeDelta::days(1), now).await?;
    assert_eq!(
        service.sent().last().map(String::as_str),
        Some(
            r#"select "tasks"."status", count(*), coalesce(sum("tasks"."payment_amount_usdc"), $1), coalesce(sum("tasks"."paid_amount_usdc"), $2), avg("tasks"."worker_rating") from "tasks" where "tasks"."platform_id" = $3 and "tasks"."created_at" >= $4 and "tasks"."created_at" < $5 group by "tasks"."status" order by "tasks"."status""#
        )
    );
    let (once, twice) = (Decimal::new(1250, 2), Decimal::from(25));
    assert_eq!(
        figures,
        [
            StatusLine {
                status: TaskStatus::Created,
                tasks: 1,
                ordered: once,
                paid: Decimal::ZERO,
                average_rating: None
            },
            StatusLine {
                status: TaskStatus::Completed,
                tasks: 2,
                ordered: twice,
                paid: once,
                average_rating: Some(Decimal::new(35, 1))
            },
        ]
    );
    let before = platforms::analytics(db, platform.id, now - TimeDelta::days(2), now - TimeDelta::days(1));
    assert_eq!(before.await?, []);
    Ok(())
}

#[tokio::test]
async fn a_list_has_each_platform_with_its_open_tasks() -> TestResult {
    let service = Service::start().await?;
    let ada = service.worker("ada").await?;
    let (acme, zeta) = (service.platform("acme").await?, service.platform("zeta").await?);
    let db = &service.db;
    for title in ["one", "two", "three"] {
        service.task(&acme, &ada, title).await?;
    }
    let done = service.task(&acme, &ada, "done").await?;
    tasks::complete(db, done.id, None).await?;
    let lines = async |filter| -> Result<(i64, Vec<(String, i64)>), mizzle::Error> {
        let page = platforms::list(db, filter, PageRequest { number: 0, size: 10 }).await?;
        Ok((page.total, page.rows.into_iter().map(|line| (line.platform.name, line.open_tasks)).collect()))
    };
    let line = |name: &str, tasks| (name.to_owned(), tasks);
    assert_eq!(lines(PlatformFilter::default()).await?, (2, vec![line("acme", 3), line("zeta", 0)]));
    update(Platform).set(Platform.status, "suspended").find(zeta.id).execute(db).await?;
    let active = PlatformFilter { status: Some("active"), ..PlatformFilter::default() };
    assert_eq!(lines(active).await?, (1, vec![line("acme", 3)]));
    assert!(service.sent().concat().ends_with(
        r#"count("tasks"."id") filter (where "tasks"."status" = any($1::"task_status"[])) from "platforms" left join "tasks" on "tasks"."platform_id" = "platforms"."id" where "platforms"."status" = $2 group by "platforms"."id" order by "platforms"."name", "platforms"."id" limit $3 offset $4"#
    ));
    let search = PlatformFilter { search: Some("ZE"), ..PlatformFilter::default() };
    assert_eq!(lines(search).await?, (1, vec![line("zeta", 0)]));
    let soon = PlatformFilter { registered_from: Some(Utc::now() + TimeDelta::hours(1)), ..active };
    assert_eq!(lines(soon).await?, (0, vec![]));
    let past = PlatformFilter { registered_before: Some(Utc::now() - TimeDelta::hours(1)), ..active };
    assert_eq!(lines(past).await?, (0, vec![]));
    Ok(())
}
