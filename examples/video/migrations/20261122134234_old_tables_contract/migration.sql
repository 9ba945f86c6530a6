-- mizzle: contract
-- table `meetings`: its rows are gone
-- table `users`: its rows are gone
-- table `audit_logs`: its rows are gone
-- mizzle: allow data-loss

drop trigger "bridge" on "video"."audit_logs";

-- mizzle: transaction

drop trigger "bridge" on "video"."rooms";

-- mizzle: transaction

drop trigger "bridge" on "video"."users";

-- mizzle: transaction

alter table "public"."meetings" drop constraint "FK_6bf7c3bf900ea781101614178d0";

-- mizzle: transaction

drop table "public"."meetings";

-- mizzle: transaction

drop table "public"."users";

-- mizzle: transaction

drop table "public"."audit_logs";

drop function "bridge"."user_of_old"();

drop function "bridge"."user_of_new"();

drop function "bridge"."status"(status meetings_status_enum);

drop function "bridge"."seconds"(started_at timestamp with time zone, ended_at timestamp with time zone);

drop function "bridge"."room_of_new"();

drop function "bridge"."move_user"(wanted uuid);

drop function "bridge"."move_meeting"(wanted uuid);

drop function "bridge"."meeting_of_old"();

drop function "bridge"."log_of_old"();

drop function "bridge"."log_of_new"();

drop function "bridge"."action"(word text);

drop function "bridge"."word"(action video.audit_action, metadata jsonb);

drop function "bridge"."metadata"(metadata jsonb, action text, address text);

drop function "bridge"."address"(word text);

drop type "public"."meetings_status_enum";

drop schema "bridge";
