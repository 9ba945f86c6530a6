//! The text that makes a schema.

use crate::TestResult;
use crate::catalog::Catalog;
use mizzle::prelude::*;

/// How far a task is.
#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum TaskStatus {
    Created,
    #[orm(rename = "it's done")]
    Done,
}

#[derive(PgNewtype, Debug, Clone, PartialEq, Eq)]
#[orm(domain = "email", type = "varchar(255)", check = "value like '%@%'")]
struct Email(String);

/// Someone who takes on tasks.
#[derive(Table, Debug, PartialEq)]
#[orm(table = "workers", schema = "app")]
struct Worker {
    #[orm(primary_key, identity)]
    id: i64,
    /// It's where they are written to.
    #[orm(unique)]
    email: Option<Email>,
}

#[derive(Table, Debug, PartialEq)]
#[orm(index(name = "tasks_open_idx", columns(title.desc()), where = "status = 'created'"))]
struct Task {
    #[orm(primary_key, default = 0)]
    id: i32,
    #[orm(references(Worker.id, on_delete = cascade))]
    worker_id: i64,
    #[orm(varchar(100), check = "title <> ''")]
    title: String,
    #[orm(default = TaskStatus::Created)]
    status: TaskStatus,
    #[orm(generated = "title || '!'")]
    loud: String,
}

const SCHEMA: Schema = schema![Task, Worker, Email, TaskStatus];

const SQL: &str = r#"create schema if not exists "app";
create domain "email" as varchar(255) constraint "email_check" check (value like '%@%');
create type "task_status" as enum ('created', 'it''s done');
comment on type "task_status" is 'How far a task is.';
create table "task" (
    "id" integer not null default 0,
    "worker_id" bigint not null,
    "title" varchar(100) not null,
    "status" "task_status" not null default 'created',
    "loud" text generated always as (title || '!') stored not null,
    constraint "task_pkey" primary key ("id"),
    constraint "task_title_check" check (title <> '')
);
create table "app"."workers" (
    "id" bigint not null generated always as identity,
    "email" "email",
    constraint "workers_pkey" primary key ("id"),
    constraint "workers_email_key" unique ("email")
);
comment on table "app"."workers" is 'Someone who takes on tasks.';
comment on column "app"."workers"."email" is 'It''s where they are written to.';
create index "tasks_open_idx" on "task" ("title" desc) where status = 'created';
alter table "task" add constraint "task_worker_id_fkey" foreign key ("worker_id") references "app"."workers" ("id") on delete cascade;
"#;

#[tokio::test]
async fn a_schema_is_made_in_an_order_that_runs_whatever_the_list_was() -> TestResult {
    assert_eq!(SCHEMA.create_sql(), SQL);
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    let email = Email("ada@example.com".to_owned());
    let worker = insert(Worker).set(Worker.email, &email).returning(Worker).one(&db).await?;
    assert_eq!(worker, Worker { id: 1, email: Some(email) });
    let task = insert(Task).set(Task.worker_id, 1).set(Task.title, "Ship").returning(Task).one(&db).await?;
    let expected = Task {
        id: 0,
        worker_id: 1,
        title: "Ship".to_owned(),
        status: TaskStatus::Created,
        loud: "Ship!".to_owned(),
    };
    assert_eq!(task, expected);
    assert!(
        insert(Worker)
            .set(Worker.email, Email("x".to_owned()))
            .execute(&db)
            .await
            .unwrap_err()
            .is_check_violation()
    );
    Ok(())
}

#[tokio::test]
async fn nothing_makes_nothing() -> TestResult {
    const EMPTY: Schema = schema![];
    assert_eq!(EMPTY.create_sql(), "");
    Catalog::create(&EMPTY).await?;
    Ok(())
}

#[tokio::test]
async fn domains_and_enums_carry_what_was_said_of_them() -> TestResult {
    let catalog = Catalog::create(&SCHEMA).await?;
    let domain = "select format_type(t.typbasetype, t.typtypmod) || ' ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
        from pg_type t join pg_constraint c on c.contypid = t.oid where t.typname = $1";
    assert_eq!(
        catalog.lines(domain, "email").await?,
        ["character varying(255) email_check CHECK (((VALUE)::text ~~ '%@%'::text))"]
    );
    let labels =
        "select enumlabel::text from pg_enum where enumtypid = $1::text::regtype order by enumsortorder";
    assert_eq!(catalog.lines(labels, "task_status").await?, ["created", "it's done"]);
    let comment = "select obj_description($1::text::regtype, 'pg_type')";
    assert_eq!(catalog.lines(comment, "task_status").await?, ["How far a task is."]);
    Ok(())
}
