create or replace function bridge.metadata(metadata jsonb, action text, address text) returns jsonb
language plpgsql immutable set search_path = pg_catalog as $$
begin
    return coalesce(metadata, '{}')
        || case
            when bridge.action(action) = 'SUSPICIOUS_ACTIVITY' and lower(action) <> 'suspicious_activity'
            then jsonb_build_object('old_action', action)
            else '{}'
        end
        || case
            when address is not null and bridge.address(address) is null
            then jsonb_build_object('old_address', address)
            else '{}'
        end;
end
$$
