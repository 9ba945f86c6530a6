create or replace function bridge.meeting_of_old() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    if tg_op = 'DELETE' then
        delete from video.rooms where rooms.id = old.id;
        return null;
    end if;
    perform bridge.move_meeting(new.id);
    if tg_op = 'UPDATE' then
        update video.rooms set
            owner_id = new.host_id,
            room_code = new.room_code,
            title = new.title,
            max_participants = new.max_participants,
            -- Old code does not know the difference.
            status = case
                when rooms.status = 'CANCELLED' and new.status = 'closed' then rooms.status
                else bridge.status(new.status)
            end,
            started_at = new.started_at,
            ended_at = new.ended_at,
            peak_participants = new.peak_participants,
            duration_seconds = bridge.seconds(new.started_at, new.ended_at),
            updated_at = new.updated_at
        where rooms.id = new.id;
    end if;
    return null;
end
$$
