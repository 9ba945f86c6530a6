//! Registering, logging in, the worker's page and history, and the list of workers.

use crate::TestResult;
use crate::calls::page::PageRequest;
use crate::calls::workers::{self, NewWorker, RegisterError, WorkerFilter};
use crate::calls::{loans, tasks};
use crate::schema::{Task, TaskStatus, Worker};
use crate::service::Service;
use chrono::{TimeDelta, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;

#[tokio::test]
async fn a_new_worker_has_the_defaults() -> TestResult {
    let service = Service::start().await?;
    let ada = service.worker("ada").await?;
    assert_eq!(ada.email.as_deref(), Some("ada@example.com"));
    assert_eq!((ada.reputation_score, ada.status.as_deref()), (Some(100), Some("active")));
    assert_eq!((ada.email_verified, ada.kyc_status.as_deref()), (Some(false), Some("not_required")));
    assert_eq!((ada.total_earnings_usdc, ada.last_login_at), (Some(Decimal::ZERO), None));
    assert!(ada.created_at.is_some());
    assert_eq!(ada.metadata, Some(serde_json::json!({})));
    Ok(())
}

#[tokio::test]
async fn a_clash_is_told_by_its_constraint() -> TestResult {
    let service = Service::start().await?;
    service.worker("ada").await?;
    let eve = NewWorker {
        email: Some("ada@example.com"),
        password_hash: None,
        display_name: "eve",
        wallet_address: "0xeve",
    };
    let error = workers::register(&service.db, eve).await.unwrap_err();
    assert!(matches!(error, RegisterError::EmailTaken), "{error:?}");
    assert_eq!(error.to_string(), "the email address is registered already");
    let eve = NewWorker { email: None, password_hash: None, display_name: "eve", wallet_address: "0xada" };
    let error = workers::register(&service.db, eve).await.unwrap_err();
    assert!(matches!(error, RegisterError::WalletTaken), "{error:?}");
    let eve = NewWorker {
        email: None,
        password_hash: None,
        display_name: "eve",
        wallet_address: "a wallet address that is longer than 42 characters",
    };
    let error = workers::register(&service.db, eve).await.unwrap_err();
    assert!(
        matches!(&error, RegisterError::Database(error) if error.sqlstate() == Some("22001")),
        "{error:?}"
    );
    // Without an address nobody is in anybody's way.
    for name in ["cyd", "dan"] {
        let worker = NewWorker { email: None, password_hash: None, display_name: name, wallet_address: name };
        workers::register(&service.db, worker).await?;
    }
    Ok(())
}

#[tokio::test]
async fn who_is_active_logs_in_and_is_verified() -> TestResult {
    let service = Service::start().await?;
    let ada = service.worker("ada").await?;
    let db = &service.db;
    service.sent();
    let found = workers::log_in(db, "ada@example.com").await?.ok_or("unknown")?;
    assert_eq!((found.id, found.password_hash.as_deref()), (ada.id, Some("hash")));
    assert_eq!(
        service.sent(),
        [
            r#"select "workers"."id", "workers"."display_name", "workers"."password_hash" from "workers" where "workers"."email" = $1 and "workers"."status" = $2"#
        ]
    );
    assert_eq!(workers::log_in(db, "eve@example.com").await?, None);
    assert!(workers::verify(db, ada.id).await?);
    workers::touch_last_login(db, ada.id).await?;
    let after = service.again(&ada).await?;
    assert!(after.last_login_at > ada.created_at && after.updated_at > ada.updated_at);
    update(Worker).set(Worker.status, "banned").find(ada.id).execute(db).await?;
    assert_eq!(workers::log_in(db, "ada@example.com").await?, None);
    assert!(!workers::verify(db, ada.id).await?);
    Ok(())
}

#[tokio::test]
async fn a_page_has_the_latest_ten_and_the_open_loans() -> TestResult {
    let service = Service::start().await?;
    let (ada, bob) = (service.worker("ada").await?, service.worker("bob").await?);
    let platform = service.platform("acme").await?;
    for number in 0..12 {
        let task = service.task(&platform, &ada, &format!("task {number}")).await?;
        service.payment(&task).await?;
    }
    service.task(&platform, &bob, "another's").await?;
    let pending = loans::request(&service.db, ada.id, Decimal::TEN).await?;
    let loan = loans::request(&service.db, ada.id, Decimal::TEN).await?;
    loans::disburse(&service.db, loan.id, Decimal::ONE).await?;
    let page = workers::page(&service.db, ada.id).await?.ok_or("gone")?;
    assert_eq!(page.profile, service.again(&ada).await?);
    let titles: Vec<_> = page.tasks.iter().map(|task| task.title.as_str()).collect();
    assert_eq!(titles, (2..12).rev().map(|number| format!("task {number}")).collect::<Vec<_>>());
    assert_eq!(page.transactions.len(), 10);
    assert_eq!(page.transactions[0].loan_id, Some(loan.id));
    assert_eq!(page.loans.iter().map(|loan| loan.id).collect::<Vec<_>>(), [loan.id]);
    assert_ne!(pending.id, loan.id);
    delete(Worker).find(ada.id).execute(&service.db).await?;
    assert_eq!(workers::page(&service.db, ada.id).await?, None);
    Ok(())
}

#[tokio::test]
async fn a_history_sums_up_what_was_done() -> TestResult {
    let service = Service::start().await?;
    let ada = service.worker("ada").await?;
    let db = &service.db;
    let empty = workers::history(db, ada.id).await?.ok_or("gone")?;
    assert_eq!((empty.summary.last_24_hours, empty.summary.average_amount), (0, Decimal::ZERO));
    let platform = service.platform("acme").await?;
    let (one, two, old, older) = (
        service.task(&platform, &ada, "one").await?,
        service.task(&platform, &ada, "two").await?,
        service.task(&platform, &ada, "old").await?,
        service.task(&platform, &ada, "older").await?,
    );
    tasks::complete(db, one.id, Some(5)).await?;
    tasks::dispute(db, two.id, "wrong").await?;
    for (task, days) in [(&old, 3), (&older, 40)] {
        let at = Utc::now() - TimeDelta::days(days);
        update(Task).set(Task.created_at, at).find(task.id).execute(db).await?;
    }
    service.sent();
    let history = workers::history(db, ada.id).await?.ok_or("gone")?;
    let mut sent = service.sent();
    sent.sort();
    assert_eq!(
        sent,
        [
            r#"select "tasks"."id", "tasks"."title", "tasks"."status", "tasks"."payment_amount_usdc", "tasks"."completed_at" from "tasks" where "tasks"."worker_id" = $1 and "tasks"."created_at" > now() - $2 order by "tasks"."created_at" desc limit $3"#,
            r#"select count(*) filter (where "tasks"."created_at" > now() - $1), coalesce(avg("tasks"."payment_amount_usdc") filter (where "tasks"."status" = $2::"task_status"), $3), count(*) filter (where "tasks"."status" = $4::"task_status") from "tasks" where "tasks"."worker_id" = $5"#,
            r#"select now() - "workers"."created_at" from "workers" where "workers"."id" = $1"#,
        ]
    );
    let age = history.age.ok_or("no age")?;
    assert!((age.months, age.days) == (0, 0) && age.microseconds > 0, "{age}");
    assert_eq!((history.summary.last_24_hours, history.summary.disputes), (2, 1));
    assert_eq!(history.summary.average_amount, Decimal::new(1250, 2));
    let recent: Vec<_> = history.recent.iter().map(|line| (line.title.as_str(), line.status)).collect();
    assert_eq!(
        recent,
        [("two", TaskStatus::Disputed), ("one", TaskStatus::Completed), ("old", TaskStatus::Created)]
    );
    Ok(())
}

#[tokio::test]
async fn a_list_asks_for_what_is_given_only() -> TestResult {
    let service = Service::start().await?;
    for name in ["ada", "bob", "cyd", "50%_a"] {
        service.worker(name).await?;
    }
    let db = &service.db;
    let page = PageRequest { number: 0, size: 2 };
    service.sent();
    let all = workers::list(db, WorkerFilter::default(), page).await?;
    assert_eq!((all.total, all.rows.len()), (4, 2));
    assert_eq!(service.sent()[0], r#"select count(*) from "workers""#);
    let second = workers::list(db, WorkerFilter::default(), PageRequest { number: 1, size: 2 }).await?;
    assert_eq!(
        second.rows.iter().map(|worker| worker.display_name.as_str()).collect::<Vec<_>>(),
        ["bob", "ada"]
    );
    let search = |part| WorkerFilter { search: Some(part), ..WorkerFilter::default() };
    let names = async |filter| -> Result<Vec<String>, mizzle::Error> {
        let found = workers::list(db, filter, PageRequest { number: 0, size: 10 }).await?;
        Ok(found.rows.into_iter().map(|worker| worker.display_name).collect())
    };
    assert_eq!(names(search("b@EX")).await?, ["bob"]);
    assert_eq!(names(search("%_")).await?, ["50%_a"]);
    assert_eq!(names(search("nobody")).await?, [""; 0]);
    let now = Utc::now();
    let filter = WorkerFilter {
        status: Some("active"),
        registered_from: Some(now - TimeDelta::hours(1)),
        registered_before: Some(now + TimeDelta::hours(1)),
        search: Some("cy"),
    };
    service.sent();
    assert_eq!(names(filter).await?, ["cyd"]);
    let found = r#""workers" where "workers"."status" = $1 and "workers"."created_at" >= $2 and "workers"."created_at" < $3 and ("workers"."display_name" ilike $4 or "workers"."email" ilike $5)"#;
    assert_eq!(
        service.sent_after_from(),
        [
            found,
            &format!(r#"{found} order by "workers"."created_at" desc, "workers"."id" limit $6 offset $7"#)
        ]
    );
    assert_eq!(names(WorkerFilter { registered_before: filter.registered_from, ..filter }).await?, [""; 0]);
    assert_eq!(names(WorkerFilter { status: Some("banned"), ..filter }).await?, [""; 0]);
    Ok(())
}
