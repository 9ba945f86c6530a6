//! Those who have work done and pay for it.

use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq)]
pub struct PlatformId(pub Uuid);

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "platforms")]
pub struct Platform {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: PlatformId,
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
    pub total_payments_usdc: Option<Decimal>,
    #[orm(varchar(20), default = "active", index(name = "idx_platforms_status"))]
    pub status: Option<String>,
    #[orm(default = json!({}))]
    pub metadata: Option<Value>,
    #[orm(default = now())]
    pub created_at: Option<DateTime<Utc>>,
    #[orm(default = now(), on_update = now())]
    pub updated_at: Option<DateTime<Utc>>,
}
