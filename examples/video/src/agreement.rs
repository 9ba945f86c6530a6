//! Whether the old and the new tables say the same, which they do whenever they are asked, once the move is done.

use mizzle::prelude::*;

/// What the two tables of a kind hold.
#[derive(Row, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// How many rows the old table has.
    pub old: i64,
    /// How many the new one has, without what old code would have removed.
    pub new: i64,
    /// How many there are in one of them only, or say something else there.
    pub differing: i64,
}

/// Asks for users, meetings and the audit log, each in one statement, so that it does not matter who writes meanwhile.
///
/// # Errors
/// If the server does.
pub async fn agreement(db: &Db) -> Result<[(&'static str, Agreement); 3], mizzle::Error> {
    let users = sql!(
        "select count(o.id), count(n.id), count(*) filter (where (
             o.email = coalesce(n.email, n.id || '@deleted.invalid')
             and o.password_hash = coalesce(n.password_hash, '')
             and o.display_name = coalesce(n.display_name, n.username)
             and o.is_active = (n.is_active and n.deleted_at is null)
             and (o.created_at, o.updated_at) = (n.created_at, n.updated_at)
             and (n.deleted_at is not null or exists (
                 select from video.auth_providers p
                 where p.user_id = n.id and p.provider_type = 'LOCAL' and p.provider_email = n.email))
         ) is not true)
         from public.users o full join video.users n on n.id = o.id"
    )
    .to::<Agreement>()
    .one(db)
    .await?;
    let meetings = sql!(
        "select count(o.id), count(n.id), count(*) filter (where (
             (o.title, o.room_code, o.host_id, o.max_participants, o.peak_participants, o.created_at, o.updated_at)
                 = (n.title, n.room_code, n.owner_id, n.max_participants, n.peak_participants, n.created_at, n.updated_at)
             and (o.started_at, o.ended_at) is not distinct from (n.started_at, n.ended_at)
             and o.status::text = case n.status when 'CREATED' then 'waiting' when 'LIVE' then 'active' else 'closed' end
             and n.duration_seconds is not distinct from trunc(extract(epoch from o.ended_at - o.started_at))
         ) is not true)
         from public.meetings o
         full join (select * from video.rooms where deleted_at is null) n on n.id = o.id"
    )
    .to::<Agreement>()
    .one(db)
    .await?;
    let logs = sql!(
        "select count(o.id), count(n.id), count(*) filter (where (
             o.action = bridge.word(n.action, n.metadata)
             and o.created_at = n.timestamp
             and coalesce(o.metadata, '{{}}') = n.metadata - 'old_action' - 'old_address'
             and o.ip_address is not distinct from coalesce(host(n.ip_address), n.metadata ->> 'old_address')
             and n.user_id is not distinct from (select u.id from video.users u where u.id = o.user_id)
             and n.room_id is not distinct from (select r.id from video.rooms r where r.id = o.room_id)
         ) is not true)
         from public.audit_logs o full join video.audit_logs n on n.id = o.id"
    )
    .to::<Agreement>()
    .one(db)
    .await?;
    Ok([("users", users), ("meetings", meetings), ("audit_logs", logs)])
}
