create or replace function bridge.move_meeting(wanted uuid) returns void
language plpgsql set search_path = pg_catalog as $$
declare
    it public.meetings;
    now_is video.room_status;
    lasted integer;
begin
    select * into it from public.meetings where meetings.id = wanted;
    if not found then
        return;
    end if;
    -- Its host may not have been moved yet.
    perform bridge.move_user(it.host_id)
    where not exists (select from video.users where users.id = it.host_id);
    now_is := case it.status when 'active' then 'LIVE' when 'closed' then 'ENDED' else 'CREATED' end;
    lasted := trunc(extract(epoch from it.ended_at - it.started_at));
    -- Not by `on conflict`, whose lock keeps others from referring to the room.
    update video.rooms set
        owner_id = it.host_id,
        room_code = it.room_code,
        title = it.title,
        max_participants = it.max_participants,
        -- Old code does not know the difference.
        status = case when now_is = 'ENDED' and rooms.status = 'CANCELLED' then rooms.status else now_is end,
        started_at = it.started_at,
        ended_at = it.ended_at,
        peak_participants = it.peak_participants,
        duration_seconds = lasted,
        updated_at = it.updated_at
    where rooms.id = it.id;
    if found then
        return;
    end if;
    insert into video.rooms
        (id, owner_id, room_code, title, max_participants, status, started_at, ended_at,
         peak_participants, duration_seconds, created_at, updated_at)
    values (
        it.id, it.host_id, it.room_code, it.title, it.max_participants, now_is, it.started_at, it.ended_at,
        it.peak_participants, lasted, it.created_at, it.updated_at
    )
    -- A step has been faster.
    on conflict (id) do update set
        owner_id = excluded.owner_id,
        room_code = excluded.room_code,
        title = excluded.title,
        max_participants = excluded.max_participants,
        status = excluded.status,
        started_at = excluded.started_at,
        ended_at = excluded.ended_at,
        peak_participants = excluded.peak_participants,
        duration_seconds = excluded.duration_seconds,
        updated_at = excluded.updated_at;
end
$$
