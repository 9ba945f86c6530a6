create or replace function bridge.user_of_new() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare
    -- Old code requires what new code may do without.
    its_email text;
    its_hash text;
    its_name text;
begin
    if tg_op = 'DELETE' then
        delete from public.users where users.id = old.id;
        return null;
    end if;
    its_email := coalesce(new.email, new.id || '@deleted.invalid');
    its_hash := coalesce(new.password_hash, '');
    its_name := coalesce(new.display_name, new.username);
    if tg_op = 'INSERT' then
        insert into public.users (id, email, password_hash, display_name, is_active, created_at, updated_at)
        values (new.id, its_email, its_hash, its_name, new.is_active, new.created_at, new.updated_at);
    else
        update public.users set
            email = its_email,
            password_hash = its_hash,
            display_name = its_name,
            is_active = new.is_active and new.deleted_at is null,
            updated_at = new.updated_at
        where users.id = new.id;
    end if;
    return null;
end
$$
