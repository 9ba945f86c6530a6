-- table `meetings`: its rows are gone
-- table `users`: its rows are gone
-- table `audit_logs`: its rows are gone
-- mizzle: allow data-loss

alter table "public"."meetings" drop constraint "FK_6bf7c3bf900ea781101614178d0";

-- mizzle: transaction

drop table "public"."meetings";

-- mizzle: transaction

drop table "public"."users";

-- mizzle: transaction

drop table "public"."audit_logs";

drop type "public"."meetings_status_enum";
