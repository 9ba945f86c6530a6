-- As Prisma 7 makes it, with two migrations applied.
create table "_prisma_migrations" (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
);
insert into "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, rolled_back_at) values
    ('a', '0', '20260101090000_init', '2026-01-01', '2026-01-01', null),
    ('b', '0', '20260301090000_tasks', '2026-03-01', null, '2026-03-02'),
    ('c', '0', '20260301090000_tasks', '2026-03-02', '2026-03-02', null);
