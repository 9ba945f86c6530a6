//! Platforms, and how the work they ordered goes.

use super::page::{Page, PageRequest};
use crate::schema::{Platform, PlatformId, Task, TaskStatus};
use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;

pub async fn register(
    db: &impl Executor,
    name: &str,
    email: &str,
    api_key_hash: &str,
) -> Result<Platform, mizzle::Error> {
    insert(Platform)
        .set(Platform.name, name)
        .set(Platform.email, email)
        .set(Platform.api_key_hash, api_key_hash)
        .returning(Platform)
        .one(db)
        .await
}

#[derive(Row, Debug, PartialEq)]
pub struct StatusLine {
    pub status: TaskStatus,
    pub tasks: i64,
    pub ordered: Decimal,
    pub paid: Decimal,
    pub average_rating: Option<Decimal>,
}

/// The tasks that were created in a period, by status.
pub async fn analytics(
    db: &impl Executor,
    platform: PlatformId,
    from: DateTime<Utc>,
    before: DateTime<Utc>,
) -> Result<Vec<StatusLine>, mizzle::Error> {
    select((
        Task.status,
        count(),
        coalesce(sum(Task.payment_amount_usdc), 0),
        coalesce(sum(Task.paid_amount_usdc), 0),
        avg(Task.worker_rating),
    ))
    .from(Task)
    .filter(Task.platform_id.eq(platform))
    .filter(Task.created_at.gte(from))
    .filter(Task.created_at.lt(before))
    .group_by(Task.status)
    .order_by(Task.status)
    .to::<StatusLine>()
    .all(db)
    .await
}

/// What is absent is not asked for.
#[derive(Debug, Default, Clone, Copy)]
pub struct PlatformFilter<'a> {
    pub status: Option<&'a str>,
    pub registered_from: Option<DateTime<Utc>>,
    pub registered_before: Option<DateTime<Utc>>,
    /// A part of the name or of the email address.
    pub search: Option<&'a str>,
}

/// A platform and how many tasks it has open.
#[derive(Row, Debug, PartialEq)]
pub struct PlatformLine {
    pub platform: Platform,
    pub open_tasks: i64,
}

pub async fn list(
    db: &impl Executor,
    filter: PlatformFilter<'_>,
    page: PageRequest,
) -> Result<Page<PlatformLine>, mizzle::Error> {
    let open = [TaskStatus::Created, TaskStatus::Assigned, TaskStatus::InProgress];
    let found = select((Platform, count_of(Task.id).filter(Task.status.in_(open))))
        .from(Platform)
        .left_join(Task, Task.platform_id.eq(Platform.id))
        .filter(filter.status.map(|status| Platform.status.eq(status)))
        .filter(filter.registered_from.map(|from| Platform.created_at.gte(from)))
        .filter(filter.registered_before.map(|before| Platform.created_at.lt(before)))
        .filter(filter.search.map(|part| Platform.name.icontains(part).or(Platform.email.icontains(part))))
        .group_by(Platform)
        .to::<PlatformLine>();
    let total = found.count(db).await?;
    let rows =
        found.order_by((Platform.name, Platform.id)).limit(page.size).offset(page.offset()).all(db).await?;
    Ok(Page { rows, total })
}
