create or replace function bridge.move_meeting(wanted uuid) returns void
language plpgsql set search_path = pg_catalog as $$
declare
    it public.meetings;
begin
    if wanted is null or exists (select from video.rooms where rooms.id = wanted) then
        return;
    end if;
    select * into it from public.meetings where meetings.id = wanted for key share;
    if not found then
        return;
    end if;
    perform bridge.move_user(it.host_id);
    insert into video.rooms
        (id, owner_id, room_code, title, max_participants, status, started_at, ended_at,
         peak_participants, duration_seconds, created_at, updated_at)
    values (
        it.id, it.host_id, it.room_code, it.title, it.max_participants, bridge.status(it.status), it.started_at,
        it.ended_at, it.peak_participants, bridge.seconds(it.started_at, it.ended_at), it.created_at, it.updated_at
    )
    -- A step may be faster.
    on conflict (id) do nothing;
end
$$
