-- table `video.room_participants`: its rows are gone
-- table `video.recordings`: its rows are gone
-- table `video.auth_providers`: its rows are gone
-- table `video.audit_logs`: its rows are gone
-- table `video.rooms`: its rows are gone
-- table `video.users`: its rows are gone
-- mizzle: allow data-loss

drop trigger "bridge" on "public"."audit_logs";

-- mizzle: transaction

drop trigger "bridge" on "public"."meetings";

-- mizzle: transaction

drop trigger "bridge" on "public"."users";

-- mizzle: transaction

alter table "video"."room_participants" drop constraint "room_participants_banned_by_fkey";

-- mizzle: transaction

alter table "video"."room_participants" drop constraint "room_participants_kicked_by_fkey";

-- mizzle: transaction

alter table "video"."room_participants" drop constraint "room_participants_room_id_fkey";

-- mizzle: transaction

alter table "video"."room_participants" drop constraint "room_participants_user_id_fkey";

-- mizzle: transaction

drop table "video"."room_participants";

-- mizzle: transaction

alter table "video"."recordings" drop constraint "recordings_owner_id_fkey";

-- mizzle: transaction

alter table "video"."recordings" drop constraint "recordings_room_id_fkey";

-- mizzle: transaction

drop table "video"."recordings";

-- mizzle: transaction

alter table "video"."auth_providers" drop constraint "auth_providers_user_id_fkey";

-- mizzle: transaction

drop table "video"."auth_providers";

-- mizzle: transaction

alter table "video"."audit_logs" drop constraint "audit_logs_room_id_fkey";

-- mizzle: transaction

alter table "video"."audit_logs" drop constraint "audit_logs_target_user_id_fkey";

-- mizzle: transaction

alter table "video"."audit_logs" drop constraint "audit_logs_user_id_fkey";

-- mizzle: transaction

drop table "video"."audit_logs";

-- mizzle: transaction

alter table "video"."rooms" drop constraint "rooms_owner_id_fkey";

-- mizzle: transaction

drop table "video"."rooms";

-- mizzle: transaction

drop table "video"."users";

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

drop type "video"."room_status";

drop type "video"."recording_status";

drop type "video"."participant_role";

drop type "video"."auth_provider_type";

drop type "video"."audit_action";

drop schema "bridge";

drop schema "video";
