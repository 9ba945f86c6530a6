//! GigStream's page of a worker, by hand: its statements, and how their rows become the example's structs.

use crate::Result;
use crate::gigstream::{
    Loan, LoanId, LoanStatus, PlatformId, StreamId, Task, TaskId, TaskStatus, TaskType, Transaction,
    TransactionId, TransactionStatus, TransactionType, Worker, WorkerId,
};
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};
use uuid::Uuid;

pub const WORKER: &str = "\
    select id, email, email_verified, password_hash, display_name, wallet_address, wallet_id, phone_number, \
    phone_verified, reputation_score, total_tasks_completed, total_earnings_usdc, status, kyc_status, \
    metadata, created_at, updated_at, last_login_at from workers where id = $1";
pub const TASK: &str = "\
    select id, worker_id, platform_id, external_task_id, title, description, type, payment_amount_usdc, \
    paid_amount_usdc, status, completed_at, due_date, verification_data, verification_status, worker_rating, \
    platform_rating, metadata, created_at, updated_at from tasks where worker_id = $1 order by created_at \
    desc limit 10";
pub const TRANSACTION: &str = "\
    select id, worker_id, platform_id, task_id, stream_id, loan_id, type, status, amount_usdc, fee_usdc, \
    from_wallet, to_wallet, tx_hash, block_number, confirmations, error_message, retry_count, metadata, \
    created_at, confirmed_at from transactions where worker_id = $1 order by created_at desc limit 10";
pub const LOAN: &str = "\
    select id, worker_id, requested_amount_usdc, approved_amount_usdc, fee_usdc, total_owed_usdc, \
    remaining_balance_usdc, risk_score, predicted_earnings_7d, fee_percentage, status, requested_at, \
    approved_at, disbursed_at, due_date, repaid_at, defaulted_at, repayment_task_count, tasks_repaid, \
    rejection_reason, metadata, created_at, updated_at from loans where worker_id = $1 and status = \
    any($2::text[]::loan_status[]) order by created_at desc";

/// The statuses of the loans that are shown, as the last parameter of [`LOAN`].
pub const OPEN: &[&str] = &["disbursed", "repaying"];

pub fn worker(row: &Row) -> Result<Worker> {
    Ok(Worker {
        id: WorkerId(row.try_get(0)?),
        email: row.try_get(1)?,
        email_verified: row.try_get(2)?,
        password_hash: row.try_get(3)?,
        display_name: row.try_get(4)?,
        wallet_address: row.try_get(5)?,
        wallet_id: row.try_get(6)?,
        phone_number: row.try_get(7)?,
        phone_verified: row.try_get(8)?,
        reputation_score: row.try_get(9)?,
        total_tasks_completed: row.try_get(10)?,
        total_earnings_usdc: row.try_get(11)?,
        status: row.try_get(12)?,
        kyc_status: row.try_get(13)?,
        metadata: row.try_get(14)?,
        created_at: row.try_get(15)?,
        updated_at: row.try_get(16)?,
        last_login_at: row.try_get(17)?,
    })
}

pub fn task(row: &Row) -> Result<Task> {
    Ok(Task {
        id: TaskId(row.try_get(0)?),
        worker_id: row.try_get::<_, Option<Uuid>>(1)?.map(WorkerId),
        platform_id: PlatformId(row.try_get(2)?),
        external_task_id: row.try_get(3)?,
        title: row.try_get(4)?,
        description: row.try_get(5)?,
        kind: row.try_get(6)?,
        payment_amount_usdc: row.try_get(7)?,
        paid_amount_usdc: row.try_get(8)?,
        status: row.try_get(9)?,
        completed_at: row.try_get(10)?,
        due_date: row.try_get(11)?,
        verification_data: row.try_get(12)?,
        verification_status: row.try_get(13)?,
        worker_rating: row.try_get(14)?,
        platform_rating: row.try_get(15)?,
        metadata: row.try_get(16)?,
        created_at: row.try_get(17)?,
        updated_at: row.try_get(18)?,
    })
}

pub fn transaction(row: &Row) -> Result<Transaction> {
    Ok(Transaction {
        id: TransactionId(row.try_get(0)?),
        worker_id: row.try_get::<_, Option<Uuid>>(1)?.map(WorkerId),
        platform_id: row.try_get::<_, Option<Uuid>>(2)?.map(PlatformId),
        task_id: row.try_get::<_, Option<Uuid>>(3)?.map(TaskId),
        stream_id: row.try_get::<_, Option<Uuid>>(4)?.map(StreamId),
        loan_id: row.try_get::<_, Option<Uuid>>(5)?.map(LoanId),
        kind: row.try_get(6)?,
        status: row.try_get(7)?,
        amount_usdc: row.try_get(8)?,
        fee_usdc: row.try_get(9)?,
        from_wallet: row.try_get(10)?,
        to_wallet: row.try_get(11)?,
        tx_hash: row.try_get(12)?,
        block_number: row.try_get(13)?,
        confirmations: row.try_get(14)?,
        error_message: row.try_get(15)?,
        retry_count: row.try_get(16)?,
        metadata: row.try_get(17)?,
        created_at: row.try_get(18)?,
        confirmed_at: row.try_get(19)?,
    })
}

pub fn loan(row: &Row) -> Result<Loan> {
    Ok(Loan {
        id: LoanId(row.try_get(0)?),
        worker_id: WorkerId(row.try_get(1)?),
        requested_amount_usdc: row.try_get(2)?,
        approved_amount_usdc: row.try_get(3)?,
        fee_usdc: row.try_get(4)?,
        total_owed_usdc: row.try_get(5)?,
        remaining_balance_usdc: row.try_get(6)?,
        risk_score: row.try_get(7)?,
        predicted_earnings_7d: row.try_get(8)?,
        fee_percentage: row.try_get(9)?,
        status: row.try_get(10)?,
        requested_at: row.try_get(11)?,
        approved_at: row.try_get(12)?,
        disbursed_at: row.try_get(13)?,
        due_date: row.try_get(14)?,
        repaid_at: row.try_get(15)?,
        defaulted_at: row.try_get(16)?,
        repayment_task_count: row.try_get(17)?,
        tasks_repaid: row.try_get(18)?,
        rejection_reason: row.try_get(19)?,
        metadata: row.try_get(20)?,
        created_at: row.try_get(21)?,
        updated_at: row.try_get(22)?,
    })
}

macro_rules! labels {
    ($($ty:ident $name:literal: $($label:literal $variant:ident),*;)*) => {$(
        impl FromSql<'_> for $ty {
            fn from_sql(_: &Type, raw: &[u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
                match str::from_utf8(raw)? {
                    $($label => Ok($ty::$variant),)*
                    other => Err(format!("unknown label {other}").into()),
                }
            }

            fn accepts(ty: &Type) -> bool {
                ty.name() == $name
            }
        }
    )*};
}

labels! {
    TaskType "task_type": "fixed" Fixed, "time_based" TimeBased, "milestone" Milestone;
    TaskStatus "task_status": "created" Created, "assigned" Assigned, "in_progress" InProgress, "completed" Completed,
        "disputed" Disputed, "cancelled" Cancelled;
    TransactionType "transaction_type": "payout" Payout, "advance" Advance, "refund" Refund, "repayment" Repayment,
        "fee" Fee;
    TransactionStatus "transaction_status": "pending" Pending, "submitted" Submitted, "confirmed" Confirmed,
        "failed" Failed, "cancelled" Cancelled;
    LoanStatus "loan_status": "pending" Pending, "approved" Approved, "disbursed" Disbursed, "active" Active,
        "repaying" Repaying, "repaid" Repaid, "defaulted" Defaulted, "cancelled" Cancelled;
}
