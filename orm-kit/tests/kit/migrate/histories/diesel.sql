-- As Diesel makes it, with two migrations applied.
create table __diesel_schema_migrations (
    version varchar(50) primary key not null,
    run_on timestamp not null default current_timestamp
);
insert into __diesel_schema_migrations (version) values ('00000000000000'), ('20260301090000');
