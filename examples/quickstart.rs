//! Two tables, and a statement of each kind.

use mizzle::prelude::*;

/// Someone who takes on tasks.
#[derive(Table, Debug, PartialEq)]
#[orm(table = "workers")]
struct Worker {
    #[orm(primary_key, identity)]
    id: i64,
    #[orm(varchar(255), unique)]
    email: Option<String>,
    name: String,
    #[orm(default = 100)]
    score: i32,
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "tasks")]
struct Task {
    #[orm(primary_key, identity)]
    id: i64,
    #[orm(references(Worker.id, on_delete = cascade), index)]
    worker_id: i64,
    title: String,
}

const SCHEMA: Schema = schema![Worker, Task];

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // An empty database, dropped at the end. In a service: `Db::connect(&url)`.
    let database = orm_testing::TestDb::new().await?;
    let db = Db::connect(database.url()).await?;
    db.batch_execute(&SCHEMA.create_sql()).await?;

    let ada: Worker = insert(Worker).set(Worker.name, "Ada").returning(Worker).one(&db).await?;
    for title in ["Label 500 images", "Check the labels"] {
        insert(Task).set(Task.worker_id, ada.id).set(Task.title, title).execute(&db).await?;
    }
    update(Worker).set(Worker.score, Worker.score + 5).find(ada.id).execute(&db).await?;

    let open: Vec<(String, Option<String>)> = select((Worker.name, Task.title))
        .from(Worker)
        .left_join(Task, Task.worker_id.eq(Worker.id))
        .filter(Worker.score.gt(100))
        .order_by(Task.title)
        .all(&db)
        .await?;
    println!("{open:?}");

    delete(Task).filter(Task.title.like("Check%")).execute(&db).await?;
    println!("{:?}", select(Worker).find(ada.id).one(&db).await?);
    Ok(())
}
