//! `renamed_from` on tables, columns, enums and labels: what is renamed is neither dropped nor made.

use crate::TestResult;
use mizzle::prelude::*;
use orm_kit::change::Change;
use orm_kit::compiled::{Compiled, compiled};
use orm_kit::ddl;
use orm_kit::describe::Described;
use orm_kit::drift::drift;
use orm_testing::TestDb;

mod before {
    use mizzle::prelude::*;

    #[derive(PgEnum)]
    pub(super) enum State {
        Open,
        Done,
    }

    #[derive(Table)]
    #[orm(table = "jobs")]
    #[expect(dead_code, reason = "only its columns are looked at")]
    pub(super) struct Job {
        #[orm(primary_key)]
        id: i64,
        name: String,
        #[orm(default = State::Open, check = "progress <> 'done'")]
        progress: State,
    }
}

#[derive(PgEnum)]
#[orm(renamed_from = "state")]
enum TaskState {
    #[orm(renamed_from = "open")]
    Created,
    Done,
}

#[derive(Table)]
#[orm(table = "tasks", renamed_from = "jobs")]
#[expect(dead_code, reason = "only its columns are looked at")]
struct Task {
    #[orm(primary_key)]
    id: i64,
    #[orm(renamed_from = "name")]
    title: String,
    #[orm(default = TaskState::Created, check = "progress <> 'done'")]
    progress: TaskState,
}

#[tokio::test]
async fn what_is_renamed_keeps_its_rows() -> TestResult {
    const BEFORE: Schema = schema![before::Job, before::State];
    const AFTER: Schema = schema![Task, TaskState];
    let database = TestDb::with_schema(&BEFORE.create_sql()).await?;
    let mut client = orm_postgres::connect_driver(database.url()).await?;
    client.batch_execute("insert into jobs values (1, 'a')").await?;
    let Compiled { catalog, renames } = compiled(&AFTER);
    let found = drift(&mut client, &catalog, &[], &renames).await?;
    let changes: Vec<_> = found.changes.iter().map(|change| Described(change).to_string()).collect();
    let mut expected = vec![
        "~ table `jobs` is called table `tasks`",
        "~ enum `state` is called enum `task_state`",
        "~ column `tasks.name` is called column `tasks.title`",
        "~ label `task_state.open` is called label `task_state.created`",
        "~ constraint `tasks.jobs_pkey` is called constraint `tasks.tasks_pkey`",
        "~ constraint `tasks.jobs_progress_check` is called constraint `tasks.tasks_progress_check`",
    ];
    assert_eq!(
        changes.iter().filter(|change| !expected.contains(&change.as_str())).count(),
        0,
        "{changes:?}"
    );
    expected.retain(|line| !changes.iter().any(|change| change == line));
    assert_eq!(expected, [""; 0]);
    for change in &found.changes {
        let Change::Rename { from, to } = change else { panic!("{change:?}") };
        for statement in ddl::rename(from, to) {
            client.batch_execute(&statement).await?;
        }
    }
    // What was renamed once is called so now, and `renamed_from` may stay.
    assert!(drift(&mut client, &catalog, &[], &renames).await?.is_empty());
    let row = client.query_one("select title || ' ' || progress::text from tasks", &[]).await?;
    assert_eq!(row.try_get::<_, String>(0)?, "a created");
    Ok(())
}
