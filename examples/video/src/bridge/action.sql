create or replace function bridge.action(word text) returns video.audit_action
language plpgsql immutable set search_path = pg_catalog as $$
declare
    label text := upper(regexp_replace(word, '^meeting_', 'room_'));
begin
    return case
        when label = 'ROOM_CLOSED' then 'ROOM_ENDED'
        when label = any (enum_range(null::video.audit_action)::text[]) then label
        -- What nobody has a name for is just that; `bridge.metadata` keeps the word.
        else 'SUSPICIOUS_ACTIVITY'
    end;
end
$$
