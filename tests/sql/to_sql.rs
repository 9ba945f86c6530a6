//! `to_sql`: a statement's text and the types of its parameters, without a server.

use crate::TestResult;
use crate::schema::Worker;
use mizzle::prelude::*;

#[test]
fn every_statement_says_what_it_would_send() -> TestResult {
    let query = select(Worker.id).from(Worker).filter(Worker.name.eq("Ada")).limit(2);
    let settled = query.to_sql()?;
    assert_eq!(settled.sql(), r#"select "workers"."id" from "workers" where "workers"."name" = $1 limit $2"#);
    assert_eq!(settled.to_string(), settled.sql());
    assert_eq!(settled.param_types().iter().map(|ty| ty.name()).collect::<Vec<_>>(), ["text", "int8"]);
    assert_eq!(settled.params().collect::<Vec<_>>(), [Some(&b"Ada"[..]), Some(&[0, 0, 0, 0, 0, 0, 0, 2])]);
    // Twice is the same.
    assert_eq!(query.to_sql()?.sql(), settled.sql());
    let written = insert(Worker).set(Worker.name, "Ada");
    assert_eq!(written.to_sql()?.sql(), r#"insert into "workers" ("name") values ($1)"#);
    let returned = written.returning(Worker.id);
    assert!(returned.to_sql()?.sql().ends_with(r#"returning "workers"."id""#));
    let changed = update(Worker).set(Worker.name, "Ada").find(1).to_sql()?;
    assert_eq!(changed.param_types().len(), 2);
    assert!(delete(Worker).all_rows().to_sql()?.param_types().is_empty());
    Ok(())
}

#[test]
fn parts_that_are_absent_are_absent() -> TestResult {
    let by = |name: Option<&'static str>| {
        select(Worker.id).from(Worker).filter(name.map(|name| Worker.name.eq(name)))
    };
    assert_eq!(by(None).to_sql()?.sql(), r#"select "workers"."id" from "workers""#);
    let some = by(Some("Ada")).to_sql()?;
    assert_eq!(some.sql(), r#"select "workers"."id" from "workers" where "workers"."name" = $1"#);
    assert_eq!(some.params().len(), 1);
    Ok(())
}

#[test]
fn no_value_is_shown() -> TestResult {
    let settled = select(Worker.id).from(Worker).filter(Worker.name.eq("a secret")).to_sql()?;
    let shown = format!("{settled:?} {settled:#?} {settled}");
    assert!(!shown.contains("secret"), "{shown}");
    assert_eq!(
        format!("{settled:?}"),
        r#"Settled { sql: "select \"workers\".\"id\" from \"workers\" where \"workers\".\"name\" = $1", param_types: ["text"] }"#
    );
    Ok(())
}

#[test]
fn what_cannot_be_sent_is_an_error() {
    let nothing = delete(Worker).filter(None::<i64>.map(|id| Worker.id.eq(id)));
    assert!(nothing.to_sql().is_err());
}
