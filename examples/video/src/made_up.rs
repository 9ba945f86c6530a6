//! Rows of the old tables, the same each time.

use crate::old::{AuditLog, Meeting, User};
use mizzle::prelude::*;

/// How many rows there are to be.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    /// Ten share each name before the `@`; 5,000 at most.
    pub users: i32,
    /// One in ten waits, one in ten is under way.
    pub meetings: i32,
    /// Some are about what is gone, or say what nobody understands any more.
    pub logs: i32,
}

/// Fills the old tables.
///
/// # Errors
/// If the server does, or there are rows already.
pub async fn fill(db: &Db, amount: Amount) -> Result<(), mizzle::Error> {
    let Amount { users, meetings, logs } = amount;
    sql!(
        "insert into {User} (id, email, password_hash, display_name, is_active, created_at, updated_at)
         select md5('user' || n)::uuid, first || '.' || last || '@' || domain, 'bcrypt$' || n,
             initcap(first || ' ' || last), n % 50 <> 0, at, at + interval '1 day'
         from generate_series(0, {users} - 1) n
         cross join lateral (select
             (array['Ada', 'bob', 'cleo', 'dan', 'eve', 'fay', 'gus', 'hal', 'ida', 'jo', 'kim', 'lea', 'max', 'ned',
                 'ola', 'pam', 'quin', 'rob', 'sue', 'tom'])[1 + n / 10 % 20] as first,
             (array['archer', 'baker', 'cook', 'dyer', 'eaton', 'fisher', 'gardener', 'hunter', 'inman', 'joiner',
                 'king', 'lister', 'mason', 'naylor', 'ostler', 'potter', 'quill', 'reeve', 'smith', 'tailor',
                 'usher', 'verger', 'weaver', 'yeoman', 'zeller'])[1 + n / 200] as last,
             (array['example.com', 'example.org', 'example.net', 'mail.example', 'post.example', 'home.example',
                 'work.example', 'school.example', 'club.example', 'shop.example'])[1 + n % 10] as domain,
             timestamptz '2024-01-01 08:00:00.25Z' + n * interval '7 minutes' as at) made"
    )
    .execute(db)
    .await?;
    sql!(
        "insert into {Meeting} (id, title, room_code, host_id, status, started_at, ended_at, peak_participants,
             created_at, updated_at)
         select md5('meeting' || n)::uuid, 'Meeting ' || n, left(md5('code' || n), 4) || '-' || n,
             md5('user' || n * 7 % {users})::uuid,
             case n % 10 when 0 then 'waiting' when 1 then 'active' else 'closed' end::meetings_status_enum,
             case when n % 10 > 0 then at end,
             case when n % 10 > 1 then at + n % 5400 * interval '1.5 seconds' end,
             case when n % 10 > 0 then 1 + n % 30 else 0 end, at, at + interval '2 hours'
         from generate_series(0, {meetings} - 1) n
         cross join lateral (select timestamptz '2024-03-01 09:00Z' + n * interval '11 minutes' as at) made"
    )
    .execute(db)
    .await?;
    sql!(
        "insert into {AuditLog} (id, action, user_id, room_id, metadata, ip_address, created_at)
         select md5('log' || n)::uuid,
             case when n % 997 = 0 then 'Frobnicated' else (array['user_registered', 'user_login', 'user_logout',
                 'meeting_created', 'meeting_started', 'meeting_closed', 'password_changed'])[1 + n % 7] end,
             case when n % 400 > 0 then md5('user' || n % {users})::uuid end,
             md5(case when n % 333 = 0 then 'gone' else 'meeting' end || n % {meetings})::uuid,
             case when n % 3 = 0 then jsonb_build_object('n', n) end,
             case when n % 501 = 0 then 'unknown' when n % 5 > 0 then '198.51.100.' || n % 250 end,
             timestamptz '2024-03-01 09:00Z' + n * interval '3 minutes'
         from generate_series(0, {logs} - 1) n"
    )
    .execute(db)
    .await?;
    // What the progress of a step counts to.
    db.batch_execute("analyze").await
}
