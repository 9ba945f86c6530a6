//! The schema of the database.

#![allow(clippy::duplicated_attributes, reason = "a column may be in several keys and indexes")]

use mizzle::prelude::*;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
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

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReputationEventType {
    TaskCompleted,
    TaskLate,
    DisputeFiled,
    DisputeResolved,
    RatingReceived,
    ManualAdjustment,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamStatus {
    Active,
    Paused,
    Completed,
    Cancelled,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskStatus {
    Created,
    Assigned,
    InProgress,
    Completed,
    Disputed,
    Cancelled,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskType {
    Fixed,
    TimeBased,
    Milestone,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransactionStatus {
    Pending,
    Submitted,
    Confirmed,
    Failed,
    Cancelled,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransactionType {
    Payout,
    Advance,
    Refund,
    Repayment,
    Fee,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "audit_logs",
    index(name = "idx_audit_actor", columns(actor_type, actor_id)),
    index(name = "idx_audit_resource", columns(resource_type, resource_id)),
)]
pub struct AuditLog {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: uuid::Uuid,
    #[orm(varchar(20))]
    pub actor_type: String,
    pub actor_id: Option<uuid::Uuid>,
    #[orm(varchar(50), index(name = "idx_audit_action"))]
    pub action: String,
    #[orm(varchar(50))]
    pub resource_type: Option<String>,
    pub resource_id: Option<uuid::Uuid>,
    #[orm(varchar(45))]
    pub ip_address: Option<String>,
    #[orm(varchar(500))]
    pub user_agent: Option<String>,
    #[orm(varchar(100), index(name = "idx_audit_request"))]
    pub request_id: Option<String>,
    pub changes_before: Option<serde_json::Value>,
    pub changes_after: Option<serde_json::Value>,
    pub success: bool,
    pub error_message: Option<String>,
    #[orm(default = sql("'{}'::jsonb"))]
    pub metadata: Option<serde_json::Value>,
    #[orm(index(name = "idx_audit_created"), default = now())]
    pub created_at: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "loans")]
pub struct Loan {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: uuid::Uuid,
    #[orm(
        references(Worker.id, on_delete = cascade),
        index(name = "idx_loans_active", where = "status = ANY (ARRAY['active'::public.loan_status, 'repaying'::public.loan_status])"),
        index(name = "idx_loans_worker"),
    )]
    pub worker_id: uuid::Uuid,
    #[orm(numeric(20, 6))]
    pub requested_amount_usdc: rust_decimal::Decimal,
    #[orm(numeric(20, 6))]
    pub approved_amount_usdc: Option<rust_decimal::Decimal>,
    #[orm(numeric(20, 6), default = 0)]
    pub fee_usdc: Option<rust_decimal::Decimal>,
    #[orm(numeric(20, 6))]
    pub total_owed_usdc: Option<rust_decimal::Decimal>,
    #[orm(numeric(20, 6))]
    pub remaining_balance_usdc: Option<rust_decimal::Decimal>,
    pub risk_score: Option<i32>,
    #[orm(numeric(20, 6))]
    pub predicted_earnings_7d: Option<rust_decimal::Decimal>,
    #[orm(numeric(5, 2))]
    pub fee_percentage: Option<rust_decimal::Decimal>,
    #[orm(index(name = "idx_loans_status"), default = LoanStatus::Pending)]
    pub status: LoanStatus,
    #[orm(default = now())]
    pub requested_at: Option<chrono::DateTime<chrono::Utc>>,
    pub approved_at: Option<chrono::DateTime<chrono::Utc>>,
    pub disbursed_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(
        index(name = "idx_loans_due", where = "status = ANY (ARRAY['active'::public.loan_status, 'repaying'::public.loan_status])"),
    )]
    pub due_date: Option<chrono::DateTime<chrono::Utc>>,
    pub repaid_at: Option<chrono::DateTime<chrono::Utc>>,
    pub defaulted_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(default = 5)]
    pub repayment_task_count: Option<i32>,
    #[orm(default = 0)]
    pub tasks_repaid: Option<i32>,
    pub rejection_reason: Option<String>,
    #[orm(default = sql("'{}'::jsonb"))]
    pub metadata: Option<serde_json::Value>,
    #[orm(index(name = "idx_loans_created"), default = now())]
    pub created_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(default = now())]
    pub updated_at: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "platforms")]
pub struct Platform {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: uuid::Uuid,
    #[orm(varchar(100))]
    pub name: String,
    #[orm(varchar(255), unique)]
    pub email: String,
    #[orm(varchar(64), unique, index(name = "idx_platforms_api_key"))]
    pub api_key_hash: String,
    #[orm(varchar(500))]
    pub webhook_url: Option<String>,
    #[orm(varchar(255))]
    pub webhook_secret: Option<String>,
    #[orm(default = 0)]
    pub total_workers: Option<i32>,
    #[orm(numeric(20, 6), default = 0)]
    pub total_payments_usdc: Option<rust_decimal::Decimal>,
    #[orm(varchar(20), index(name = "idx_platforms_status"), default = "active")]
    pub status: Option<String>,
    #[orm(default = sql("'{}'::jsonb"))]
    pub metadata: Option<serde_json::Value>,
    #[orm(default = now())]
    pub created_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(default = now())]
    pub updated_at: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "reputation_events",
    index(name = "idx_reputation_worker", columns(worker_id, created_at)),
)]
pub struct ReputationEvent {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: uuid::Uuid,
    #[orm(references(Worker.id, on_delete = cascade))]
    pub worker_id: uuid::Uuid,
    #[orm(references(Task.id, on_delete = set_null), index(name = "idx_reputation_task"))]
    pub task_id: Option<uuid::Uuid>,
    #[orm(index(name = "idx_reputation_type"))]
    pub event_type: ReputationEventType,
    pub points_delta: i32,
    pub previous_score: i32,
    pub new_score: i32,
    pub description: Option<String>,
    #[orm(varchar(50))]
    pub triggered_by: Option<String>,
    #[orm(default = sql("'{}'::jsonb"))]
    pub metadata: Option<serde_json::Value>,
    #[orm(index(name = "idx_reputation_created"), default = now())]
    pub created_at: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "streams",
    index(name = "idx_streams_contract", columns(contract_address, contract_stream_id)),
)]
pub struct Stream {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: uuid::Uuid,
    #[orm(references(Worker.id, on_delete = cascade), index(name = "idx_streams_worker"))]
    pub worker_id: uuid::Uuid,
    #[orm(references(Platform.id, on_delete = cascade), index(name = "idx_streams_platform"))]
    pub platform_id: uuid::Uuid,
    #[orm(references(Task.id, on_delete = set_null))]
    pub task_id: Option<uuid::Uuid>,
    #[orm(varchar(42))]
    pub contract_address: String,
    pub contract_stream_id: i32,
    #[orm(numeric(20, 6))]
    pub total_amount_usdc: rust_decimal::Decimal,
    #[orm(numeric(20, 6), default = 0)]
    pub released_amount_usdc: Option<rust_decimal::Decimal>,
    #[orm(numeric(20, 6), default = 0)]
    pub claimed_amount_usdc: Option<rust_decimal::Decimal>,
    pub start_time: chrono::DateTime<chrono::Utc>,
    pub end_time: chrono::DateTime<chrono::Utc>,
    pub release_interval: i32,
    #[orm(index(name = "idx_streams_next_release"))]
    pub next_release_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(index(name = "idx_streams_status"), default = StreamStatus::Active)]
    pub status: StreamStatus,
    pub paused_at: Option<chrono::DateTime<chrono::Utc>>,
    pub completed_at: Option<chrono::DateTime<chrono::Utc>>,
    pub cancelled_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(default = sql("'{}'::jsonb"))]
    pub metadata: Option<serde_json::Value>,
    #[orm(default = now())]
    pub created_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(default = now())]
    pub updated_at: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "tasks", index(name = "idx_tasks_external", columns(platform_id, external_task_id)))]
pub struct Task {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: uuid::Uuid,
    #[orm(references(Worker.id, on_delete = set_null), index(name = "idx_tasks_worker"))]
    pub worker_id: Option<uuid::Uuid>,
    #[orm(references(Platform.id, on_delete = cascade), index(name = "idx_tasks_platform"))]
    pub platform_id: uuid::Uuid,
    #[orm(varchar(255))]
    pub external_task_id: Option<String>,
    #[orm(varchar(200))]
    pub title: String,
    pub description: Option<String>,
    pub r#type: TaskType,
    #[orm(numeric(20, 6))]
    pub payment_amount_usdc: rust_decimal::Decimal,
    #[orm(numeric(20, 6), default = 0)]
    pub paid_amount_usdc: Option<rust_decimal::Decimal>,
    #[orm(index(name = "idx_tasks_status"), default = TaskStatus::Created)]
    pub status: TaskStatus,
    #[orm(index(name = "idx_tasks_completed"))]
    pub completed_at: Option<chrono::DateTime<chrono::Utc>>,
    pub due_date: Option<chrono::DateTime<chrono::Utc>>,
    pub verification_data: Option<serde_json::Value>,
    #[orm(varchar(20))]
    pub verification_status: Option<String>,
    pub worker_rating: Option<i32>,
    pub platform_rating: Option<i32>,
    #[orm(default = sql("'{}'::jsonb"))]
    pub metadata: Option<serde_json::Value>,
    #[orm(index(name = "idx_tasks_created"), default = now())]
    pub created_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(default = now())]
    pub updated_at: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "transactions")]
pub struct Transaction {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: uuid::Uuid,
    #[orm(references(Worker.id, on_delete = set_null), index(name = "idx_transactions_worker"))]
    pub worker_id: Option<uuid::Uuid>,
    #[orm(references(Platform.id, on_delete = set_null))]
    pub platform_id: Option<uuid::Uuid>,
    #[orm(references(Task.id, on_delete = set_null))]
    pub task_id: Option<uuid::Uuid>,
    #[orm(references(Stream.id, on_delete = set_null))]
    pub stream_id: Option<uuid::Uuid>,
    pub loan_id: Option<uuid::Uuid>,
    #[orm(index(name = "idx_transactions_type"))]
    pub r#type: TransactionType,
    #[orm(index(name = "idx_transactions_status"), default = TransactionStatus::Pending)]
    pub status: TransactionStatus,
    #[orm(numeric(20, 6))]
    pub amount_usdc: rust_decimal::Decimal,
    #[orm(numeric(20, 6), default = 0)]
    pub fee_usdc: Option<rust_decimal::Decimal>,
    #[orm(varchar(42), index(name = "idx_transactions_from"))]
    pub from_wallet: Option<String>,
    #[orm(varchar(42), index(name = "idx_transactions_to"))]
    pub to_wallet: Option<String>,
    #[orm(varchar(66), index(name = "idx_transactions_tx_hash"))]
    pub tx_hash: Option<String>,
    pub block_number: Option<i32>,
    #[orm(default = 0)]
    pub confirmations: Option<i32>,
    pub error_message: Option<String>,
    #[orm(default = 0)]
    pub retry_count: Option<i32>,
    #[orm(default = sql("'{}'::jsonb"))]
    pub metadata: Option<serde_json::Value>,
    #[orm(
        index(name = "idx_transactions_created"),
        index(name = "idx_transactions_pending", where = "status = 'pending'::public.transaction_status"),
        default = now(),
    )]
    pub created_at: Option<chrono::DateTime<chrono::Utc>>,
    pub confirmed_at: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "workers")]
pub struct Worker {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: uuid::Uuid,
    #[orm(varchar(255), unique, index(name = "idx_workers_email"))]
    pub email: Option<String>,
    #[orm(default = false)]
    pub email_verified: Option<bool>,
    #[orm(varchar(255))]
    pub password_hash: Option<String>,
    #[orm(varchar(100))]
    pub display_name: String,
    #[orm(varchar(42), unique, index(name = "idx_workers_wallet"))]
    pub wallet_address: String,
    #[orm(varchar(255))]
    pub wallet_id: Option<String>,
    #[orm(varchar(20))]
    pub phone_number: Option<String>,
    #[orm(default = false)]
    pub phone_verified: Option<bool>,
    #[orm(index(name = "idx_workers_reputation"), default = 100)]
    pub reputation_score: Option<i32>,
    #[orm(default = 0)]
    pub total_tasks_completed: Option<i32>,
    #[orm(numeric(20, 6), default = 0)]
    pub total_earnings_usdc: Option<rust_decimal::Decimal>,
    #[orm(varchar(20), index(name = "idx_workers_status"), default = "active")]
    pub status: Option<String>,
    #[orm(varchar(20), default = "not_required")]
    pub kyc_status: Option<String>,
    #[orm(default = sql("'{}'::jsonb"))]
    pub metadata: Option<serde_json::Value>,
    #[orm(index(name = "idx_workers_created"), default = now())]
    pub created_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(default = now())]
    pub updated_at: Option<chrono::DateTime<chrono::Utc>>,
    pub last_login_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// Everything that the database holds.
pub const SCHEMA: Schema = schema![
    LoanStatus,
    ReputationEventType,
    StreamStatus,
    TaskStatus,
    TaskType,
    TransactionStatus,
    TransactionType,
    AuditLog,
    Loan,
    Platform,
    ReputationEvent,
    Stream,
    Task,
    Transaction,
    Worker,
];
