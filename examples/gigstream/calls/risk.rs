//! What is known of a worker before money is lent.

use crate::schema::{Loan, LoanStatus, ReputationEvent, ReputationEventType, Task, TaskStatus, WorkerId};
use mizzle::prelude::*;
use rust_decimal::Decimal;

#[derive(Debug, PartialEq)]
pub struct Risk {
    pub work: Work,
    pub late: i64,
    pub loans: Loans,
}

/// The last 30 days.
#[derive(Row, Debug, PartialEq)]
pub struct Work {
    pub tasks: i64,
    pub completed: i64,
    pub disputed: i64,
    pub earned: Decimal,
    pub average_rating: Option<Decimal>,
}

#[derive(Row, Debug, PartialEq)]
pub struct Loans {
    pub repaid: i64,
    pub defaulted: i64,
    pub owed: Decimal,
}

pub async fn assess(db: &impl Executor, worker: WorkerId) -> Result<Risk, mizzle::Error> {
    let since = now() - Interval::days(30);
    let (work, late, loans) = tokio::try_join!(
        select((
            count(),
            count().filter(Task.status.eq(TaskStatus::Completed)),
            count().filter(Task.status.eq(TaskStatus::Disputed)),
            coalesce(sum(Task.payment_amount_usdc).filter(Task.status.eq(TaskStatus::Completed)), 0),
            avg(Task.worker_rating),
        ))
        .from(Task)
        .filter(Task.worker_id.eq(worker))
        .filter(Task.created_at.gte(since))
        .to::<Work>()
        .one(db),
        select(ReputationEvent)
            .filter(ReputationEvent.worker_id.eq(worker))
            .filter(ReputationEvent.event_type.eq(ReputationEventType::TaskLate))
            .filter(ReputationEvent.created_at.gte(since))
            .count(db),
        select((
            count().filter(Loan.status.eq(LoanStatus::Repaid)),
            count().filter(Loan.status.eq(LoanStatus::Defaulted)),
            coalesce(sum(Loan.remaining_balance_usdc), 0),
        ))
        .from(Loan)
        .filter(Loan.worker_id.eq(worker))
        .to::<Loans>()
        .one(db),
    )?;
    Ok(Risk { work, late, loans })
}
