create or replace function bridge.user_of_old() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    if tg_op = 'DELETE' then
        delete from video.users where users.id = old.id;
        return null;
    end if;
    perform bridge.move_user(new.id);
    if tg_op = 'UPDATE' then
        update video.users set
            email = new.email,
            password_hash = new.password_hash,
            display_name = new.display_name,
            is_active = new.is_active,
            updated_at = new.updated_at
        -- What new code has deleted, old code does not bring back.
        where users.id = new.id and users.deleted_at is null;
        update video.auth_providers set provider_email = new.email
        where provider_type = 'LOCAL' and provider_id = new.id::text and provider_email <> new.email;
    end if;
    return null;
end
$$
