//! `insert` of many rows: one text, whatever their number.

use crate::TestResult;
use crate::check::{check, check_command};
use crate::schema::{Membership, Note, Status, Worker, database};
use mizzle::prelude::*;

#[derive(Insert)]
#[orm(table = Worker)]
struct NewWorker<'a> {
    name: &'a str,
    email: Option<&'a str>,
    status: Status,
    boss_id: Option<i64>,
}

const WORKERS: &str = r#"insert into "workers" ("name", "email", "status", "boss_id") select r.c1, r.c2, r.c3::"status", r.c4 from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as r(c1, c2, c3, c4)"#;

fn new(name: &str) -> NewWorker<'_> {
    NewWorker { name, email: None, status: Status::Active, boss_id: None }
}

#[tokio::test]
async fn no_rows_write_nothing() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        insert(Worker).rows::<NewWorker<'_>>(&[]),
        WORKERS,
        &["{}::_text", "{}::_text", "{}::_text", "{}::_int8"],
    );
    assert_eq!(command.execute(&db).await?, 0);
    assert_eq!(select(Worker).count(&db).await?, 3);
    Ok(())
}

#[tokio::test]
async fn one_row_takes_the_defaults_of_columns_it_has_not() -> TestResult {
    let (db, _database) = database().await?;
    let rows = [NewWorker { boss_id: Some(2), ..new("Dan") }];
    let command = check_command(
        insert(Worker).rows(&rows),
        WORKERS,
        &["{'Dan'}::_text", "{null}::_text", "{'active'}::_text", "{2}::_int8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let dan = select(Worker).filter(Worker.name.eq("Dan")).one(&db).await?;
    assert_eq!((dan.id, dan.score, dan.boss_id), (4, 100, Some(2)));
    Ok(())
}

#[tokio::test]
async fn many_rows_are_one_array_a_column() -> TestResult {
    let (db, _database) = database().await?;
    let rows = vec![
        NewWorker { email: Some("dan@example.com"), ..new("Dan") },
        NewWorker { status: Status::Gone, ..new("E'v\"e, {}") },
        NewWorker { boss_id: Some(1), status: Status::OnLeave, ..new("") },
    ];
    let query = check(
        insert(Worker).rows(&rows).returning((
            Worker.id,
            Worker.name,
            Worker.email,
            Worker.status,
            Worker.boss_id,
        )),
        &format!(
            r#"{WORKERS} returning "workers"."id", "workers"."name", "workers"."email", "workers"."status", "workers"."boss_id""#
        ),
        &[
            "{'Dan','E'v\"e, {}',''}::_text",
            "{'dan@example.com',null,null}::_text",
            "{'active','gone','on_leave'}::_text",
            "{null,null,1}::_int8",
        ],
    );
    let expected = [
        (4, "Dan".to_owned(), Some("dan@example.com".to_owned()), Status::Active, None),
        (5, "E'v\"e, {}".to_owned(), None, Status::Gone, None),
        (6, String::new(), None, Status::OnLeave, Some(1)),
    ];
    assert_eq!(query.all(&db).await?, expected);
    Ok(())
}

#[derive(Insert)]
#[orm(table = Membership)]
struct Join {
    worker_id: i64,
    #[orm(column = team)]
    group: String,
}

#[derive(Insert)]
#[orm(table = Membership)]
struct DatedJoin<'a> {
    worker_id: &'a i64,
    team: &'a String,
    since: &'a Option<i32>,
}

#[tokio::test]
async fn a_field_may_be_called_otherwise_than_its_column() -> TestResult {
    let (db, _database) = database().await?;
    let rows = [Join { worker_id: 3, group: "green".to_owned() }];
    let command = check_command(
        insert(Membership).rows(&rows),
        r#"insert into "memberships" ("worker_id", "team") select r.c1, r.c2 from unnest($1::bigint[], $2::text[]) as r(c1, c2)"#,
        &["{3}::_int8", "{'green'}::_text"],
    );
    command.execute(&db).await?;
    assert_eq!(select(Membership).find((3, "green")).one(&db).await?.since, Some(2000));
    Ok(())
}

#[tokio::test]
async fn fields_may_be_references_and_none_is_null() -> TestResult {
    let (db, _database) = database().await?;
    let (worker_id, team, since) = (3, "green".to_owned(), None);
    let rows = [DatedJoin { worker_id: &worker_id, team: &team, since: &since }];
    let command = check_command(
        insert(Membership).rows(&rows),
        r#"insert into "memberships" ("worker_id", "team", "since") select r.c1, r.c2, r.c3 from unnest($1::bigint[], $2::text[], $3::integer[]) as r(c1, c2, c3)"#,
        &["{3}::_int8", "{'green'}::_text", "{null}::_int4"],
    );
    command.execute(&db).await?;
    assert_eq!(select(Membership).find((3, "green")).one(&db).await?.since, None);
    Ok(())
}

#[derive(Insert)]
#[orm(table = Note)]
struct NewNote {
    id: i32,
    body: String,
}

#[tokio::test]
async fn more_rows_than_a_statement_has_parameters() -> TestResult {
    let (db, _database) = database().await?;
    let rows: Vec<_> = (10..10 + 65_536).map(|id| NewNote { id, body: format!("note {id}") }).collect();
    assert_eq!(insert(Note).rows(&rows).execute(&db).await?, 65_536);
    assert_eq!(select(Note).filter(Note.id.gte(10)).count(&db).await?, 65_536);
    assert_eq!(select(Note.body).from(Note).filter(Note.id.eq(65_545)).one(&db).await?, "note 65545");
    Ok(())
}

#[tokio::test]
async fn one_bad_row_refuses_them_all() -> TestResult {
    let (db, _database) = database().await?;
    let rows = [10, 11, 1].map(|id| NewNote { id, body: String::new() });
    let error = insert(Note).rows(&rows).execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation());
    assert_eq!(select(Note).count(&db).await?, 2);
    Ok(())
}

#[tokio::test]
async fn text_longer_than_the_column_is_refused_not_cut() -> TestResult {
    let (db, _database) = database().await?;
    let long = "x".repeat(256);
    let rows = [NewWorker { email: Some(&long), ..new("Dan") }];
    let error = insert(Worker).rows(&rows).execute(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22001"));
    Ok(())
}

#[tokio::test]
async fn row_inserts_one_by_the_same_text() -> TestResult {
    let (db, _database) = database().await?;
    let dan = NewWorker { boss_id: Some(2), ..new("Dan") };
    let query = check(
        insert(Worker).row(&dan).returning(Worker.id),
        &format!(r#"{WORKERS} returning "workers"."id""#),
        &["{'Dan'}::_text", "{null}::_text", "{'active'}::_text", "{2}::_int8"],
    );
    assert_eq!(query.one(&db).await?, 4);
    Ok(())
}
