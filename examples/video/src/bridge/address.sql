create or replace function bridge.address(word text) returns inet
language plpgsql immutable set search_path = pg_catalog as $$
begin
    return host(word::inet)::inet;
exception when invalid_text_representation then
    return null;
end
$$
