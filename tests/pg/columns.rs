//! Columns: their types, NULL, defaults of every form, identity and generation.

use crate::TestResult;
use crate::catalog::Catalog;
use mizzle::prelude::*;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    #[orm(rename = "so 'la' la")]
    SoSo,
    #[orm(rename = "back\\slash")]
    Backslash,
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "typed")]
struct Typed {
    #[orm(primary_key)]
    small: i16,
    normal: i32,
    big: i64,
    real: f32,
    double: f64,
    truth: bool,
    text: String,
    bytes: Vec<u8>,
    #[orm(varchar(10))]
    short: String,
    #[orm(char(3))]
    code: String,
    #[orm(type = "citext_like")]
    custom: Option<String>,
    maybe: Option<i32>,
    list: Vec<i32>,
    sparse: Option<Vec<Option<String>>>,
    mood: Mood,
    moods: Vec<Mood>,
}

#[tokio::test]
async fn rust_types_are_postgres_types_and_only_options_are_nullable() -> TestResult {
    // The domain stands for any type the user names.
    const SCHEMA: Schema = schema![Mood, Custom, Typed];
    let catalog = Catalog::create(&SCHEMA).await?;
    assert_eq!(
        catalog.columns("typed").await?,
        [
            "small smallint not null",
            "normal integer not null",
            "big bigint not null",
            "real real not null",
            "double double precision not null",
            "truth boolean not null",
            "text text not null",
            "bytes bytea not null",
            "short character varying(10) not null",
            "code character(3) not null",
            "custom citext_like",
            "maybe integer",
            "list integer[] not null",
            "sparse text[]",
            "mood mood not null",
            "moods mood[] not null",
        ]
    );
    Ok(())
}

#[derive(PgNewtype)]
#[orm(domain = "citext_like")]
struct Custom(String);

#[derive(Table, Debug, PartialEq)]
#[orm(table = "defaults")]
struct Defaults {
    #[orm(primary_key, default = -5)]
    int: i32,
    #[orm(default = 1_000_000_000_000)]
    big: i64,
    #[orm(default = -1.5e3)]
    double: f64,
    #[orm(default = true)]
    yes: bool,
    #[orm(default = false)]
    no: Option<bool>,
    #[orm(default = "it's")]
    quote: String,
    #[orm(default = "a\\b'c\n\"d\"")]
    backslash: String,
    #[orm(default = "größe \u{1F600}")]
    unicode: String,
    #[orm(default = "")]
    empty: String,
    #[orm(default = Mood::SoSo)]
    mood: Mood,
    #[orm(default = Mood::Backslash)]
    other_mood: Mood,
    #[orm(default = sql("1 + 2 * 3"))]
    sum: i32,
    #[orm(default = sql("case when true then 'x' else 'y' end"))]
    case: String,
    #[orm(default = upper("abc"))]
    call: String,
    #[orm(default = sql("array['a', 'b']"))]
    list: Vec<String>,
}

const DEFAULTS: Schema = schema![Mood, Defaults];

#[tokio::test]
async fn defaults_of_every_form_are_in_the_catalog() -> TestResult {
    let catalog = Catalog::create(&DEFAULTS).await?;
    assert_eq!(
        catalog.columns("defaults").await?,
        [
            "int integer not null default '-5'::integer",
            "big bigint not null default '1000000000000'::bigint",
            "double double precision not null default '-1500'::numeric",
            "yes boolean not null default true",
            "no boolean default false",
            "quote text not null default 'it''s'::text",
            "backslash text not null default 'a\\b''c\n\"d\"'::text",
            "unicode text not null default 'größe \u{1F600}'::text",
            "empty text not null default ''::text",
            "mood mood not null default 'so ''la'' la'::mood",
            "other_mood mood not null default 'back\\slash'::mood",
            "sum integer not null default (1 + (2 * 3))",
            "case text not null default \nCASE\n    WHEN true THEN 'x'::text\n    ELSE 'y'::text\nEND",
            "call text not null default upper('abc'::text)",
            "list text[] not null default ARRAY['a'::text, 'b'::text]",
        ]
    );
    Ok(())
}

#[derive(Insert)]
#[orm(table = Defaults)]
struct OnlyKey {
    int: i32,
}

#[tokio::test]
async fn columns_left_out_hold_their_defaults() -> TestResult {
    let catalog = Catalog::create(&DEFAULTS).await?;
    let db = catalog.db().await?;
    insert(Defaults).rows(&[OnlyKey { int: 1 }]).execute(&db).await?;
    let expected = Defaults {
        int: 1,
        big: 1_000_000_000_000,
        double: -1500.0,
        yes: true,
        no: Some(false),
        quote: "it's".to_owned(),
        backslash: "a\\b'c\n\"d\"".to_owned(),
        unicode: "größe \u{1F600}".to_owned(),
        empty: String::new(),
        mood: Mood::SoSo,
        other_mood: Mood::Backslash,
        sum: 7,
        case: "x".to_owned(),
        call: "ABC".to_owned(),
        list: vec!["a".to_owned(), "b".to_owned()],
    };
    assert_eq!(select(Defaults).all(&db).await?, [expected]);
    Ok(())
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "filled")]
struct Filled {
    #[orm(primary_key, identity)]
    id: i64,
    #[orm(identity(by_default))]
    number: i16,
    #[orm(generated = "id * 2")]
    double: i64,
    #[orm(generated = "nullif(number, 1)")]
    maybe: Option<i16>,
}

#[tokio::test]
async fn identity_and_generated_columns_are_the_servers() -> TestResult {
    const SCHEMA: Schema = schema![Filled];
    let catalog = Catalog::create(&SCHEMA).await?;
    assert_eq!(
        catalog.columns("filled").await?,
        [
            "id bigint not null identity always",
            "number smallint not null identity by default",
            "double bigint not null generated (id * 2)",
            "maybe smallint generated NULLIF(number, 1)",
        ]
    );
    let db = catalog.db().await?;
    let row = insert(Filled).set(Filled.number, 7).returning(Filled).one(&db).await?;
    assert_eq!(row, Filled { id: 1, number: 7, double: 2, maybe: Some(7) });
    Ok(())
}

#[cfg(feature = "serde_json")]
#[tokio::test]
async fn a_document_is_a_default() -> TestResult {
    #[derive(Table, Debug, PartialEq)]
    #[orm(table = "documents")]
    struct Document {
        #[orm(primary_key)]
        id: i32,
        #[orm(default = json!({"it's": [1, -2.5, null, "a\\b\"c"], "ü": {}}))]
        body: serde_json::Value,
        #[orm(type = "json", default = json!([]))]
        list: Json<Vec<i32>>,
    }
    const SCHEMA: Schema = schema![Document];
    let catalog = Catalog::create(&SCHEMA).await?;
    assert_eq!(
        catalog.columns("documents").await?,
        [
            "id integer not null",
            r#"body jsonb not null default '{"ü": {}, "it''s": [1, -2.5, null, "a\\b\"c"]}'::jsonb"#,
            "list json not null default '[]'::json",
        ]
    );
    let db = catalog.db().await?;
    let row = insert(Document).set(Document.id, 1).returning(Document).one(&db).await?;
    let body = serde_json::json!({"it's": [1, -2.5, null, "a\\b\"c"], "ü": {}});
    assert_eq!(row, Document { id: 1, body, list: Json(vec![]) });
    Ok(())
}

#[cfg(all(feature = "chrono", feature = "rust_decimal", feature = "uuid"))]
#[tokio::test]
async fn types_of_other_crates_are_postgres_types() -> TestResult {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
    use rust_decimal::Decimal;

    #[derive(Table, Debug, PartialEq)]
    #[orm(table = "others")]
    struct Others {
        #[orm(primary_key, default = gen_random_uuid())]
        id: uuid::Uuid,
        #[orm(default = now())]
        at: DateTime<Utc>,
        local: NaiveDateTime,
        #[orm(default = sql("date '2020-01-01'"))]
        day: NaiveDate,
        time: NaiveTime,
        #[orm(default = 12.50)]
        free: Decimal,
        #[orm(numeric(20, 6), default = 0)]
        money: Decimal,
        #[orm(numeric(5))]
        whole: Option<Decimal>,
    }
    const SCHEMA: Schema = schema![Others];
    let catalog = Catalog::create(&SCHEMA).await?;
    assert_eq!(
        catalog.columns("others").await?,
        [
            "id uuid not null default gen_random_uuid()",
            "at timestamp with time zone not null default now()",
            "local timestamp without time zone not null",
            "day date not null default '2020-01-01'::date",
            "time time without time zone not null",
            "free numeric not null default 12.50",
            "money numeric(20,6) not null default 0",
            "whole numeric(5,0)",
        ]
    );
    Ok(())
}
