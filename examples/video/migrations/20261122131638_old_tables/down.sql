create trigger bridge after insert on video.audit_logs for each row
         when (pg_trigger_depth() = 0 and current_setting('bridge.moving', true) is distinct from 'yes')
         execute function bridge.log_of_new();

-- mizzle: transaction

create trigger bridge after insert or update or delete on video.rooms for each row
         when (pg_trigger_depth() = 0 and current_setting('bridge.moving', true) is distinct from 'yes')
         execute function bridge.room_of_new();

-- mizzle: transaction

create trigger bridge after insert or update or delete on video.users for each row
         when (pg_trigger_depth() = 0 and current_setting('bridge.moving', true) is distinct from 'yes')
         execute function bridge.user_of_new();
