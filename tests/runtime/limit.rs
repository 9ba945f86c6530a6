//! A statement that says too much or too little is refused before it is sent.

use crate::support::tables::{Note, add_note, assert_clean, note_ids, one_connection};
use mizzle::prelude::*;
use orm_core::args::{Args, MAX_PARAMETERS};

#[test]
fn a_statement_has_no_more_parameters_than_the_protocol_can_number() {
    let args = |count: usize| {
        let mut args = Args::new();
        (0..count).for_each(|_| args.push::<i32, i32>(&1));
        args.finish()
    };
    assert_eq!(args(MAX_PARAMETERS).unwrap().params().len(), 65_535);
    assert_eq!(
        args(MAX_PARAMETERS + 1).unwrap_err().to_string(),
        "the statement has 65536 parameters and PostgreSQL takes at most 65535; send rows with `.rows(..)`, \
         lists with `.in_(..)`"
    );
}

#[tokio::test]
async fn lists_and_rows_may_be_longer() {
    #[derive(Insert)]
    #[orm(table = Note)]
    struct NewNote {
        id: i64,
        body: &'static str,
    }
    let (_database, db) = one_connection().await;
    let rows: Vec<_> = (0..65_536).map(|id| NewNote { id, body: "" }).collect();
    assert_eq!(insert(Note).rows(&rows).execute(&db).await.unwrap(), 65_536);
    let ids: Vec<i64> = (0..70_000).collect();
    assert_eq!(select(Note).filter(Note.id.in_(&ids)).count(&db).await.unwrap(), 65_536);
}

#[test]
fn sixty_four_conditions_may_be_absent_and_no_more() {
    let args = |count: usize| {
        let mut args = Args::new();
        (0..count).for_each(|number| args.push_present(number % 2 == 0));
        args.finish()
    };
    let present = args(64).unwrap().present();
    assert!((0..64).all(|number| present.contains(number) == (number % 2 == 0)));
    assert_eq!(args(65).unwrap_err().to_string(), "the statement has more than 64 parts that may be absent");
}

#[tokio::test]
async fn an_update_or_delete_all_of_whose_conditions_are_absent_is_refused() {
    let (_database, db) = one_connection().await;
    add_note(&db, 1).await.unwrap();
    let absent = || None::<i64>.map(|id| Note.id.eq(id));
    let text = "every condition of the statement is absent; say `.all_rows()` if every row is meant";
    let update = update(Note).set(Note.body, "new").filter(absent()).filter(absent());
    let update = update.execute(&db).await.unwrap_err();
    assert_eq!(update.to_string(), format!("update \"notes\": {text}"));
    let error = delete(Note).filter(absent()).execute(&db).await.unwrap_err();
    assert_eq!(error.to_string(), format!("delete from \"notes\": {text}"));
    assert!(!error.is_retryable() && !error.is_closed() && error.sqlstate().is_none());
    assert_eq!(note_ids(&db).await, [1]);
    assert_eq!(delete(Note).filter(absent()).filter(Note.id.eq(1)).execute(&db).await.unwrap(), 1);
    assert_clean(&db).await;
}
