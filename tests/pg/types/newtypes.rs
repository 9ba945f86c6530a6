//! Enums, newtypes and domains.

use super::round_trip::round_trips;
use mizzle::prelude::*;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Low,
    VeryHigh,
    #[orm(rename = " ")]
    Blank,
    #[orm(rename = "it's, {odd} \"\\ NULL")]
    Odd,
    #[orm(rename = "größe")]
    Unicode,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(name = "Camel.Level", rename_all = "camelCase")]
enum CamelLevel {
    VeryLow,
    VeryHigh,
}

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Id(i64);

#[derive(PgNewtype, Debug, Clone, PartialEq, Eq)]
struct Name {
    inner: String,
}

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq, Eq)]
struct Nested(Id);

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq, Eq)]
struct Rank(Level);

#[derive(PgNewtype, Debug, Clone, PartialEq, Eq)]
#[orm(domain = "short text", type = "varchar(3)", check = "value <> 'no'")]
struct Short(String);

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq)]
#[orm(domain = "positive", check = "value > 0")]
struct Positive(i32);

fn name(text: &str) -> Name {
    Name { inner: text.to_owned() }
}

round_trips! {
    enums: Level, "level", with(Level) {
        Level::Low => "'low'",
        Level::VeryHigh => "'very_high'",
        Level::Blank => "' '",
        Level::Odd => "'it''s, {odd} \"\\ NULL'",
        Level::Unicode => "'größe'",
    }
    enums_under_another_name: CamelLevel, "\"Camel.Level\"", with(CamelLevel) {
        CamelLevel::VeryLow => "'veryLow'",
        CamelLevel::VeryHigh => "'veryHigh'",
    }
    newtypes: Id, "bigint" {
        Id(0) => "0",
        Id(i64::MIN) => "'-9223372036854775808'",
    }
    newtypes_of_text: Name, "text" {
        name("") => "''",
        name("größe") => "'größe'",
    }
    newtypes_of_newtypes: Nested, "bigint" {
        Nested(Id(-1)) => "'-1'",
    }
    newtypes_of_enums: Rank, "level", with(Level) {
        Rank(Level::VeryHigh) => "'very_high'",
    }
    domains: Positive, "positive", with(Positive) {
        Positive(1) => "1",
        Positive(i32::MAX) => "2147483647",
    }
    domains_of_text: Short, "\"short text\"", with(Short) {
        Short(String::new()) => "''",
        Short("a'b".to_owned()) => "'a''b'",
    }
}

#[test]
fn labels_are_text_both_ways() {
    assert_eq!([Level::VeryHigh.label(), Level::Blank.label()], ["very_high", " "]);
    assert_eq!(Level::from_label("it's, {odd} \"\\ NULL"), Some(Level::Odd));
    assert_eq!(Level::from_label("VeryHigh"), None);
}
