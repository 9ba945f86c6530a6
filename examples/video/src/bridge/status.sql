create or replace function bridge.status(status public.meetings_status_enum) returns video.room_status
language plpgsql immutable set search_path = pg_catalog as $$
begin
    return case status when 'active' then 'LIVE' when 'closed' then 'ENDED' else 'CREATED' end;
end
$$
