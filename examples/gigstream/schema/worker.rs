//! Those who work and are paid.

use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq)]
pub struct WorkerId(pub Uuid);

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "workers")]
pub struct Worker {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: WorkerId,
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
    #[orm(default = 100, index(name = "idx_workers_reputation"))]
    pub reputation_score: Option<i32>,
    #[orm(default = 0)]
    pub total_tasks_completed: Option<i32>,
    #[orm(numeric(20, 6), default = 0)]
    pub total_earnings_usdc: Option<Decimal>,
    #[orm(varchar(20), default = "active", index(name = "idx_workers_status"))]
    pub status: Option<String>,
    #[orm(varchar(20), default = "not_required")]
    pub kyc_status: Option<String>,
    #[orm(default = json!({}))]
    pub metadata: Option<Value>,
    #[orm(default = now(), index(name = "idx_workers_created"))]
    pub created_at: Option<DateTime<Utc>>,
    #[orm(default = now(), on_update = now())]
    pub updated_at: Option<DateTime<Utc>>,
    pub last_login_at: Option<DateTime<Utc>>,
}
