-- mizzle: contract
-- By hand: old code reads what these triggers write, so they go when it has gone.
drop trigger "bridge" on "video"."audit_logs";

-- mizzle: transaction

drop trigger "bridge" on "video"."rooms";

-- mizzle: transaction

drop trigger "bridge" on "video"."users";
