//! Two tables and a statement of each kind; run it with `./dev demo`.

use mizzle::prelude::*;

/// Someone who takes on tasks.
#[derive(Table, Debug)]
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

#[derive(Table, Debug)]
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
    // A database of its own, from DATABASE_URL's server or a PostgreSQL found on this machine.
    let database = orm_testing::TestDb::new().await?;
    let db = Db::connect(database.url()).await?;
    db.batch_execute(&SCHEMA.create_sql()).await?;

    let ada = insert(Worker).set(Worker.name, "Ada").set(Worker.email, "ada@example.com");
    let ada: Worker = ada.returning(Worker).one(&db).await?;
    for title in ["Label 500 images", "Check the labels"] {
        insert(Task).set(Task.worker_id, ada.id).set(Task.title, title).execute(&db).await?;
    }
    update(Worker).set(Worker.score, Worker.score + 5).find(ada.id).execute(&db).await?;

    let tasks: Vec<(String, Option<String>)> = select((Worker.name, Task.title))
        .from(Worker)
        .left_join(Task, Task.worker_id.eq(Worker.id))
        .filter(Worker.score.gt(100))
        .order_by(Task.id)
        .all(&db)
        .await?;
    for (worker, title) in tasks {
        println!("{worker}: {}", title.unwrap_or_default());
    }
    println!("{:?}", select(Worker).find(ada.id).optional(&db).await?);
    Ok(())
}
