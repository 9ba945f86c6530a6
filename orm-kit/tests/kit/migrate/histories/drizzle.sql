-- As drizzle-orm makes it, with two migrations applied.
create schema if not exists "drizzle";
create table "drizzle"."__drizzle_migrations" (id serial primary key, hash text not null, created_at bigint);
insert into "drizzle"."__drizzle_migrations" (hash, created_at) values
    ('563f', 1734221536864), ('a0c1', 1767225600000);
