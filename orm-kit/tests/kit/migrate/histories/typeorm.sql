-- As TypeORM makes it, with two migrations applied.
create table "migrations" (
    "id" serial not null,
    "timestamp" bigint not null,
    "name" character varying not null,
    constraint "PK_8c82d7f526340ab734260ea46be" primary key ("id")
);
insert into "migrations" ("timestamp", "name") values
    (1734221536864, 'Init1734221536864'), (1767225600000, 'Tasks1767225600000');
