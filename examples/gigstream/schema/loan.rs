//! Advances on what a worker will earn.

use super::{Worker, WorkerId};
use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq)]
pub struct LoanId(pub Uuid);

#[derive(PgEnum, Debug, Clone, Copy, PartialEq)]
pub enum LoanStatus {
    Pending,
    Approved,
    Disbursed,
    Active,
    Repaying,
    Repaid,
    Defaulted,
    Cancelled,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "loans")]
pub struct Loan {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: LoanId,
    #[orm(references(Worker.id, on_delete = cascade), index(name = "idx_loans_worker"))]
    #[orm(index(name = "idx_loans_active", where = "status in ('active', 'repaying')"))]
    pub worker_id: WorkerId,
    #[orm(numeric(20, 6))]
    pub requested_amount_usdc: Decimal,
    #[orm(numeric(20, 6))]
    pub approved_amount_usdc: Option<Decimal>,
    #[orm(numeric(20, 6), default = 0)]
    pub fee_usdc: Option<Decimal>,
    #[orm(numeric(20, 6))]
    pub total_owed_usdc: Option<Decimal>,
    #[orm(numeric(20, 6))]
    pub remaining_balance_usdc: Option<Decimal>,
    pub risk_score: Option<i32>,
    #[orm(numeric(20, 6))]
    pub predicted_earnings_7d: Option<Decimal>,
    #[orm(numeric(5, 2))]
    pub fee_percentage: Option<Decimal>,
    #[orm(default = LoanStatus::Pending, index(name = "idx_loans_status"))]
    pub status: LoanStatus,
    #[orm(default = now())]
    pub requested_at: Option<DateTime<Utc>>,
    pub approved_at: Option<DateTime<Utc>>,
    pub disbursed_at: Option<DateTime<Utc>>,
    #[orm(index(name = "idx_loans_due", where = "status in ('active', 'repaying')"))]
    pub due_date: Option<DateTime<Utc>>,
    pub repaid_at: Option<DateTime<Utc>>,
    pub defaulted_at: Option<DateTime<Utc>>,
    #[orm(default = 5)]
    pub repayment_task_count: Option<i32>,
    #[orm(default = 0)]
    pub tasks_repaid: Option<i32>,
    pub rejection_reason: Option<String>,
    #[orm(default = json!({}))]
    pub metadata: Option<Value>,
    #[orm(default = now(), index(name = "idx_loans_created"))]
    pub created_at: Option<DateTime<Utc>>,
    #[orm(default = now(), on_update = now())]
    pub updated_at: Option<DateTime<Utc>>,
}
