//! `update` of many rows with different values: one text, whatever their number.

use crate::TestResult;
use crate::check::{check, check_command};
use crate::schema::{Membership, Note, Status, Task, Worker, database};
use mizzle::prelude::*;

#[derive(Update)]
#[orm(table = Worker)]
struct NewStatus<'a> {
    id: i64,
    email: Option<&'a str>,
    #[orm(column = status)]
    state: Status,
}

const WORKERS: &str = r#"update "workers" set "email" = r.c2, "status" = r.c3::"status" from unnest($1::bigint[], $2::text[], $3::text[]) as r(c1, c2, c3) where "workers"."id" = r.c1"#;

#[tokio::test]
async fn each_row_goes_to_its_key() -> TestResult {
    let (db, _database) = database().await?;
    let rows = [
        NewStatus { id: 3, email: None, state: Status::Gone },
        NewStatus { id: 1, email: Some("a"), state: Status::OnLeave },
        NewStatus { id: 9, email: Some("nobody"), state: Status::OnLeave },
    ];
    let query = check(
        update(Worker).rows(&rows).returning((Worker.id, Worker.email, Worker.status)),
        &format!(r#"{WORKERS} returning "workers"."id", "workers"."email", "workers"."status""#),
        &["{3,1,9}::_int8", "{null,'a','nobody'}::_text", "{'gone','on_leave','on_leave'}::_text"],
    );
    let mut written = query.all(&db).await?;
    written.sort_by_key(|(id, ..)| *id);
    assert_eq!(written, [(1, Some("a".to_owned()), Status::OnLeave), (3, None, Status::Gone)]);
    assert_eq!(select(Worker).find(2).one(&db).await?.status, Status::OnLeave);
    Ok(())
}

#[tokio::test]
async fn no_rows_write_nothing() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        update(Worker).rows::<NewStatus<'_>>(&[]),
        WORKERS,
        &["{}::_int8", "{}::_text", "{}::_text"],
    );
    assert_eq!(command.execute(&db).await?, 0);
    Ok(())
}

#[derive(Update)]
#[orm(table = Task)]
struct NewLabels {
    labels: Vec<String>,
    id: i64,
    hours: f64,
}

#[tokio::test]
async fn array_columns_are_grouped_again() -> TestResult {
    let (db, _database) = database().await?;
    let row = |id, labels: &[&str]| NewLabels {
        id,
        labels: labels.iter().map(|l| (*l).to_owned()).collect(),
        hours: 3.0,
    };
    let rows = [row(1, &["b", "a"]), row(2, &["z"]), row(3, &[])];
    let command = check_command(
        update(Task).rows(&rows),
        r#"update "tasks" set "labels" = case when r.c1 then coalesce(a1.elements, '{}') end, "hours" = r.c3 from unnest($1::boolean[], $2::bigint[], $3::double precision[]) with ordinality as r(c1, c2, c3, n) left join (select n, array_agg(e order by o) as elements from unnest($4::text[], $5::bigint[]) with ordinality as u(e, n, o) group by n) as a1 on a1.n = r.n where "tasks"."id" = r.c2"#,
        &[
            "{true,true,true}::_bool",
            "{1,2,3}::_int8",
            "{3,3,3}::_float8",
            "{'b','a','z'}::_text",
            "{1,1,2}::_int8",
        ],
    );
    assert_eq!(command.execute(&db).await?, 3);
    let labels = select(Task.labels).from(Task).order_by(Task.id).all(&db).await?;
    assert_eq!(labels, [vec!["b".to_owned(), "a".to_owned()], vec!["z".to_owned()], vec![]]);
    Ok(())
}

#[derive(Update)]
#[orm(table = Membership)]
struct Since<'a> {
    worker_id: i64,
    team: &'a str,
    since: Option<i32>,
}

#[tokio::test]
async fn a_key_may_have_several_columns() -> TestResult {
    let (db, _database) = database().await?;
    let rows = [
        Since { worker_id: 1, team: "blue", since: None },
        Since { worker_id: 2, team: "blue", since: Some(7) },
        Since { worker_id: 2, team: "red", since: Some(8) },
    ];
    let command = check_command(
        update(Membership).rows(&rows),
        r#"update "memberships" set "since" = r.c3 from unnest($1::bigint[], $2::text[], $3::integer[]) as r(c1, c2, c3) where "memberships"."worker_id" = r.c1 and "memberships"."team" = r.c2"#,
        &["{1,2,2}::_int8", "{'blue','blue','red'}::_text", "{null,7,8}::_int4"],
    );
    assert_eq!(command.execute(&db).await?, 2);
    let since =
        select(Membership.since).from(Membership).order_by(Membership.worker_id).order_by(Membership.team);
    assert_eq!(since.all(&db).await?, [None, None, Some(7)]);
    Ok(())
}

#[derive(Update)]
#[orm(table = Note)]
struct NewBody {
    id: i32,
    body: String,
    mark: i32,
}

#[tokio::test]
async fn on_update_columns_are_written_unless_the_rows_have_them() -> TestResult {
    let (db, _database) = database().await?;
    let rows: Vec<_> = (0..3).map(|id| NewBody { id, body: format!("b{id}"), mark: id }).collect();
    let command = check_command(
        update(Note).rows(&rows),
        r#"update "notes" set "body" = r.c2, "mark" = r.c3, "state" = E'it''s \\changed', "status" = 'gone', "changed" = 1 + 1 = 2 or false from unnest($1::integer[], $2::text[], $3::integer[]) as r(c1, c2, c3) where "notes"."id" = r.c1"#,
        &["{0,1,2}::_int4", "{'b0','b1','b2'}::_text", "{0,1,2}::_int4"],
    );
    assert_eq!(command.execute(&db).await?, 2);
    let notes = select((Note.body, Note.mark, Note.status)).from(Note).order_by(Note.id).all(&db).await?;
    assert_eq!(notes, [("b1".to_owned(), 1, Status::Gone), ("b2".to_owned(), 2, Status::Gone)]);
    Ok(())
}

#[tokio::test]
async fn of_two_rows_with_one_key_either_is_written() -> TestResult {
    let (db, _database) = database().await?;
    let rows = [4, 5].map(|mark| NewBody { id: 1, body: String::new(), mark });
    assert_eq!(update(Note).rows(&rows).execute(&db).await?, 1);
    assert!([4, 5].contains(&select(Note).find(1).one(&db).await?.mark));
    Ok(())
}
