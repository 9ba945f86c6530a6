create or replace function bridge.log_of_old() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    -- What it is about may not have been moved yet.
    perform bridge.move_user(new.user_id);
    perform bridge.move_meeting(new.room_id);
    insert into video.audit_logs (id, action, user_id, room_id, metadata, ip_address, "timestamp")
    values (
        new.id,
        bridge.action(new.action),
        (select users.id from video.users where users.id = new.user_id for key share),
        (select rooms.id from video.rooms where rooms.id = new.room_id for key share),
        bridge.metadata(new.metadata, new.action, new.ip_address),
        bridge.address(new.ip_address),
        new.created_at
    )
    on conflict (id) do nothing;
    return null;
end
$$
