//! What keeps the old and the new tables alike while code of both runs: triggers that write to the one what is written to
//! the other, each in the transaction of whoever writes. They are gone with the old tables.
//!
//! Only what a program writes itself is passed on, or what is passed on would come back: that is `pg_trigger_depth() = 0`. Nor is
//! what a step moves, since it comes from there: it says [`moving`].
//!
//! Who writes the old row and who writes the new one of the same thing at the same moment wait for each other. PostgreSQL tells one
//! of them so (40P01), which is an error that may be tried again.

use crate::{old, schema};
use mizzle::object::{function, trigger};
use mizzle::prelude::*;

/// Everything that the database holds while both run.
pub const SCHEMA: Schema = schema![
    old::MeetingStatus,
    old::User,
    old::Meeting,
    old::AuditLog,
    schema::AuthProviderType,
    schema::RoomStatus,
    schema::ParticipantRole,
    schema::RecordingStatus,
    schema::AuditAction,
    schema::User,
    schema::AuthProvider,
    schema::Room,
    schema::RoomParticipant,
    schema::Recording,
    schema::AuditLog,
    ;
    function("move_user(wanted uuid)", include_str!("bridge/move_user.sql")).schema("bridge"),
    function("move_meeting(wanted uuid)", include_str!("bridge/move_meeting.sql")).schema("bridge"),
    function("status(status meetings_status_enum)", include_str!("bridge/status.sql")).schema("bridge"),
    function(
        "seconds(started_at timestamp with time zone, ended_at timestamp with time zone)",
        include_str!("bridge/seconds.sql")
    )
    .schema("bridge"),
    function("action(word text)", include_str!("bridge/action.sql")).schema("bridge"),
    function("word(action video.audit_action, metadata jsonb)", include_str!("bridge/word.sql")).schema("bridge"),
    function("address(word text)", include_str!("bridge/address.sql")).schema("bridge"),
    function("metadata(metadata jsonb, action text, address text)", include_str!("bridge/metadata.sql"))
        .schema("bridge"),
    function("user_of_old()", include_str!("bridge/user_of_old.sql")).schema("bridge"),
    function("meeting_of_old()", include_str!("bridge/meeting_of_old.sql")).schema("bridge"),
    function("log_of_old()", include_str!("bridge/log_of_old.sql")).schema("bridge"),
    function("user_of_new()", include_str!("bridge/user_of_new.sql")).schema("bridge"),
    function("room_of_new()", include_str!("bridge/room_of_new.sql")).schema("bridge"),
    function("log_of_new()", include_str!("bridge/log_of_new.sql")).schema("bridge"),
    trigger(
        "bridge",
        "create trigger bridge after insert or update or delete on public.users for each row
         when (pg_trigger_depth() = 0) execute function bridge.user_of_old()"
    )
    .on(old::User),
    trigger(
        "bridge",
        "create trigger bridge after insert or update or delete on public.meetings for each row
         when (pg_trigger_depth() = 0) execute function bridge.meeting_of_old()"
    )
    .on(old::Meeting),
    trigger(
        "bridge",
        "create trigger bridge after insert on public.audit_logs for each row
         when (pg_trigger_depth() = 0) execute function bridge.log_of_old()"
    )
    .on(old::AuditLog),
    trigger(
        "bridge",
        "create trigger bridge after insert or update or delete on video.users for each row
         when (pg_trigger_depth() = 0 and current_setting('bridge.moving', true) is distinct from 'yes')
         execute function bridge.user_of_new()"
    )
    .on(schema::User),
    trigger(
        "bridge",
        "create trigger bridge after insert or update or delete on video.rooms for each row
         when (pg_trigger_depth() = 0 and current_setting('bridge.moving', true) is distinct from 'yes')
         execute function bridge.room_of_new()"
    )
    .on(schema::Room),
    trigger(
        "bridge",
        "create trigger bridge after insert on video.audit_logs for each row
         when (pg_trigger_depth() = 0 and current_setting('bridge.moving', true) is distinct from 'yes')
         execute function bridge.log_of_new()"
    )
    .on(schema::AuditLog),
];

/// Says that what this transaction writes to the new tables comes from the old ones.
///
/// # Errors
/// If the server does.
pub async fn moving(tx: &Tx) -> Result<(), mizzle::Error> {
    tx.batch_execute("set local bridge.moving to 'yes'").await
}

/// Waits for whoever names a user, and lets nobody else do so until the end of the transaction.
///
/// # Errors
/// If the server does.
pub async fn naming(tx: &Tx) -> Result<(), mizzle::Error> {
    tx.batch_execute("select pg_advisory_xact_lock(hashtext('bridge.move_user'))").await
}
