//! A value that PostgreSQL or Rust cannot hold is refused, and never shown.

use crate::support::chain::{report, whole_text};
use crate::support::tables::{Note, assert_clean, note_ids, one_connection, pool_with};
use mizzle::prelude::*;

#[derive(Table, Debug)]
#[orm(table = "limits")]
struct Limit {
    #[orm(primary_key)]
    id: i64,
    small: i16,
    number: i32,
    code: Option<String>,
    tags: Option<Vec<String>>,
}

const SCHEMA: &str = "
    create table limits (
        id bigint primary key, small smallint not null, number int not null, code varchar(3), tags text[]
    );
    insert into limits values (1, 1, 2147483647);
";

#[derive(Insert)]
#[orm(table = Limit)]
struct NewLimit<'a> {
    id: i64,
    small: i16,
    number: i32,
    code: &'a str,
    tags: Vec<String>,
}

#[tokio::test]
async fn a_result_out_of_range() {
    let (_database, db) = pool_with(SCHEMA, |builder| builder.max_connections(1)).await;
    for (error, text) in [
        (
            update(Limit).set(Limit.number, Limit.number + 1).find(1).execute(&db).await.unwrap_err(),
            "update \"limits\": integer out of range (SQLSTATE 22003)",
        ),
        (
            update(Limit).set(Limit.number, Limit.number / 0).find(1).execute(&db).await.unwrap_err(),
            "update \"limits\": division by zero (SQLSTATE 22012)",
        ),
        (
            select(Limit)
                .filter((Limit.small / (Limit.small - 1)).gt(1))
                .all(&db)
                .await
                .map(drop)
                .unwrap_err(),
            "select … from \"limits\": division by zero (SQLSTATE 22012)",
        ),
    ] {
        assert_eq!(report(&error), text);
        assert_clean(&db).await;
    }
}

#[tokio::test]
async fn a_text_that_is_too_long() {
    let (_database, db) = pool_with(SCHEMA, |builder| builder.max_connections(1)).await;
    let text = "value too long for type character varying(3) (SQLSTATE 22001)";
    let error = update(Limit).set(Limit.code, "secret").find(1).execute(&db).await.unwrap_err();
    assert_eq!(report(&error), format!("update \"limits\": {text}"));
    let row = NewLimit { id: 2, small: 1, number: 1, code: "secret", tags: Vec::new() };
    let error = insert(Limit).rows(&[row]).execute(&db).await.unwrap_err();
    assert_eq!(report(&error), format!("insert into \"limits\": {text}"));
    assert!(!whole_text(&error).contains("secret"));
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_text_with_a_nul_in_it() {
    let (_database, db) = pool_with(SCHEMA, |builder| builder.max_connections(1)).await;
    let nul = "sec\0ret";
    let row = |code, tags: &[&str]| {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        [NewLimit { id: 2, small: 1, number: 1, code, tags }]
    };
    let errors = [
        update(Limit).set(Limit.code, nul).find(1).execute(&db).await.unwrap_err(),
        update(Limit).set(Limit.tags, [nul]).find(1).execute(&db).await.unwrap_err(),
        insert(Limit).rows(&row(nul, &[])).execute(&db).await.unwrap_err(),
        insert(Limit).rows(&row("a", &["b", nul])).execute(&db).await.unwrap_err(),
        select(Limit).filter(Limit.code.eq(nul)).all(&db).await.map(drop).unwrap_err(),
        select(Limit).filter(Limit.code.in_(["a", nul])).all(&db).await.map(drop).unwrap_err(),
    ];
    for error in errors {
        let text = report(&error);
        assert!(
            text.ends_with(": invalid byte sequence for encoding \"UTF8\": 0x00 (SQLSTATE 22021)"),
            "{text}"
        );
        assert!(!whole_text(&error).contains("ret"), "{}", whole_text(&error));
    }
    let error = db.batch_execute("select 'sec\0ret'").await.unwrap_err();
    assert_eq!(report(&error), "select 'sec\0ret': the script has a NUL in it, which PostgreSQL cannot read");
    assert!(!error.is_closed());
    assert_clean(&db).await;
}

/// Messages of the server's that quote what they complain about.
#[tokio::test]
async fn a_value_in_the_servers_message_is_not_shown() {
    let (_database, db) = one_connection().await;
    for (sql, text) in [
        ("select 'secret'::int", "invalid input syntax for type integer (SQLSTATE 22P02)"),
        ("select '77777777777'::int", "value … is out of range for type integer (SQLSTATE 22003)"),
        ("select '7777e777'::float8", "… is out of range for type double precision (SQLSTATE 22003)"),
        ("select '7777-77-77'::date", "date/time field value out of range (SQLSTATE 22008)"),
        ("select make_date(7777, 77, 77)", "date field value out of range (SQLSTATE 22008)"),
        ("select '{secret'::text[]", "malformed array literal (SQLSTATE 22P02)"),
        ("select '{\"a\": secret}'::json", "invalid input syntax for type json (SQLSTATE 22P02)"),
        ("select to_date('secret', 'YYYY')", "invalid value … (SQLSTATE 22007)"),
        ("select to_timestamp('x\" for secret \"', 'YYYY')", "invalid value … (SQLSTATE 22007)"),
        ("set time zone 'secret'", "invalid value for parameter … (SQLSTATE 22023)"),
        ("select now() at time zone 'secret'", "time zone … not recognized (SQLSTATE 22023)"),
        (
            "select regexp_match('a', '(secret')",
            "invalid regular expression: parentheses () not balanced (SQLSTATE 2201B)",
        ),
    ] {
        // Only the beginning of a script is shown.
        let script = format!("-- a script that ends with a statement\n{sql}");
        let message = report(&db.batch_execute(&script).await.unwrap_err());
        assert!(message.ends_with(text), "{sql}: {message}");
        assert!(!message.contains("secret") && !message.contains("777"), "{sql}: {message}");
    }
    assert_clean(&db).await;
}

#[tokio::test]
async fn parameters_are_never_shown() {
    let (_database, db) = one_connection().await;
    let statement = select(Note).filter(Note.body.eq("secret"));
    assert!(statement.one(&db).await.is_err_and(|error| !whole_text(&error).contains("secret")));
    db.batch_execute("alter table notes alter body type int using 1").await.unwrap();
    let error = insert(Note).set(Note.id, 1).set(Note.body, "secret").execute(&db).await.unwrap_err();
    assert!(!whole_text(&error).contains("secret"), "{}", whole_text(&error));
    assert!(note_ids(&db).await.is_empty());
}

#[cfg(feature = "rust_decimal")]
mod decimal {
    use super::*;
    use rust_decimal::Decimal;

    #[derive(Table, Debug)]
    #[orm(table = "prices")]
    struct Price {
        #[orm(primary_key)]
        id: i64,
        amount: Decimal,
    }

    const SCHEMA: &str = "create table prices (id bigint primary key, amount numeric)";

    #[tokio::test]
    async fn a_number_with_too_many_digits_for_its_column() {
        let (_database, db) = pool_with(SCHEMA, |builder| builder.max_connections(1)).await;
        db.batch_execute("alter table prices alter amount type numeric(5, 2)").await.unwrap();
        let big = Decimal::from(777_777);
        let error = insert(Price).set(Price.id, 1).set(Price.amount, big).execute(&db).await.unwrap_err();
        assert_eq!(report(&error), "insert into \"prices\": numeric field overflow (SQLSTATE 22003)");
        assert!(!whole_text(&error).contains("777"), "{}", whole_text(&error));
        assert_clean(&db).await;
    }

    #[tokio::test]
    async fn a_number_that_rust_cannot_hold() {
        let (_database, db) = pool_with(SCHEMA, |builder| builder.max_connections(1)).await;
        for value in ["'NaN'", "1e40", "'infinity'", "-1e30000"] {
            db.batch_execute(&format!("truncate prices; insert into prices values (1, {value})"))
                .await
                .unwrap();
            let error = select(Price).all(&db).await.unwrap_err();
            let expected = "select … from \"prices\": column 2 (`amount`): the value cannot be read: ";
            assert!(error.to_string().starts_with(expected), "{value}: {error}");
            assert_clean(&db).await;
        }
    }
}

#[cfg(feature = "chrono")]
mod date {
    use super::*;
    use chrono::{DateTime, NaiveDate, Utc};

    #[derive(Table, Debug)]
    #[orm(table = "days")]
    struct Day {
        #[orm(primary_key)]
        id: i64,
        day: NaiveDate,
        at: DateTime<Utc>,
    }

    const SCHEMA: &str = "
        create table days (id bigint primary key, day date not null, at timestamptz not null);
        insert into days values (1, '2024-02-29', '2024-02-29');
    ";

    #[tokio::test]
    async fn a_date_before_the_calendar_of_the_server() {
        let (_database, db) = pool_with(SCHEMA, |builder| builder.max_connections(1)).await;
        let error = update(Day).set(Day.day, NaiveDate::MIN).find(1).execute(&db).await.unwrap_err();
        assert_eq!(report(&error), "update \"days\": date out of range (SQLSTATE 22008)");
        assert_clean(&db).await;
        let at = DateTime::<Utc>::MIN_UTC;
        let error = update(Day).set(Day.at, at).find(1).execute(&db).await.unwrap_err();
        assert_eq!(report(&error), "update \"days\": timestamp out of range (SQLSTATE 22008)");
        assert_clean(&db).await;
    }

    #[tokio::test]
    async fn a_date_after_the_calendar_of_rust() {
        let (_database, db) = pool_with(SCHEMA, |builder| builder.max_connections(1)).await;
        for (column, value) in [(2, "5874897-12-31"), (2, "infinity"), (3, "294276-12-31"), (3, "-infinity")]
        {
            let name = if column == 2 { "day" } else { "at" };
            db.batch_execute("update days set day = '2024-02-29', at = '2024-02-29'").await.unwrap();
            db.batch_execute(&format!("update days set {name} = '{value}'")).await.unwrap();
            let text = select(Day).all(&db).await.unwrap_err().to_string();
            let expected =
                format!("select … from \"days\": column {column} (`{name}`): the value cannot be read: ");
            assert!(text.starts_with(&expected), "{value}: {text}");
        }
        assert_clean(&db).await;
    }
}

#[cfg(feature = "serde_json")]
mod json {
    use super::*;
    use mizzle::Json;

    #[derive(serde::Serialize, serde::Deserialize, Debug)]
    struct Settings {
        theme: i32,
        #[serde(default)]
        colour: Colour,
    }

    /// It says in its error what it was given, as parsers do.
    #[derive(serde::Serialize, serde::Deserialize, Debug, Default)]
    #[serde(try_from = "String")]
    struct Colour;

    impl TryFrom<String> for Colour {
        type Error = String;

        fn try_from(text: String) -> Result<Self, String> {
            Err(format!("{text} is not a colour"))
        }
    }

    #[derive(Table, Debug)]
    #[orm(table = "documents")]
    struct Document {
        #[orm(primary_key)]
        id: i64,
        settings: Json<Settings>,
    }

    const SCHEMA: &str = "create table documents (id bigint primary key, settings jsonb not null)";

    #[tokio::test]
    async fn a_document_that_does_not_fit_says_where_and_not_what() {
        let (_database, db) = pool_with(SCHEMA, |builder| builder.max_connections(1)).await;
        for (document, why) in [
            ("{}", "missing field `theme` at line 1 column 2"),
            ("{\"theme\": \"secret\"}", "expected i32 at line 1 column 18"),
            ("{\"theme\": 77777777777}", "expected i32 at line 1 column 21"),
            ("\"secret, expected nothing\"", "expected struct Settings at line 1 column 26"),
            ("{\"theme\": 1, \"colour\": \"secret\"}", "found something else at line 1 column 32"),
        ] {
            let script = format!("truncate documents; insert into documents values (1, '{document}')");
            db.batch_execute(&script).await.unwrap();
            let error = select(Document).all(&db).await.unwrap_err();
            assert_eq!(
                report(&error),
                format!(
                    "select … from \"documents\": column 2 (`settings`): the value cannot be read: \
                     the document does not fit the Rust type: {why}"
                )
            );
            let text = whole_text(&error);
            assert!(!text.contains("secret") && !text.contains("777"), "{text}");
        }
        assert_clean(&db).await;
    }
}
