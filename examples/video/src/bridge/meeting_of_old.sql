create or replace function bridge.meeting_of_old() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    if tg_op = 'DELETE' then
        delete from video.rooms where rooms.id = old.id;
    else
        perform bridge.move_meeting(new.id);
    end if;
    return null;
end
$$
