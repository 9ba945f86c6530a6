create type auth_provider_type as enum ('LOCAL', 'GOOGLE', 'GITHUB', 'MICROSOFT', 'APPLE', 'SAML');
create type room_status as enum ('CREATED', 'LIVE', 'ENDED', 'CANCELLED');
create type participant_role as enum ('HOST', 'CO_HOST', 'PARTICIPANT');
create type recording_status as enum ('STARTED', 'IN_PROGRESS', 'STOPPED', 'FAILED', 'PROCESSING', 'READY');
create type audit_action as enum ('USER_REGISTERED', 'ROOM_CREATED', 'SUSPICIOUS_ACTIVITY');
create table users (
    id uuid primary key default gen_random_uuid(),
    username varchar(50) not null unique,
    email varchar(255) unique,
    password_hash varchar(255),
    display_name varchar(100),
    is_active boolean not null default true,
    is_verified boolean not null default false,
    deleted_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    last_login_at timestamptz
);
create index users_active on users (is_active, deleted_at) where deleted_at is null;
create table auth_providers (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users on delete cascade,
    provider_type auth_provider_type not null,
    provider_id varchar(255) not null,
    provider_email varchar(255),
    access_token text,
    refresh_token text,
    token_expires_at timestamptz,
    metadata jsonb,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    last_used_at timestamptz,
    constraint auth_providers_once unique (provider_type, provider_id)
);
create index on auth_providers (user_id);
create table rooms (
    id uuid primary key default gen_random_uuid(),
    owner_id uuid not null references users,
    room_code varchar(20) not null unique,
    title varchar(255) not null,
    description text,
    scheduled_start timestamptz,
    scheduled_end timestamptz,
    max_participants integer not null default 100,
    is_public boolean not null default false,
    is_recordable boolean not null default true,
    require_auth boolean not null default true,
    status room_status not null default 'CREATED',
    started_at timestamptz,
    ended_at timestamptz,
    peak_participants integer not null default 0,
    total_joins integer not null default 0,
    duration_seconds integer,
    deleted_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (scheduled_end > scheduled_start)
);
create index on rooms (status, deleted_at);
create table room_participants (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users on delete cascade,
    room_id uuid not null references rooms on delete cascade,
    role participant_role not null default 'PARTICIPANT',
    joined_at timestamptz not null default now(),
    left_at timestamptz,
    is_kicked boolean not null default false,
    kicked_at timestamptz,
    kicked_by uuid references users on delete set null,
    kick_reason text,
    is_banned boolean not null default false,
    banned_at timestamptz,
    banned_by uuid references users on delete set null,
    ban_reason text,
    duration_seconds integer
);
create index participants_present on room_participants (room_id, left_at) where left_at is null;
create table recordings (
    id uuid primary key default gen_random_uuid(),
    room_id uuid not null references rooms,
    owner_id uuid not null references users,
    storage_key varchar(500) not null unique,
    storage_url text,
    storage_bucket varchar(100),
    filename varchar(255),
    size_bytes bigint,
    duration_seconds integer,
    codec varchar(20),
    resolution varchar(20),
    fps integer,
    bitrate integer,
    status recording_status not null default 'STARTED',
    started_at timestamptz not null default now(),
    stopped_at timestamptz,
    error_message text,
    retry_count integer not null default 0,
    is_public boolean not null default false,
    expires_at timestamptz,
    deleted_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index on recordings (expires_at, deleted_at);
create table audit_logs (
    id uuid not null default gen_random_uuid(),
    action audit_action not null,
    user_id uuid references users on delete set null,
    room_id uuid references rooms on delete set null,
    target_user_id uuid references users on delete set null,
    metadata jsonb not null default '{}',
    ip_address inet,
    user_agent text,
    "timestamp" timestamptz not null default now(),
    primary key (id, "timestamp")
) partition by range ("timestamp");
create index on audit_logs (room_id, "timestamp" desc);
create table audit_logs_2026_11 partition of audit_logs for values from ('2026-11-01') to ('2026-12-01');
create table audit_logs_2026_12 partition of audit_logs for values from ('2026-12-01') to ('2027-01-01');
