//! `json` and `jsonb`, as documents and as structs.

use super::round_trip::round_trips;
use crate::TestResult;
use crate::catalog::Catalog;
use mizzle::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Settings {
    theme: String,
    sizes: Vec<Option<i64>>,
    #[serde(default)]
    extra: Option<Box<Settings>>,
}

fn settings() -> Settings {
    let inner =
        Settings { theme: "it's \"\\ \u{1F600}".to_owned(), sizes: vec![None, Some(i64::MIN)], extra: None };
    Settings { theme: String::new(), sizes: vec![], extra: Some(Box::new(inner)) }
}

const SETTINGS: &str = r#"'{"theme":"","sizes":[],"extra":{"theme":"it''s \"\\ 😀","sizes":[null,-9223372036854775808],"extra":null}}'"#;

round_trips! {
    documents: Value, "jsonb" {
        Value::Null => "'null'",
        json!(true) => "'true'",
        json!("") => r#"'""'"#,
        json!("it's \"\\\n\u{1F600} ") => r#"'"it''s \"\\\n😀 "'"#,
        json!(u64::MAX) => "'18446744073709551615'",
        json!(i64::MIN) => "'-9223372036854775808'",
        json!(0.1) => "'0.1'",
        json!([]) => "'[]'",
        json!({}) => "'{}'",
        json!({"b": [1, {"": null}], "a": {"größe": [[[]]]}}) => r#"'{"b": [1, {"": null}], "a": {"größe": [[[]]]}}'"#,
    }
    structs: Json<Settings>, "jsonb" {
        Json(settings()) => SETTINGS,
    }
    lists_of_a_document: Json<Vec<i32>>, "jsonb" {
        Json(vec![]) => "'[]'",
        Json(vec![1, -1]) => "'[1, -1]'",
    }
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "plain")]
struct Plain {
    #[orm(primary_key)]
    id: i32,
    #[orm(type = "json")]
    document: Value,
    #[orm(type = "json")]
    settings: Option<Json<Settings>>,
    #[orm(type = "json[]")]
    list: Vec<Json<Settings>>,
}

#[derive(Insert)]
#[orm(table = Plain)]
struct NewPlain {
    id: i32,
    document: Value,
    settings: Option<Json<Settings>>,
    list: Vec<Json<Settings>>,
}

/// `json` has no `=`, so it is not in the table above.
#[tokio::test]
async fn json_is_a_column_and_an_array_too() -> TestResult {
    const SCHEMA: Schema = schema![Plain];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    let document = json!({"a": [1, "größe"]});
    let settings = || Some(Json(settings()));
    insert(Plain)
        .set(Plain.id, 1)
        .set(Plain.document, &document)
        .set(Plain.settings, settings())
        .set(Plain.list, settings().into_iter().collect::<Vec<_>>())
        .execute(&db)
        .await?;
    let list = settings().into_iter().collect();
    let row = NewPlain { id: 2, document: document.clone(), settings: settings(), list };
    insert(Plain).rows(&[row]).execute(&db).await?;
    let literal = format!(
        "insert into plain values (3, '{{\"a\": [1, \"größe\"]}}', {SETTINGS}, array[{SETTINGS}]::json[])"
    );
    catalog.client().batch_execute(&literal).await?;
    for (id, row) in (1..).zip(select(Plain).order_by(Plain.id).all(&db).await?) {
        let list = settings().into_iter().collect();
        assert_eq!(row, Plain { id, document: document.clone(), settings: settings(), list });
    }
    update(Plain)
        .set(Plain.settings, None::<Json<Settings>>)
        .set(Plain.document, Value::Null)
        .find(1)
        .execute(&db)
        .await?;
    let row = select(Plain).find(1).one(&db).await?;
    assert_eq!((row.settings, row.document), (None, Value::Null));
    Ok(())
}
