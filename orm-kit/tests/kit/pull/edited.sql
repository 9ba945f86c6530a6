create type status as enum ('open', 'done');
create table workers (
    id bigint generated always as identity primary key,
    email varchar(255) not null unique,
    name text not null,
    settings jsonb not null default '{}',
    age integer,
    born date,
    status status not null default 'open',
    seen timestamptz not null default now()
);
create table jobs (id bigint primary key, worker_id bigint references workers);
create table notes (id bigint primary key, body text not null);
create function touch() returns integer language sql as $$ select 1 $$;
create view old_workers as select id, name from workers where name <> '';
