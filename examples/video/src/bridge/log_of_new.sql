create or replace function bridge.log_of_new() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    insert into public.audit_logs (id, action, user_id, room_id, metadata, ip_address, created_at)
    values (
        new.id,
        bridge.word(new.action, new.metadata),
        new.user_id,
        new.room_id,
        new.metadata,
        host(new.ip_address),
        new."timestamp"
    )
    on conflict (id) do nothing;
    return null;
end
$$
