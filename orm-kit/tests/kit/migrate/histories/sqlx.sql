-- As SQLx makes it, with two migrations applied.
create table _sqlx_migrations (
    version bigint primary key,
    description text not null,
    installed_on timestamptz not null default now(),
    success boolean not null,
    checksum bytea not null,
    execution_time bigint not null
);
insert into _sqlx_migrations (version, description, success, checksum, execution_time) values
    (20260101090000, 'init', true, '\x00', 1), (20260301090000, 'add tasks', true, '\x00', 1);
