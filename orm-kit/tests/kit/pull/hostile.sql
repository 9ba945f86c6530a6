create schema "Schema ""of""
many words";
create table "type" ("fn" integer primary key, "self" integer, "Self" integer, "super" integer, "gen" integer, "virtual" integer);
create table "Type" ("a b" integer, "a-b" integer, "a_b" integer, "A_B" integer, "2nd" integer, "größe" text, "日本" text, "😀" text, "x²" text);
create table "Option" ("Vec" text, "a""b" text unique, "a'b" text, "a\b" text, "line
break" text default 'line
break' check ("line
break" <> '"\'));
create table "Schema ""of""
many words"."a table; drop table x --" (
    "columns" integer,
    "deferrable" integer,
    "unique" integer,
    "include" integer,
    unique ("deferrable", "unique"),
    unique ("columns"),
    unique ("include", "columns") include ("unique")
);
create index on "Schema ""of""
many words"."a table; drop table x --" ("unique", "deferrable");
create table a23456789_123456789_123456789_123456789_123456789_123456789_123 (
    b23456789_123456789_123456789_123456789_123456789_123456789_123 integer primary key,
    c23456789_123456789_123456789_123456789_123456789_123456789_123 integer unique
        references a23456789_123456789_123456789_123456789_123456789_123456789_123
);
create index on a23456789_123456789_123456789_123456789_123456789_123456789_123 (c23456789_123456789_123456789_123456789_123456789_123456789_123);
create type "enum" as enum ('', 'a', 'A', 'a b', 'a_b', 'Self', 'None', '🦀', 'it''s', 'line
break');
create type "Schema ""of""
many words"."enum" as enum ('struct');
create table "SCHEMA" ("match" "enum" default 'A', "where" "Schema ""of""
many words"."enum" not null default 'struct', "crate" "enum"[] default '{a,"it''s"}');
create table workers (id integer);
create table worker (id integer);
create table "Workers" (id integer);
comment on table workers is E'a return \r, a */ end, `code` and \u202E writing';
