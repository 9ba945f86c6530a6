create type "public"."meetings_status_enum" as enum ('active', 'closed', 'waiting');

create table "public"."audit_logs" (
    "id" uuid not null default gen_random_uuid(),
    "action" character varying(50) not null,
    "user_id" uuid,
    "room_id" uuid,
    "metadata" jsonb,
    "ip_address" character varying(45),
    "created_at" timestamp with time zone not null default now(),
    constraint "PK_1bb179d048bbc581caa3b013439" primary key ("id")
);

comment on table "public"."audit_logs" is 'Who did what; TypeORM was told of no relation, so that an entry outlives the meeting that it is about.';

create table "public"."users" (
    "id" uuid not null default gen_random_uuid(),
    "email" character varying(255) not null,
    "password_hash" character varying(255) not null,
    "display_name" character varying(100) not null,
    "is_active" boolean not null default true,
    "created_at" timestamp with time zone not null default now(),
    "updated_at" timestamp with time zone not null default now(),
    constraint "PK_a3ffb1c0c8416b9fc6f907b7433" primary key ("id"),
    constraint "UQ_97672ac88f789774dd47f7c8be3" unique ("email")
);

create table "public"."meetings" (
    "id" uuid not null default gen_random_uuid(),
    "title" character varying(255) not null,
    "room_code" character varying(20) not null,
    "host_id" uuid not null,
    "status" "public"."meetings_status_enum" not null default 'waiting',
    "max_participants" integer not null default 100,
    "started_at" timestamp with time zone,
    "ended_at" timestamp with time zone,
    "peak_participants" integer not null default 0,
    "created_at" timestamp with time zone not null default now(),
    "updated_at" timestamp with time zone not null default now(),
    constraint "PK_aa73be861afa77eb4ed31f3ed57" primary key ("id"),
    constraint "UQ_affc22de1b60cd232211c2c3335" unique ("room_code")
);

alter table "public"."meetings" add constraint "FK_6bf7c3bf900ea781101614178d0" foreign key ("host_id") references "public"."users" ("id");
