//! The schema of the database.

#![allow(clippy::duplicated_attributes, reason = "a column may be in several keys and indexes")]

use mizzle::prelude::*;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(name = "enum", schema = "Schema \"of\"\nmany words")]
pub enum SchemaOfManyWordsEnum {
    Struct,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enum {
    #[orm(rename = "")]
    T,
    A,
    #[orm(rename = "A")]
    A2,
    #[orm(rename = "a b")]
    AB,
    #[orm(rename = "a_b")]
    AB2,
    #[orm(rename = "Self")]
    Self_,
    #[orm(rename = "None")]
    None,
    #[orm(rename = "🦀")]
    T2,
    #[orm(rename = "it's")]
    ItS,
    #[orm(rename = "line\nbreak")]
    LineBreak,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "a table; drop table x --",
    schema = "Schema \"of\"\nmany words",
    unique(columns(deferrable, unique)),
    unique(columns(include, columns), include(unique)),
    index(name = "a table; drop table x --_unique_deferrable_idx", columns(unique, deferrable)),
)]
pub struct ATableDropTableX {
    #[orm(unique)]
    pub columns: Option<i32>,
    pub deferrable: Option<i32>,
    pub unique: Option<i32>,
    pub include: Option<i32>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "Option",
    check(name = "Option_line\nbreak_check", "\"line\nbreak\" <> '\"\\'::text"),
)]
pub struct PublicOption {
    #[orm(name = "Vec")]
    pub vec: Option<String>,
    #[orm(name = "a\"b", unique)]
    pub a_b: Option<String>,
    #[orm(name = "a'b")]
    pub a_b_2: Option<String>,
    #[orm(name = "a\\b")]
    pub a_b_3: Option<String>,
    #[orm(name = "line\nbreak", default = "line\nbreak")]
    pub line_break: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "SCHEMA")]
pub struct PublicSchema {
    #[orm(default = Enum::A2)]
    pub r#match: Option<Enum>,
    #[orm(default = SchemaOfManyWordsEnum::Struct)]
    pub r#where: SchemaOfManyWordsEnum,
    #[orm(name = "crate", default = sql("'{a,it''s}'::public.enum[]"))]
    pub crate_: Option<Vec<Option<Enum>>>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "Type")]
pub struct Type {
    #[orm(name = "a b")]
    pub a_b: Option<i32>,
    #[orm(name = "a-b")]
    pub a_b_2: Option<i32>,
    #[orm(name = "a_b")]
    pub a_b_3: Option<i32>,
    #[orm(name = "A_B")]
    pub a_b_4: Option<i32>,
    #[orm(name = "2nd")]
    pub c_2nd: Option<i32>,
    pub größe: Option<String>,
    pub 日本: Option<String>,
    #[orm(name = "😀")]
    pub c_: Option<String>,
    #[orm(name = "x²")]
    pub c_x: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "Workers")]
pub struct Worker {
    pub id: Option<i32>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "a23456789_123456789_123456789_123456789_123456789_123456789_123",
    primary_key(name = "a23456789_123456789_123456789_123456789_123456789_12345678_pkey", columns(b23456789_123456789_123456789_123456789_123456789_123456789_123)),
)]
pub struct A23456789123456789123456789123456789123456789123456789123 {
    pub b23456789_123456789_123456789_123456789_123456789_123456789_123: i32,
    #[orm(
        unique(name = "a23456789_123456789_123456789_c23456789_123456789_123456789_key"),
        references(A23456789123456789123456789123456789123456789123456789123.b23456789_123456789_123456789_123456789_123456789_123456789_123, name = "a23456789_123456789_123456789_c23456789_123456789_12345678_fkey"),
        index(name = "a23456789_123456789_123456789_c23456789_123456789_123456789_idx"),
    )]
    pub c23456789_123456789_123456789_123456789_123456789_123456789_123: Option<i32>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "type")]
pub struct PublicType {
    #[orm(primary_key)]
    pub r#fn: i32,
    #[orm(name = "self")]
    pub self_: Option<i32>,
    #[orm(name = "Self")]
    pub self_2: Option<i32>,
    #[orm(name = "super")]
    pub super_: Option<i32>,
    pub r#gen: Option<i32>,
    pub r#virtual: Option<i32>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "worker")]
pub struct PublicWorker {
    pub id: Option<i32>,
}

#[doc = "a return \r, a */ end, `code` and \u{202e} writing"]
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "workers")]
pub struct Worker2 {
    pub id: Option<i32>,
}

/// Everything that the database holds.
pub const SCHEMA: Schema = schema![
    SchemaOfManyWordsEnum,
    Enum,
    ATableDropTableX,
    PublicOption,
    PublicSchema,
    Type,
    Worker,
    A23456789123456789123456789123456789123456789123456789123,
    PublicType,
    PublicWorker,
    Worker2,
];
