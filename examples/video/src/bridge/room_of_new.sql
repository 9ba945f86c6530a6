create or replace function bridge.room_of_new() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare
    now_is public.meetings_status_enum;
begin
    if tg_op = 'DELETE' then
        delete from public.meetings where meetings.id = old.id;
        return null;
    elsif new.deleted_at is not null then
        delete from public.meetings where meetings.id = new.id;
        return null;
    end if;
    now_is := case new.status when 'LIVE' then 'active' when 'CREATED' then 'waiting' else 'closed' end;
    if tg_op = 'INSERT' then
        insert into public.meetings
            (id, title, room_code, host_id, status, max_participants, started_at, ended_at,
             peak_participants, created_at, updated_at)
        values (
            new.id, new.title, new.room_code, new.owner_id, now_is, new.max_participants, new.started_at,
            new.ended_at, new.peak_participants, new.created_at, new.updated_at
        );
    else
        update public.meetings set
            title = new.title,
            room_code = new.room_code,
            host_id = new.owner_id,
            status = now_is,
            max_participants = new.max_participants,
            started_at = new.started_at,
            ended_at = new.ended_at,
            peak_participants = new.peak_participants,
            updated_at = new.updated_at
        where meetings.id = new.id;
    end if;
    return null;
end
$$
