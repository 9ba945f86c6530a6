//! `on_conflict`: what an insert does with rows that are there already.

use crate::TestResult;
use crate::check::{check, check_command};
use crate::schema::{Membership, Note, Status, Worker, database};
use mizzle::prelude::*;
use mizzle::query::{Command, encode};
use orm_testing::TestDb;

#[tokio::test]
async fn nothing_is_done_about_a_row_that_is_there() -> TestResult {
    let (db, _database) = database().await?;
    let of = |email: &'static str| {
        insert(Worker).set(Worker.name, "New").set(Worker.email, email).on_conflict(Worker.email).do_nothing()
    };
    let command = check_command(
        of("ada@example.com"),
        r#"insert into "workers" ("name", "email") values ($1, $2) on conflict ("email") do nothing"#,
        &["'New'::text", "'ada@example.com'::text"],
    );
    assert_eq!(command.execute(&db).await?, 0);
    assert_eq!(of("ada@example.com").returning(Worker.id).optional(&db).await?, None);
    assert!(of("ada@example.com").returning(Worker.id).one(&db).await.unwrap_err().is_not_found());
    assert!(of("dan@example.com").returning(Worker.id).optional(&db).await?.is_some());
    assert_eq!(select(Worker.name).from(Worker).filter(Worker.id.eq(1)).one(&db).await?, "Ada");
    Ok(())
}

#[tokio::test]
async fn any_conflict_can_be_passed_over() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        insert(Membership)
            .set(Membership.worker_id, 1)
            .set(Membership.team, "blue")
            .on_conflict_any()
            .do_nothing(),
        r#"insert into "memberships" ("worker_id", "team") values ($1, $2) on conflict do nothing"#,
        &["1::int8", "'blue'::text"],
    );
    assert_eq!(command.execute(&db).await?, 0);
    assert_eq!(select(Membership).find((1, "blue")).one(&db).await?.since, Some(2020));
    Ok(())
}

#[tokio::test]
async fn columns_are_overwritten_with_the_new_values() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        insert(Worker)
            .set(Worker.name, "Ada L.")
            .set(Worker.email, "ada@example.com")
            .set(Worker.score, 7)
            .set(Worker.status, Status::Gone)
            .on_conflict(Worker.email)
            .do_update((Worker.name, Worker.status))
            .returning((Worker.id, Worker.name, Worker.score, Worker.status)),
        r#"insert into "workers" ("name", "email", "score", "status") values ($1, $2, $3, $4::"status") on conflict ("email") do update set "name" = "excluded"."name", "status" = "excluded"."status" returning "workers"."id", "workers"."name", "workers"."score", "workers"."status""#,
        &["'Ada L.'::text", "'ada@example.com'::text", "7::int4", "'gone'::text"],
    );
    assert_eq!(query.one(&db).await?, (1, "Ada L.".to_owned(), 120, Status::Gone));
    Ok(())
}

#[tokio::test]
async fn a_key_of_several_columns_is_a_tuple() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        insert(Membership)
            .set(Membership.worker_id, 1)
            .set(Membership.team, "red")
            .set(Membership.since, 1999)
            .on_conflict((Membership.worker_id, Membership.team))
            .do_update(Membership.since),
        r#"insert into "memberships" ("worker_id", "team", "since") values ($1, $2, $3) on conflict ("worker_id", "team") do update set "since" = "excluded"."since""#,
        &["1::int8", "'red'::text", "1999::int4"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    assert_eq!(select(Membership).find((1, "red")).one(&db).await?.since, Some(1999));
    Ok(())
}

#[tokio::test]
async fn expressions_see_both_rows() -> TestResult {
    let (db, _database) = database().await?;
    let upsert = |score| {
        insert(Worker)
            .set(Worker.name, "Ada 2")
            .set(Worker.email, "ada@example.com")
            .set(Worker.score, score)
            .on_conflict(Worker.email)
            .do_update(Worker.name)
            .set(Worker.score, Worker.score + excluded(Worker.score) * 2)
            .set(Worker.status, Status::OnLeave)
            .filter(excluded(Worker.score).gt(Worker.score))
            .filter(Worker.id.lt(9))
    };
    let command = check_command(
        upsert(121),
        r#"insert into "workers" ("name", "email", "score") values ($1, $2, $3) on conflict ("email") do update set "name" = "excluded"."name", "score" = "workers"."score" + "excluded"."score" * $4, "status" = $5::"status" where "excluded"."score" > "workers"."score" and "workers"."id" < $6"#,
        &["'Ada 2'::text", "'ada@example.com'::text", "121::int4", "2::int4", "'on_leave'::text", "9::int8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    assert_eq!(upsert(5).returning(Worker.id).optional(&db).await?, None);
    let ada = select((Worker.name, Worker.score, Worker.status)).from(Worker).filter(Worker.id.eq(1));
    assert_eq!(ada.one(&db).await?, ("Ada 2".to_owned(), 120 + 121 * 2, Status::OnLeave));
    Ok(())
}

#[tokio::test]
async fn no_column_need_be_overwritten() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        insert(Worker)
            .set(Worker.name, "Ada")
            .set(Worker.email, "ada@example.com")
            .on_conflict(Worker.email)
            .do_update(())
            .set(Worker.score, Worker.score + 1),
        r#"insert into "workers" ("name", "email") values ($1, $2) on conflict ("email") do update set "score" = "workers"."score" + $3"#,
        &["'Ada'::text", "'ada@example.com'::text", "1::int4"],
    );
    command.execute(&db).await?;
    assert_eq!(select(Worker).find(1).one(&db).await?.score, 121);
    Ok(())
}

#[tokio::test]
async fn on_update_columns_are_written_as_by_an_update() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        insert(Note)
            .set(Note.id, 1)
            .set(Note.body, "again")
            .set(Note.mark, 5)
            .on_conflict(Note.id)
            .do_update((Note.body, Note.mark)),
        r#"insert into "notes" ("id", "body", "mark") values ($1, $2, $3) on conflict ("id") do update set "body" = "excluded"."body", "mark" = "excluded"."mark", "state" = E'it''s \\changed', "status" = 'gone', "changed" = 1 + 1 = 2 or false"#,
        &["1::int4", "'again'::text", "5::int4"],
    );
    command.execute(&db).await?;
    let note = select(Note).find(1).one(&db).await?;
    assert_eq!((note.body.as_str(), note.mark, note.status), ("again", 5, Status::Gone));
    Ok(())
}

#[derive(Insert)]
#[orm(table = Membership)]
struct Join {
    worker_id: i64,
    team: &'static str,
    since: i32,
}

#[tokio::test]
async fn many_rows_are_one_constant_upsert() -> TestResult {
    let (db, _database) = database().await?;
    let rows = [("blue", 1), ("green", 2)].map(|(team, since)| Join { worker_id: 1, team, since });
    let upsert = || {
        insert(Membership)
            .rows(&rows)
            .on_conflict((Membership.worker_id, Membership.team))
            .do_update(Membership.since)
    };
    let query = check(
        upsert().returning((Membership.team, Membership.since)),
        r#"insert into "memberships" ("worker_id", "team", "since") select r.c1, r.c2, r.c3 from unnest($1::bigint[], $2::text[], $3::integer[]) as r(c1, c2, c3) on conflict ("worker_id", "team") do update set "since" = "excluded"."since" returning "memberships"."team", "memberships"."since""#,
        &["{1,1}::_int8", "{'blue','green'}::_text", "{1,2}::_int4"],
    );
    let mut written = query.all(&db).await?;
    written.sort();
    assert_eq!(written, [("blue".to_owned(), Some(1)), ("green".to_owned(), Some(2))]);
    assert_eq!(upsert().execute(&db).await?, 2);
    assert_eq!(select(Membership).count(&db).await?, 4);
    Ok(())
}

#[tokio::test]
async fn one_row_twice_in_one_upsert_is_refused() -> TestResult {
    let (db, _database) = database().await?;
    let rows = [1, 2].map(|since| Join { worker_id: 1, team: "blue", since });
    let upsert = insert(Membership)
        .rows(&rows)
        .on_conflict((Membership.worker_id, Membership.team))
        .do_update(Membership.since);
    assert_eq!(upsert.execute(&db).await.unwrap_err().sqlstate(), Some("21000"));
    Ok(())
}

#[tokio::test]
async fn a_constraint_goes_by_its_name() -> TestResult {
    let (db, _database) = database().await?;
    let of = |name| {
        insert(Worker).set(Worker.name, "A").set(Worker.email, "ada@example.com").on_conflict_constraint(name)
    };
    let command = check_command(
        of("workers_email_key").do_update(Worker.name),
        r#"insert into "workers" ("name", "email") values ($1, $2) on conflict on constraint "workers_email_key" do update set "name" = "excluded"."name""#,
        &["'A'::text", "'ada@example.com'::text"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let command = check_command(
        of("workers_pkey").do_nothing(),
        r#"insert into "workers" ("name", "email") values ($1, $2) on conflict on constraint "workers_pkey" do nothing"#,
        &["'A'::text", "'ada@example.com'::text"],
    );
    assert!(command.execute(&db).await.unwrap_err().is_unique_violation());
    let error = encode(&of("workers_emial_key").do_nothing()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "table `workers` has no primary key or unique constraint named `workers_emial_key`, which an `on_conflict` names"
    );
    Ok(())
}

#[expect(clippy::duplicated_attributes, reason = "both indexes are unique")]
#[derive(Table)]
#[orm(table = "accounts", unique(name = "say \"hi\"", columns(tenant, email)))]
#[orm(index(name = "live", columns(login), unique, where = "deleted_at is null"))]
#[orm(index(name = "slugs", columns(tenant, slug), unique))]
struct Account {
    #[orm(primary_key, identity)]
    id: i64,
    tenant: i32,
    email: String,
    login: String,
    slug: String,
    #[orm(default = 0)]
    visits: i32,
    deleted_at: Option<i32>,
}

#[tokio::test]
async fn unique_indexes_are_keys_with_their_conditions() -> TestResult {
    let database = TestDb::with_schema(&schema![Account].create_sql()).await?;
    let db = Db::connect(database.url()).await?;
    let ada = |slug| {
        insert(Account)
            .set(Account.tenant, 1)
            .set(Account.email, slug)
            .set(Account.login, "ada")
            .set(Account.slug, slug)
    };
    const INSERT: &str =
        r#"insert into "accounts" ("tenant", "email", "login", "slug") values ($1, $2, $3, $4) on conflict"#;
    let params = ["1::int4", "'a'::text", "'ada'::text", "'a'::text"];
    let upsert = || ada("a").on_conflict(Account.login).do_update(()).set(Account.visits, Account.visits + 1);
    let mut with_one = params.to_vec();
    with_one.push("1::int4");
    let partial = check_command(
        upsert(),
        &format!(
            r#"{INSERT} ("login") where deleted_at is null do update set "visits" = "accounts"."visits" + $5"#
        ),
        &with_one,
    );
    partial.execute(&db).await?;
    // More often than the server plans a prepared statement anew.
    for _ in 0..8 {
        upsert().execute(&db).await?;
    }
    let account = select(Account).one(&db).await?;
    assert_eq!((account.id, account.visits, account.deleted_at), (1, 8, None));
    assert_eq!(
        (account.tenant, account.email, account.login, account.slug),
        (1, "a".to_owned(), "ada".to_owned(), "a".to_owned())
    );
    let whole = check_command(
        ada("a").on_conflict((Account.tenant, Account.slug)).do_nothing(),
        &format!(r#"{INSERT} ("tenant", "slug") do nothing"#),
        &params,
    );
    assert_eq!(whole.execute(&db).await?, 0);
    let named = ada("a").on_conflict_constraint("say \"hi\"").do_nothing();
    let named = check_command(named, &format!(r#"{INSERT} on constraint "say ""hi""" do nothing"#), &params);
    assert_eq!(named.execute(&db).await?, 0);
    let other = ada("b").on_conflict((Account.tenant, Account.slug)).do_nothing();
    assert_eq!(other.execute(&db).await.unwrap_err().constraint(), Some("live"));
    update(Account).set(Account.deleted_at, 1).all_rows().execute(&db).await?;
    assert_eq!(ada("b").on_conflict(Account.login).do_nothing().execute(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn an_absent_condition_is_left_out() -> TestResult {
    let upsert = |above: Option<i32>| {
        insert(Worker)
            .set(Worker.name, "A")
            .on_conflict(Worker.id)
            .do_update(Worker.name)
            .filter(above.map(|above| Worker.score.gt(above)))
    };
    const TEXT: &str = r#"insert into "workers" ("name") values ($1) on conflict ("id") do update set "name" = "excluded"."name""#;
    check_command(upsert(None), TEXT, &["'A'::text"]);
    let filtered = format!(r#"{TEXT} where "workers"."score" > $2"#);
    check_command(upsert(Some(3)), &filtered, &["'A'::text", "3::int4"]);
    Ok(())
}

#[test]
fn an_upsert_has_a_constant_text() {
    fn plan<Q: Command<I>, I>(_: &Q) -> bool {
        Q::PLAN.is_dynamic()
    }
    assert!(!plan(&insert(Worker).set(Worker.name, "A").on_conflict(Worker.id).do_update(Worker.name)));
}
