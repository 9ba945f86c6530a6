create or replace function bridge.move_user(wanted uuid) returns void
language plpgsql set search_path = pg_catalog as $$
declare
    it public.users;
    base text;
    number integer := 1;
    taken text;
    is_new boolean;
begin
    select * into it from public.users where users.id = wanted;
    if not found then
        return;
    end if;
    -- Not by `on conflict`, whose lock keeps others from referring to the user.
    update video.users set
        email = it.email,
        password_hash = it.password_hash,
        display_name = it.display_name,
        is_active = it.is_active,
        updated_at = it.updated_at
    -- What new code has deleted, old code does not bring back.
    where users.id = it.id and users.deleted_at is null;
    if found then
        update video.auth_providers set provider_email = it.email
        where provider_type = 'LOCAL' and provider_id = it.id::text and provider_email <> it.email;
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
            )
            -- A step has been faster.
            on conflict (id) do update set
                email = excluded.email,
                password_hash = excluded.password_hash,
                display_name = excluded.display_name,
                is_active = excluded.is_active,
                updated_at = excluded.updated_at
            where users.deleted_at is null
            returning xmax = 0 into is_new;
            exit;
        exception when unique_violation then
            get stacked diagnostics taken = constraint_name;
            if taken <> 'users_username_key' then
                raise;
            end if;
            number := number + 1;
        end;
    end loop;
    if is_new then
        insert into video.auth_providers
            (user_id, provider_type, provider_id, provider_email, created_at, updated_at)
        values (it.id, 'LOCAL', it.id::text, it.email, it.created_at, it.updated_at);
    end if;
end
$$
