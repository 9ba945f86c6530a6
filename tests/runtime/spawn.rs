//! The future of a transaction is `Send`: it may be spawned, whatever its closure holds.

use crate::support::tables::{Note, add_note, note_ids, one_connection};
use mizzle::prelude::*;
use mizzle::{Error, Tx};
use std::pin::Pin;

/// A user's own error.
#[derive(Debug)]
enum AppError {
    Database(Error),
    Refused(&'static str),
}

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        AppError::Database(error)
    }
}

struct Service {
    db: Db,
    name: String,
}

impl Service {
    /// Captures `self` and an argument by reference.
    async fn rename(&self, id: i64, body: &str) -> Result<u64, AppError> {
        self.db
            .transaction(async |tx| {
                let note: Option<Note> = select(Note).find(id).optional(tx).await?;
                let Some(note) = note else { return Err(AppError::Refused("there is no such note")) };
                let body = format!("{} by {}, once {}", body, self.name, note.body);
                Ok(update(Note).set(Note.body, &body).find(id).execute(tx).await?)
            })
            .await
    }
}

#[tokio::test]
async fn a_transaction_that_borrows_is_spawned() {
    let (_database, db) = one_connection().await;
    add_note(&db, 1).await.unwrap();
    let service = Service { db: db.clone(), name: "Ada".to_owned() };
    let task = tokio::spawn(async move {
        let body = String::from("new");
        (service.rename(1, &body).await, service.rename(2, &body).await)
    });
    let (found, missing) = task.await.unwrap();
    assert_eq!(found.unwrap(), 1);
    assert!(matches!(missing, Err(AppError::Refused("there is no such note"))));
    let note = select(Note).find(1).one(&db).await.unwrap();
    assert_eq!(note.body, "new by Ada, once a note");
}

#[tokio::test]
async fn a_transaction_that_owns_is_spawned() {
    let (_database, db) = one_connection().await;
    let bodies = vec!["one".to_owned(), "two".to_owned()];
    let pool = db.clone();
    let task = tokio::spawn(async move {
        pool.transaction(async move |tx| {
            for (id, body) in (1..).zip(bodies) {
                insert(Note).set(Note.id, id).set(Note.body, body).execute(tx).await?;
            }
            select(Note).count(tx).await
        })
        .await
    });
    assert_eq!(task.await.unwrap().unwrap(), 2);
    assert_eq!(note_ids(&db).await, [1, 2]);
}

#[tokio::test]
async fn a_clients_transaction_and_a_nested_one_are_spawned() {
    let (_database, db) = one_connection().await;
    let mut client = db.client().await.unwrap();
    let task = tokio::spawn(async move {
        let ids = [1, 2];
        client
            .transaction(async |tx| {
                add_note(tx, ids[0]).await?;
                let inner: Result<(), AppError> = tx
                    .transaction(async |tx| {
                        add_note(tx, ids[1]).await?;
                        Err(AppError::Refused("on second thoughts"))
                    })
                    .await;
                assert!(matches!(inner, Err(AppError::Refused(_))));
                tx.transaction(async |tx| tx.transaction(async move |tx| add_note(tx, 3).await).await)
                    .await?;
                Ok::<_, AppError>(note_ids(tx).await)
            })
            .await
    });
    assert_eq!(task.await.unwrap().unwrap(), [1, 3]);
    assert_eq!(note_ids(&db).await, [1, 3]);
}

/// Any function that runs a statement may be called with any place to run it, in spawned tasks too.
#[tokio::test]
async fn a_function_over_any_executor_is_spawned() {
    async fn clear(db: &impl Executor, id: i64) -> Result<u64, Error> {
        delete(Note).filter(Note.id.eq(id)).execute(db).await
    }
    let (_database, db) = one_connection().await;
    add_note(&db, 1).await.unwrap();
    let pool = db.clone();
    let task = tokio::spawn(async move {
        let rows = clear(&pool, 1).await?;
        pool.transaction(async |tx| Ok::<_, Error>(rows + clear(tx, 2).await?)).await
    });
    assert_eq!(task.await.unwrap().unwrap(), 1);
}

/// As a trait's method would return it.
fn boxed<'a>(
    db: &'a Db,
    body: &'a str,
    ids: &'a [i64],
) -> Pin<Box<dyn Future<Output = Result<u64, AppError>> + Send + 'a>> {
    Box::pin(db.transaction(async move |tx| {
        let mut rows = 0;
        for (at, id) in ids.iter().enumerate().filter(|(_, id)| **id > 0) {
            let body = format!("{body} {at}");
            rows += insert(Note).set(Note.id, id).set(Note.body, &body).execute(tx).await?;
        }
        Ok(rows)
    }))
}

#[tokio::test]
async fn a_boxed_transaction_is_send() {
    let (_database, db) = one_connection().await;
    let pool = db.clone();
    let task = tokio::spawn(async move { boxed(&pool, "note", &[0, 1, 2]).await });
    assert_eq!(task.await.unwrap().unwrap(), 2);
    let bodies: Vec<String> = select(Note.body).from(Note).order_by(Note.id).all(&db).await.unwrap();
    assert_eq!(bodies, ["note 1", "note 2"]);
}

/// A function of the user's that runs any work in a transaction.
async fn audited<T: Send>(
    db: &Db,
    work: impl AsyncFnOnce(&Tx) -> Result<T, AppError>,
) -> Result<T, AppError> {
    db.transaction(async |tx| {
        let result = work(tx).await?;
        add_note(tx, 100).await?;
        Ok(result)
    })
    .await
}

#[tokio::test]
async fn a_transaction_around_a_closure_of_the_users_is_spawned() {
    let (_database, db) = one_connection().await;
    let pool = db.clone();
    let task = tokio::spawn(async move {
        let id = 1;
        audited(&pool, async |tx| Ok(add_note(tx, id).await?)).await
    });
    task.await.unwrap().unwrap();
    assert_eq!(note_ids(&db).await, [1, 100]);
}

/// Several statements at once, inside a transaction inside a task.
#[tokio::test]
async fn statements_polled_together_in_a_transaction_are_spawned() {
    let (_database, db) = one_connection().await;
    let pool = db.clone();
    let task = tokio::spawn(async move {
        pool.transaction(async |tx| {
            let (one, two, count) =
                tokio::join!(add_note(tx, 1), add_note(tx, 2), select(Note).count(tx).into_future());
            one.and(two)?;
            count
        })
        .await
    });
    assert!((0..=2).contains(&task.await.unwrap().unwrap()));
    assert_eq!(note_ids(&db).await, [1, 2]);
}
