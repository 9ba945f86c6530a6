//! What is known of a worker before money is lent.

use crate::TestResult;
use crate::calls::risk::{self, Loans, Work};
use crate::calls::{loans, tasks};
use crate::schema::{Loan, LoanStatus, Task};
use crate::service::Service;
use chrono::{TimeDelta, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;

#[tokio::test]
async fn of_somebody_new_nothing_is_known() -> TestResult {
    let service = Service::start().await?;
    let ada = service.worker("ada").await?;
    let risk = risk::assess(&service.db, ada.id).await?;
    let nothing = Work { tasks: 0, completed: 0, disputed: 0, earned: Decimal::ZERO, average_rating: None };
    assert_eq!(risk.work, nothing);
    assert_eq!((risk.late, risk.loans), (0, Loans { repaid: 0, defaulted: 0, owed: Decimal::ZERO }));
    Ok(())
}

#[tokio::test]
async fn the_last_30_days_and_all_loans_count() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let db = &service.db;
    let hour_ago = Some(Utc::now() - TimeDelta::hours(1));
    for (number, rating) in [(0, Some(5)), (1, Some(2)), (2, None)] {
        let title = format!("task {number}");
        let order = Service::order(&platform, &ada, &title);
        let task = tasks::create(db, tasks::NewTask { due_date: hour_ago, ..order }).await?;
        tasks::complete(db, task.id, rating).await?;
        if number == 2 {
            tasks::dispute(db, task.id, "wrong").await?;
        }
    }
    let old = service.task(&platform, &ada, "old").await?;
    let at = Utc::now() - TimeDelta::days(40);
    update(Task).set(Task.created_at, at).find(old.id).execute(db).await?;
    for status in [LoanStatus::Repaid, LoanStatus::Repaid, LoanStatus::Defaulted] {
        let loan = loans::request(db, ada.id, Decimal::TEN).await?;
        update(Loan).set(Loan.status, status).find(loan.id).execute(db).await?;
    }
    let loan = loans::request(db, ada.id, Decimal::TEN).await?;
    loans::disburse(db, loan.id, Decimal::ONE).await?;
    service.sent();
    let risk = risk::assess(db, ada.id).await?;
    assert_eq!(
        service.sent_after_from(),
        [
            r#""loans" where "loans"."worker_id" = $4"#,
            r#""reputation_events" where "reputation_events"."worker_id" = $1 and "reputation_events"."event_type" = $2::"reputation_event_type" and "reputation_events"."created_at" >= now() - $3"#,
            r#""tasks" where "tasks"."worker_id" = $5 and "tasks"."created_at" >= now() - $6"#,
        ]
    );
    let work = Work {
        tasks: 3,
        completed: 2,
        disputed: 1,
        earned: Decimal::from(25),
        average_rating: Some(Decimal::new(35, 1)),
    };
    assert_eq!(risk.work, work);
    assert_eq!((risk.late, risk.loans), (3, Loans { repaid: 2, defaulted: 1, owed: Decimal::from(11) }));
    Ok(())
}
