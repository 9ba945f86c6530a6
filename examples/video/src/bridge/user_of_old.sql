create or replace function bridge.user_of_old() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    if tg_op = 'DELETE' then
        delete from video.users where users.id = old.id;
    else
        perform bridge.move_user(new.id);
    end if;
    return null;
end
$$
