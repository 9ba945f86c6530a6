create or replace function bridge.word(action video.audit_action, metadata jsonb) returns text
language plpgsql immutable set search_path = pg_catalog as $$
begin
    return case
        when metadata ? 'old_action' then metadata ->> 'old_action'
        when action = 'ROOM_ENDED' then 'meeting_closed'
        else regexp_replace(lower(action::text), '^room_', 'meeting_')
    end;
end
$$
