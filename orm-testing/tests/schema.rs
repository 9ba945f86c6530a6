//! `TestDb::with_schema`.

use orm_testing::TestDb;

use crate::helper::{Helper, Scratch, connect, name};

const SCHEMA: &str = "create table users (id int8 primary key); insert into users values (1);";

#[tokio::test]
async fn copies_are_separate() {
    let (one, two) = (TestDb::with_schema(SCHEMA).await.unwrap(), TestDb::with_schema(SCHEMA).await.unwrap());
    let (first, second) = (connect(one.url()).await, connect(two.url()).await);
    first.batch_execute("insert into users values (2)").await.unwrap();
    let sql = "select count(*) from users";
    assert_eq!(first.query_one(sql, &[]).await.unwrap().get::<_, i64>(0), 2);
    assert_eq!(second.query_one(sql, &[]).await.unwrap().get::<_, i64>(0), 1);
}

#[tokio::test]
async fn other_text_is_another_schema() {
    let db = TestDb::with_schema("create table posts (id int8)").await.unwrap();
    let client = connect(db.url()).await;
    assert!(client.batch_execute("select from posts").await.is_ok());
    assert!(client.batch_execute("select from users").await.is_err());
}

#[test]
fn processes_make_one_template() {
    let scratch = Scratch::new();
    let variables = [("TMPDIR", scratch.path()), ("MIZZLE_TEST_SCHEMA", SCHEMA)];
    let starting: Vec<_> = (0..4).map(|_| Helper::spawn(&variables)).collect();
    let helpers: Vec<_> = starting.into_iter().map(|helper| helper.wait()).collect();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        for helper in &helpers {
            let client = connect(helper.url()).await;
            assert!(client.batch_execute("select from users").await.is_ok());
            let sql = "select array_agg(datname::text) from pg_database where datname like 'mizzle%'";
            let databases: Vec<String> = client.query_one(sql, &[]).await.unwrap().get(0);
            assert_eq!(databases.iter().filter(|name| name.starts_with("mizzle_template")).count(), 1);
            assert!(databases.iter().any(|database| database == name(helper.url())));
            assert_eq!(databases.len(), 5, "{databases:?}");
        }
    });
}

#[tokio::test]
async fn mistakes_are_told_by_line() {
    let error = TestDb::with_schema("create table a ();\n\ncreate tabel b ();").await.unwrap_err();
    assert_eq!(error.to_string(), "the schema does not apply, see its line 3");
    assert_eq!(
        format!("{error:?}"),
        "the schema does not apply, see its line 3: ERROR: syntax error at or near \"tabel\""
    );
}

#[tokio::test]
async fn mistakes_leave_no_template() {
    let schema = "create table half_done (); select 1 / 0";
    for _ in 0..2 {
        let error = TestDb::with_schema(schema).await.unwrap_err();
        assert_eq!(format!("{error:?}"), "the schema does not apply: ERROR: division by zero");
    }
}
