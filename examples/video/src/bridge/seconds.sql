create or replace function bridge.seconds(started_at timestamptz, ended_at timestamptz) returns integer
language plpgsql immutable set search_path = pg_catalog as $$
begin
    return trunc(extract(epoch from ended_at - started_at));
end
$$
