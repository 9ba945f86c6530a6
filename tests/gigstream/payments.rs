//! Executing, failing, retrying and confirming payments; their history and totals.

use crate::calls::page::PageRequest;
use crate::calls::payments::{self, Order, Payment};
use crate::calls::{audit, tasks};
use crate::schema::{
    AuditLog, Platform, ReputationEvent, Task, TaskId, TaskStatus, Transaction, TransactionStatus,
};
use crate::service::Service;
use crate::{TestResult, rows};
use mizzle::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

fn order(task: &Task) -> Order<'static> {
    Order { task: task.id, from_wallet: "0xfrom", fee: Decimal::new(5, 2) }
}

#[tokio::test]
async fn a_payment_is_made_whole() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let task = service.task(&platform, &ada, "Label").await?;
    service.sent();
    let payment = service.payment(&task).await?;
    let sent = service.sent();
    let starts: Vec<_> = sent.iter().map(|sql| sql.split('"').take(2).collect::<String>()).collect();
    assert_eq!(
        starts,
        [
            "select tasks",
            "select transactions",
            "insert into transactions",
            "update tasks",
            "update workers",
            "insert into reputation_events",
            "update workers",
            "insert into audit_logs",
        ]
    );
    assert!(sent[0].ends_with(
        r#" from "tasks" join "workers" on "tasks"."worker_id" = "workers"."id" where "tasks"."id" = $1 for update of "tasks""#
    ));
    assert_eq!((payment.status, payment.amount_usdc), (TransactionStatus::Submitted, Decimal::new(1250, 2)));
    assert_eq!((payment.to_wallet.as_deref(), payment.fee_usdc), (Some("0xada"), Some(Decimal::new(5, 2))));
    assert_eq!(select(Task).find(task.id).one(&service.db).await?.status, TaskStatus::Completed);
    assert_eq!(service.again(&ada).await?.reputation_score, Some(110));
    assert_eq!(audit::of(&service.db, payment.id.0).await?[0].action, "payment.execute");
    Ok(())
}

#[tokio::test]
async fn a_task_is_paid_once_even_by_many_at_a_time() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let task = service.task(&platform, &ada, "Label").await?;
    let (one, two, three) = tokio::try_join!(
        payments::execute(&service.db, order(&task)),
        payments::execute(&service.db, order(&task)),
        payments::execute(&service.db, order(&task)),
    )?;
    let made = [one, two, three].iter().filter(|payment| matches!(payment, Payment::Made(_))).count();
    assert_eq!((made, rows!(service, Transaction), rows!(service, ReputationEvent)), (1, 1, 1));
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_paid_is_told() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let nobodys = tasks::NewTask { worker_id: None, ..Service::order(&platform, &ada, "Label") };
    let nobodys = tasks::create(&service.db, nobodys).await?;
    assert_eq!(payments::execute(&service.db, order(&nobodys)).await?, Payment::Impossible);
    let unknown = Order { task: TaskId(Uuid::nil()), ..order(&nobodys) };
    assert_eq!(payments::execute(&service.db, unknown).await?, Payment::Impossible);
    Ok(())
}

#[tokio::test]
async fn nothing_of_a_payment_that_fails_stays() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let task = service.task(&platform, &ada, "Label").await?;
    let logged = rows!(service, AuditLog);
    // The last statement of the payment is the one that fails.
    service
        .db
        .batch_execute("alter table audit_logs add constraint closed check (action <> 'payment.execute')")
        .await?;
    let error = payments::execute(&service.db, order(&task)).await.unwrap_err();
    assert_eq!(error.constraint(), Some("closed"));
    assert_eq!((rows!(service, Transaction), rows!(service, AuditLog)), (0, logged));
    assert_eq!(select(Task).find(task.id).one(&service.db).await?, task);
    assert_eq!(service.again(&ada).await?, ada);
    Ok(())
}

#[tokio::test]
async fn a_failed_payment_is_tried_three_times() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let task = service.task(&platform, &ada, "Label").await?;
    let payment = service.payment(&task).await?;
    let db = &service.db;
    assert_eq!(payments::retry(db, payment.id).await?, None);
    for attempt in 1..=3 {
        assert!(payments::fail(db, payment.id, "out of gas").await?);
        assert!(!payments::fail(db, payment.id, "again").await?);
        let retried = payments::retry(db, payment.id).await?.ok_or("given up")?;
        assert_eq!((retried.status, retried.retry_count), (TransactionStatus::Pending, Some(attempt)));
        assert_eq!(retried.error_message, None);
    }
    assert!(payments::fail(db, payment.id, "out of gas").await?);
    assert_eq!(payments::retry(db, payment.id).await?, None);
    // It is not paid by another payment meanwhile, which could only make two of it.
    let given_up = select(Transaction).find(payment.id).one(db).await?;
    assert_eq!(payments::execute(db, order(&task)).await?, Payment::MadeBefore(given_up));
    update(Transaction)
        .set(Transaction.status, TransactionStatus::Cancelled)
        .find(payment.id)
        .execute(db)
        .await?;
    assert_ne!(service.payment(&task).await?.id, payment.id);
    Ok(())
}

#[tokio::test]
async fn a_confirmed_payment_counts_for_all() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let task = service.task(&platform, &ada, "Label").await?;
    let payment = service.payment(&task).await?;
    let db = &service.db;
    service.sent();
    let confirmed = payments::confirm(db, payment.id, "0xfeed", 17).await?.ok_or("not sent")?;
    assert_eq!(
        service.sent()[1],
        r#"update "workers" set "total_earnings_usdc" = coalesce("workers"."total_earnings_usdc", $1) + "transactions"."amount_usdc", "updated_at" = now() from "transactions" where "workers"."id" = "transactions"."worker_id" and "transactions"."id" = $2"#
    );
    assert_eq!((confirmed.tx_hash.as_deref(), confirmed.block_number), (Some("0xfeed"), Some(17)));
    assert!(confirmed.confirmed_at.is_some());
    let amount = Some(Decimal::new(1250, 2));
    assert_eq!(service.again(&ada).await?.total_earnings_usdc, amount);
    assert_eq!(select(Platform).find(platform.id).one(db).await?.total_payments_usdc, amount);
    assert_eq!(select(Task).find(task.id).one(db).await?.paid_amount_usdc, amount);
    assert_eq!(payments::confirm(db, payment.id, "0xfeed", 17).await?, None);
    Ok(())
}

#[tokio::test]
async fn history_and_totals_agree() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let db = &service.db;
    let mut made = Vec::new();
    for number in 0..3 {
        let task = service.task(&platform, &ada, &format!("task {number}")).await?;
        made.push(service.payment(&task).await?.id);
    }
    payments::confirm(db, made[0], "0xfeed", 17).await?;
    let page = payments::history(db, ada.id, PageRequest { number: 0, size: 2 }).await?;
    assert_eq!((page.total, page.rows.len()), (3, 2));
    assert_eq!(page.rows[0].id, made[2]);
    let last = payments::history(db, ada.id, PageRequest { number: 1, size: 2 }).await?;
    assert_eq!(last.rows.iter().map(|payment| payment.id).collect::<Vec<_>>(), [made[0]]);
    service.sent();
    let totals = payments::totals(db, ada.id).await?;
    let totals: Vec<_> =
        totals.iter().map(|total| (total.status, total.transactions, total.amount)).collect();
    let amount = |cents| Some(Decimal::new(cents, 2));
    assert_eq!(
        totals,
        [(TransactionStatus::Submitted, 2, amount(2500)), (TransactionStatus::Confirmed, 1, amount(1250)),]
    );
    assert_eq!(
        service.sent(),
        [
            r#"select "transactions"."status", count(*), sum("transactions"."amount_usdc") from "transactions" where "transactions"."worker_id" = $1 group by "transactions"."status" order by "transactions"."status""#
        ]
    );
    Ok(())
}
