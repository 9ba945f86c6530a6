create schema if not exists "bridge";

create schema if not exists "video";

create type "video"."audit_action" as enum ('USER_REGISTERED', 'USER_LOGIN', 'USER_LOGOUT', 'USER_LOGIN_FAILED', 'USER_UPDATED', 'USER_DELETED', 'PASSWORD_CHANGED', 'PASSWORD_RESET', 'EMAIL_VERIFIED', 'PROVIDER_LINKED', 'PROVIDER_UNLINKED', 'ROOM_CREATED', 'ROOM_UPDATED', 'ROOM_SCHEDULED', 'ROOM_STARTED', 'ROOM_ENDED', 'ROOM_CANCELLED', 'ROOM_DELETED', 'PARTICIPANT_JOINED', 'PARTICIPANT_LEFT', 'PARTICIPANT_KICKED', 'PARTICIPANT_BANNED', 'PARTICIPANT_UNBANNED', 'PARTICIPANT_ROLE_CHANGED', 'RECORDING_STARTED', 'RECORDING_STOPPED', 'RECORDING_FAILED', 'RECORDING_DOWNLOADED', 'RECORDING_DELETED', 'PERMISSION_DENIED', 'SUSPICIOUS_ACTIVITY');

comment on type "video"."audit_action" is 'What is worth an entry in the audit log.';

create type "video"."auth_provider_type" as enum ('LOCAL', 'GOOGLE', 'GITHUB', 'MICROSOFT', 'APPLE', 'SAML');

comment on type "video"."auth_provider_type" is 'Who says who somebody is.';

create type "video"."participant_role" as enum ('HOST', 'CO_HOST', 'PARTICIPANT');

create type "video"."recording_status" as enum ('STARTED', 'IN_PROGRESS', 'STOPPED', 'FAILED', 'PROCESSING', 'READY');

create type "video"."room_status" as enum ('CREATED', 'LIVE', 'ENDED', 'CANCELLED');

create or replace function bridge.address(word text) returns inet
language plpgsql immutable set search_path = pg_catalog as $$
begin
    return host(word::inet)::inet;
exception when invalid_text_representation then
    return null;
end
$$;

create or replace function bridge.metadata(metadata jsonb, action text, address text) returns jsonb
language plpgsql immutable set search_path = pg_catalog as $$
begin
    return coalesce(metadata, '{}')
        || case
            when bridge.action(action) = 'SUSPICIOUS_ACTIVITY' and lower(action) <> 'suspicious_activity'
            then jsonb_build_object('old_action', action)
            else '{}'
        end
        || case
            when address is not null and bridge.address(address) is null
            then jsonb_build_object('old_address', address)
            else '{}'
        end;
end
$$;

create or replace function bridge.word(action video.audit_action, metadata jsonb) returns text
language plpgsql immutable set search_path = pg_catalog as $$
begin
    return case
        when metadata ? 'old_action' then metadata ->> 'old_action'
        when action = 'ROOM_ENDED' then 'meeting_closed'
        else regexp_replace(lower(action::text), '^room_', 'meeting_')
    end;
end
$$;

create or replace function bridge.action(word text) returns video.audit_action
language plpgsql immutable set search_path = pg_catalog as $$
declare
    label text := upper(regexp_replace(word, '^meeting_', 'room_'));
begin
    return case
        when label = 'ROOM_CLOSED' then 'ROOM_ENDED'
        when label = any (enum_range(null::video.audit_action)::text[]) then label
        -- What nobody has a name for is just that; `bridge.metadata` keeps the word.
        else 'SUSPICIOUS_ACTIVITY'
    end;
end
$$;

create or replace function bridge.log_of_new() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    insert into public.audit_logs (id, action, user_id, room_id, metadata, ip_address, created_at)
    values (
        new.id,
        bridge.word(new.action, new.metadata),
        new.user_id,
        new.room_id,
        new.metadata,
        host(new.ip_address),
        new."timestamp"
    )
    on conflict (id) do nothing;
    return null;
end
$$;

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
$$;

create or replace function bridge.meeting_of_old() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    if tg_op = 'DELETE' then
        delete from video.rooms where rooms.id = old.id;
        return null;
    end if;
    perform bridge.move_meeting(new.id);
    if tg_op = 'UPDATE' then
        update video.rooms set
            owner_id = new.host_id,
            room_code = new.room_code,
            title = new.title,
            max_participants = new.max_participants,
            -- Old code does not know the difference.
            status = case
                when rooms.status = 'CANCELLED' and new.status = 'closed' then rooms.status
                else bridge.status(new.status)
            end,
            started_at = new.started_at,
            ended_at = new.ended_at,
            peak_participants = new.peak_participants,
            duration_seconds = bridge.seconds(new.started_at, new.ended_at),
            updated_at = new.updated_at
        where rooms.id = new.id;
    end if;
    return null;
end
$$;

create or replace function bridge.move_meeting(wanted uuid) returns void
language plpgsql set search_path = pg_catalog as $$
declare
    it public.meetings;
begin
    if wanted is null or exists (select from video.rooms where rooms.id = wanted) then
        return;
    end if;
    select * into it from public.meetings where meetings.id = wanted for key share;
    if not found then
        return;
    end if;
    perform bridge.move_user(it.host_id);
    insert into video.rooms
        (id, owner_id, room_code, title, max_participants, status, started_at, ended_at,
         peak_participants, duration_seconds, created_at, updated_at)
    values (
        it.id, it.host_id, it.room_code, it.title, it.max_participants, bridge.status(it.status), it.started_at,
        it.ended_at, it.peak_participants, bridge.seconds(it.started_at, it.ended_at), it.created_at, it.updated_at
    )
    -- A step may be faster.
    on conflict (id) do nothing;
end
$$;

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
$$;

create or replace function bridge.room_of_new() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare
    now_is public.meetings_status_enum;
begin
    if tg_op = 'DELETE' then
        delete from public.meetings where meetings.id = old.id;
        return null;
    elsif new.deleted_at is not null then
        delete from public.meetings where meetings.id = new.id;
        return null;
    end if;
    now_is := case new.status when 'LIVE' then 'active' when 'CREATED' then 'waiting' else 'closed' end;
    if tg_op = 'INSERT' then
        insert into public.meetings
            (id, title, room_code, host_id, status, max_participants, started_at, ended_at,
             peak_participants, created_at, updated_at)
        values (
            new.id, new.title, new.room_code, new.owner_id, now_is, new.max_participants, new.started_at,
            new.ended_at, new.peak_participants, new.created_at, new.updated_at
        );
    else
        update public.meetings set
            title = new.title,
            room_code = new.room_code,
            host_id = new.owner_id,
            status = now_is,
            max_participants = new.max_participants,
            started_at = new.started_at,
            ended_at = new.ended_at,
            peak_participants = new.peak_participants,
            updated_at = new.updated_at
        where meetings.id = new.id;
    end if;
    return null;
end
$$;

create or replace function bridge.seconds(started_at timestamptz, ended_at timestamptz) returns integer
language plpgsql immutable set search_path = pg_catalog as $$
begin
    return trunc(extract(epoch from ended_at - started_at));
end
$$;

create or replace function bridge.status(status public.meetings_status_enum) returns video.room_status
language plpgsql immutable set search_path = pg_catalog as $$
begin
    return case status when 'active' then 'LIVE' when 'closed' then 'ENDED' else 'CREATED' end;
end
$$;

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
$$;

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
$$;

create table "video"."users" (
    "id" uuid not null default gen_random_uuid(),
    "username" character varying(50) not null,
    "email" character varying(255),
    "password_hash" character varying(255),
    "display_name" character varying(100),
    "is_active" boolean not null default true,
    "is_verified" boolean not null default false,
    "deleted_at" timestamp with time zone,
    "created_at" timestamp with time zone not null default now(),
    "updated_at" timestamp with time zone not null default now(),
    "last_login_at" timestamp with time zone,
    constraint "users_pkey" primary key ("id"),
    constraint "users_email_key" unique ("email"),
    constraint "users_username_key" unique ("username")
);

comment on column "video"."users"."email" is 'Cleared when the user is deleted.';

create index "users_active" on "video"."users" using "btree" ("is_active", "deleted_at") where (deleted_at is null);

create trigger bridge after insert or update or delete on video.users for each row
         when (pg_trigger_depth() = 0 and current_setting('bridge.moving', true) is distinct from 'yes')
         execute function bridge.user_of_new();

create table "video"."rooms" (
    "id" uuid not null default gen_random_uuid(),
    "owner_id" uuid not null,
    "room_code" character varying(20) not null,
    "title" character varying(255) not null,
    "description" text,
    "scheduled_start" timestamp with time zone,
    "scheduled_end" timestamp with time zone,
    "max_participants" integer not null default 100,
    "is_public" boolean not null default false,
    "is_recordable" boolean not null default true,
    "require_auth" boolean not null default true,
    "status" "video"."room_status" not null default 'CREATED',
    "started_at" timestamp with time zone,
    "ended_at" timestamp with time zone,
    "peak_participants" integer not null default 0,
    "total_joins" integer not null default 0,
    "duration_seconds" integer,
    "deleted_at" timestamp with time zone,
    "created_at" timestamp with time zone not null default now(),
    "updated_at" timestamp with time zone not null default now(),
    constraint "rooms_pkey" primary key ("id"),
    constraint "rooms_room_code_key" unique ("room_code"),
    constraint "rooms_check" check (scheduled_end > scheduled_start)
);

create index "rooms_owner_id_idx" on "video"."rooms" using "btree" ("owner_id");

create index "rooms_status_deleted_at_idx" on "video"."rooms" using "btree" ("status", "deleted_at");

create trigger bridge after insert or update or delete on video.rooms for each row
         when (pg_trigger_depth() = 0 and current_setting('bridge.moving', true) is distinct from 'yes')
         execute function bridge.room_of_new();

create table "video"."audit_logs" (
    "id" uuid not null default gen_random_uuid(),
    "action" "video"."audit_action" not null,
    "user_id" uuid,
    "room_id" uuid,
    "target_user_id" uuid,
    "metadata" jsonb not null default '{}',
    "ip_address" inet,
    "user_agent" text,
    "timestamp" timestamp with time zone not null default now(),
    constraint "audit_logs_pkey" primary key ("id")
);

comment on table "video"."audit_logs" is 'Who did what; only ever added to.';

create index "audit_logs_room_id_timestamp_idx" on "video"."audit_logs" using "btree" ("room_id", "timestamp" desc);

create index "audit_logs_user_id_idx" on "video"."audit_logs" using "btree" ("user_id");

create trigger bridge after insert on video.audit_logs for each row
         when (pg_trigger_depth() = 0 and current_setting('bridge.moving', true) is distinct from 'yes')
         execute function bridge.log_of_new();

create table "video"."auth_providers" (
    "id" uuid not null default gen_random_uuid(),
    "user_id" uuid not null,
    "provider_type" "video"."auth_provider_type" not null,
    "provider_id" character varying(255) not null,
    "provider_email" character varying(255),
    "access_token" text,
    "refresh_token" text,
    "token_expires_at" timestamp with time zone,
    "metadata" jsonb,
    "created_at" timestamp with time zone not null default now(),
    "updated_at" timestamp with time zone not null default now(),
    "last_used_at" timestamp with time zone,
    constraint "auth_providers_pkey" primary key ("id"),
    constraint "auth_providers_provider_type_provider_id_key" unique ("provider_type", "provider_id")
);

comment on table "video"."auth_providers" is 'A way for a user to log in.';

create index "auth_providers_user_id_idx" on "video"."auth_providers" using "btree" ("user_id");

create table "video"."recordings" (
    "id" uuid not null default gen_random_uuid(),
    "room_id" uuid not null,
    "owner_id" uuid not null,
    "storage_key" character varying(500) not null,
    "storage_url" text,
    "storage_bucket" character varying(100),
    "filename" character varying(255),
    "size_bytes" bigint,
    "duration_seconds" integer,
    "codec" character varying(20),
    "resolution" character varying(20),
    "fps" integer,
    "bitrate" integer,
    "status" "video"."recording_status" not null default 'STARTED',
    "started_at" timestamp with time zone not null default now(),
    "stopped_at" timestamp with time zone,
    "error_message" text,
    "retry_count" integer not null default 0,
    "is_public" boolean not null default false,
    "expires_at" timestamp with time zone,
    "deleted_at" timestamp with time zone,
    "created_at" timestamp with time zone not null default now(),
    "updated_at" timestamp with time zone not null default now(),
    constraint "recordings_pkey" primary key ("id"),
    constraint "recordings_storage_key_key" unique ("storage_key")
);

create index "recordings_expires_at_deleted_at_idx" on "video"."recordings" using "btree" ("expires_at", "deleted_at");

create index "recordings_owner_id_idx" on "video"."recordings" using "btree" ("owner_id");

create index "recordings_room_id_idx" on "video"."recordings" using "btree" ("room_id");

create table "video"."room_participants" (
    "id" uuid not null default gen_random_uuid(),
    "user_id" uuid not null,
    "room_id" uuid not null,
    "role" "video"."participant_role" not null default 'PARTICIPANT',
    "joined_at" timestamp with time zone not null default now(),
    "left_at" timestamp with time zone,
    "is_kicked" boolean not null default false,
    "kicked_at" timestamp with time zone,
    "kicked_by" uuid,
    "kick_reason" text,
    "is_banned" boolean not null default false,
    "banned_at" timestamp with time zone,
    "banned_by" uuid,
    "ban_reason" text,
    "duration_seconds" integer,
    constraint "room_participants_pkey" primary key ("id")
);

comment on table "video"."room_participants" is 'A user in a room, once for each time that they came.';

create index "participants_present" on "video"."room_participants" using "btree" ("room_id", "left_at") where (left_at is null);

create index "room_participants_room_id_idx" on "video"."room_participants" using "btree" ("room_id");

create index "room_participants_user_id_idx" on "video"."room_participants" using "btree" ("user_id");

alter table "video"."rooms" add constraint "rooms_owner_id_fkey" foreign key ("owner_id") references "video"."users" ("id");

alter table "video"."audit_logs" add constraint "audit_logs_room_id_fkey" foreign key ("room_id") references "video"."rooms" ("id") on delete set null;

alter table "video"."audit_logs" add constraint "audit_logs_target_user_id_fkey" foreign key ("target_user_id") references "video"."users" ("id") on delete set null;

alter table "video"."audit_logs" add constraint "audit_logs_user_id_fkey" foreign key ("user_id") references "video"."users" ("id") on delete set null;

alter table "video"."auth_providers" add constraint "auth_providers_user_id_fkey" foreign key ("user_id") references "video"."users" ("id") on delete cascade;

alter table "video"."recordings" add constraint "recordings_owner_id_fkey" foreign key ("owner_id") references "video"."users" ("id");

alter table "video"."recordings" add constraint "recordings_room_id_fkey" foreign key ("room_id") references "video"."rooms" ("id");

alter table "video"."room_participants" add constraint "room_participants_banned_by_fkey" foreign key ("banned_by") references "video"."users" ("id") on delete set null;

alter table "video"."room_participants" add constraint "room_participants_kicked_by_fkey" foreign key ("kicked_by") references "video"."users" ("id") on delete set null;

alter table "video"."room_participants" add constraint "room_participants_room_id_fkey" foreign key ("room_id") references "video"."rooms" ("id") on delete cascade;

alter table "video"."room_participants" add constraint "room_participants_user_id_fkey" foreign key ("user_id") references "video"."users" ("id") on delete cascade;

-- mizzle: transaction
-- By hand: users come first, then meetings, so that what one trigger moves ahead is kept alike by the others from the start.
create trigger bridge after insert or update or delete on public.users for each row
         when (pg_trigger_depth() = 0) execute function bridge.user_of_old();

-- mizzle: transaction

create trigger bridge after insert or update or delete on public.meetings for each row
         when (pg_trigger_depth() = 0) execute function bridge.meeting_of_old();

-- mizzle: transaction

create trigger bridge after insert on public.audit_logs for each row
         when (pg_trigger_depth() = 0) execute function bridge.log_of_old();
