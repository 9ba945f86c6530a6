create or replace function bridge.move_user(wanted uuid) returns void
language plpgsql set search_path = pg_catalog as $$
declare
    it public.users;
    base text;
    number integer := 1;
    taken text;
begin
    if wanted is null or exists (select from video.users where users.id = wanted) then
        return;
    end if;
    -- One at a time: of two that wait for each other's names, one would be turned away.
    perform pg_advisory_xact_lock(hashtext('bridge.move_user'));
    select * into it from public.users where users.id = wanted for key share;
    if not found or exists (select from video.users where users.id = wanted) then
        return;
    end if;
    base := coalesce(nullif(left(lower(split_part(it.email, '@', 1)), 40), ''), 'user');
    loop
        begin
            insert into video.users
                (id, username, email, password_hash, display_name, is_active, created_at, updated_at)
            values (
                it.id, base || coalesce(nullif(number, 1)::text, ''), it.email, it.password_hash,
                it.display_name, it.is_active, it.created_at, it.updated_at
            );
            exit;
        exception when unique_violation then
            get stacked diagnostics taken = constraint_name;
            if taken <> 'users_username_key' then
                raise;
            end if;
            number := number + 1;
        end;
    end loop;
    insert into video.auth_providers
        (user_id, provider_type, provider_id, provider_email, created_at, updated_at)
    values (it.id, 'LOCAL', it.id::text, it.email, it.created_at, it.updated_at);
end
$$
