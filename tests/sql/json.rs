//! The operators and functions of JSON documents.

use crate::TestResult;
use crate::check::check_command;
use crate::expressions::values;
use mizzle::prelude::*;
use orm_testing::TestDb;
use serde_json::{Value, json};

#[derive(serde::Serialize, serde::Deserialize, Debug, PartialEq)]
struct Settings {
    theme: String,
}

#[derive(Table, Debug)]
#[orm(table = "docs")]
#[expect(dead_code, reason = "only its columns are named")]
struct Doc {
    #[orm(primary_key)]
    id: i32,
    meta: Value,
    settings: Option<Json<Settings>>,
    #[orm(type = "json")]
    log: Value,
}

const ROWS: &str = r#"; insert into docs values
    (1, '{"plan": "pro", "tags": ["a", "b"], "ui": {"theme": "dark"}}', '{"theme": "dark"}', '{"a": 1}'),
    (2, '["x", {"y": null}]', null, '[]')"#;

async fn database() -> Result<(Db, TestDb), Box<dyn std::error::Error>> {
    let database = TestDb::with_schema(&format!("{}{ROWS}", schema![Doc].create_sql())).await?;
    Ok((Db::connect(database.url()).await?, database))
}

#[tokio::test]
async fn what_is_in_a_document() -> TestResult {
    let (db, _database) = database().await?;
    let some = |text: &str| Some(text.to_owned());
    values! { db, Doc from "docs";
        Doc.meta.get("plan") => r#""docs"."meta" -> $1"# ["'plan'::text"] [Some(json!("pro")), None];
        Doc.meta.get_text("plan") => r#""docs"."meta" ->> $1"# ["'plan'::text"] [some("pro"), None];
        Doc.meta.get("ui").get_text("theme") => r#""docs"."meta" -> $1 ->> $2"# ["'ui'::text", "'theme'::text"] [some("dark"), None];
        Doc.meta.path(["tags", "1"]) => r#""docs"."meta" #> $1"# ["{'tags','1'}::_text"] [Some(json!("b")), None];
        Doc.meta.path(vec!["1", "y"]) => r#""docs"."meta" #> $1"# ["{'1','y'}::_text"] [None, Some(json!(null))];
        Doc.meta.path_text(["ui", "theme"]) => r#""docs"."meta" #>> $1"# ["{'ui','theme'}::_text"] [some("dark"), None];
        Doc.meta.path_text(["1", "y"]) => r#""docs"."meta" #>> $1"# ["{'1','y'}::_text"] [None::<String>, None];
        Doc.settings.get_text("theme").eq("dark") => r#""docs"."settings" ->> $1 = $2"# ["'theme'::text", "'dark'::text"] [Some(true), None];
        Doc.log.get("a") => r#""docs"."log" -> $1"# ["'a'::text"] [Some(json!(1)), None];
        Doc.log.path_text(["a"]) => r#""docs"."log" #>> $1"# ["{'a'}::_text"] [some("1"), None];
    }
    Ok(())
}

#[tokio::test]
async fn what_a_document_contains() -> TestResult {
    let (db, _database) = database().await?;
    values! { db, Doc from "docs";
        Doc.meta.has_key("plan") => r#""docs"."meta" ? $1"# ["'plan'::text"] [true, false];
        Doc.meta.has_key("x") => r#""docs"."meta" ? $1"# ["'x'::text"] [false, true];
        Doc.meta.has_any_key(["plan", "x"]) => r#""docs"."meta" ?| $1"# ["{'plan','x'}::_text"] [true, true];
        Doc.meta.has_all_keys(["plan", "ui"]) => r#""docs"."meta" ?& $1"# ["{'plan','ui'}::_text"] [true, false];
        Doc.settings.has_key("theme") => r#""docs"."settings" ? $1"# ["'theme'::text"] [Some(true), None];
        jsonb_path_exists(Doc.meta, "$.tags[*] ? (@ == \"b\")") => r#"jsonb_path_exists("docs"."meta", cast($1 as jsonpath))"# [r#"'$.tags[*] ? (@ == "b")'::text"#] [true, false];
        jsonb_path_exists(Doc.meta, Doc.meta.get_text("none")) => r#"jsonb_path_exists("docs"."meta", cast("docs"."meta" ->> $1 as jsonpath))"# ["'none'::text"] [None::<bool>, None];
    }
    let found =
        select(Doc.id).from(Doc).filter(Doc.meta.contains_json(json!({"tags": ["b"]}))).all(&db).await?;
    assert_eq!(found, [1]);
    let found = select(Doc.id).from(Doc).filter(Doc.settings.contains_json(json!({}))).all(&db).await?;
    assert_eq!(found, [1]);
    Ok(())
}

#[tokio::test]
async fn documents_are_changed() -> TestResult {
    let (db, _database) = database().await?;
    values! { db, Doc from "docs";
        Doc.settings.remove_key("theme").is_null() => r#""docs"."settings" - $1 is null"# ["'theme'::text"] [false, true];
        Doc.meta.remove_key("ui").remove_key("tags") => r#""docs"."meta" - $1 - $2"# ["'ui'::text", "'tags'::text"]
            [json!({"plan": "pro"}), json!(["x", {"y": null}])];
    }
    let merged =
        select(Doc.settings.merge(json!({"theme": "light"}))).from(Doc).order_by(Doc.id).all(&db).await?;
    assert_eq!(merged, [Some(Json(Settings { theme: "light".to_owned() })), None]);
    let theme = jsonb_set(Doc.meta, ["ui", "theme"], json!("light"));
    let command = check_command(
        update(Doc).set(Doc.meta, theme).find(1),
        r#"update "docs" set "meta" = jsonb_set("docs"."meta", $1, $2) where "docs"."id" = $3"#,
        &["{'ui','theme'}::_text", "01226c6967687422::jsonb", "1::int4"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let theme = select(Doc.meta.path_text(["ui", "theme"])).from(Doc).filter(Doc.id.eq(1)).one(&db).await?;
    assert_eq!(theme.as_deref(), Some("light"));
    Ok(())
}

#[tokio::test]
async fn a_bad_path_is_the_servers_error() -> TestResult {
    let (db, _database) = database().await?;
    let error =
        select(Doc.id).from(Doc).filter(jsonb_path_exists(Doc.meta, "$.[")).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("42601"));
    let error = select(Doc.meta.merge(json!(1)).get("x")).from(Doc).filter(Doc.id.eq(1)).all(&db).await;
    assert!(error.is_ok() || error.is_err_and(|error| error.sqlstate() == Some("22023")));
    let error = select(jsonb_set(Doc.meta, ["tags", "x"], json!(1))).from(Doc).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22P02"));
    Ok(())
}
