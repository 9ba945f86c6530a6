//! A server of a test's own.

use orm_testing::TestServer;

use crate::helper::connect;

#[tokio::test]
async fn it_has_its_settings_and_files() {
    let server = TestServer::builder()
        .setting("cluster_name", "it's \\ here")
        .file("pg_hba.conf", "host all all 127.0.0.1/32 trust\n")
        .start()
        .await
        .unwrap();
    let (address, database) = (server.url().split_once('@').unwrap().1, "postgres");
    assert!(address.ends_with(database));
    // Without the password, which these rules do not ask for.
    let client = connect(&format!("postgres://postgres@{address}")).await;
    let row = client.query_one("select current_setting('cluster_name')", &[]).await.unwrap();
    assert_eq!(row.get::<_, &str>(0), "it's \\ here");
}

#[tokio::test]
async fn it_is_gone_with_the_value() {
    let server = TestServer::builder().start().await.unwrap();
    let row = connect(server.url()).await.query_one("show data_directory", &[]).await.unwrap();
    let data = std::path::PathBuf::from(row.get::<_, String>(0));
    drop(server);
    for _ in 0..500 {
        if !data.parent().unwrap().exists() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{} is still there", data.display());
}

#[tokio::test]
async fn it_says_why_it_does_not_start() {
    let error = TestServer::builder().setting("no_such_setting", "1").start().await.unwrap_err();
    assert!(
        error.to_string().contains("unrecognized configuration parameter \"no_such_setting\""),
        "{error}"
    );
}
