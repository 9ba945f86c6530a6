//! Rust identifiers that are hard on a macro: keywords, names of types, names that generated code uses.

use crate::TestResult;
use crate::catalog::Catalog;
use mizzle::prelude::*;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[expect(non_camel_case_types, reason = "raw identifiers are the test")]
enum r#type {
    r#match,
    Self_,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "r#struct", primary_key(r#type), index(r#fn, r#where.desc()), unique(r#fn, r#in))]
struct Raw {
    r#type: i32,
    r#fn: String,
    r#where: Option<String>,
    #[orm(references(Raw.r#type))]
    r#in: Option<i32>,
    #[orm(default = r#type::r#match)]
    r#enum: r#type,
}

#[derive(Insert)]
#[orm(table = Raw)]
struct NewRaw<'r> {
    r#type: i32,
    r#fn: &'r str,
    #[orm(column = r#where)]
    r#while: Option<&'r str>,
}

#[derive(Row, Debug, PartialEq)]
struct RawRow {
    r#fn: String,
    r#loop: r#type,
}

#[tokio::test]
async fn raw_identifiers_are_named_without_their_prefix() -> TestResult {
    const SCHEMA: Schema = schema![r#type, Raw];
    let catalog = Catalog::create(&SCHEMA).await?;
    assert_eq!(
        catalog.columns("\"r#struct\"").await?,
        [
            "type integer not null",
            "fn text not null",
            "where text",
            "in integer",
            "enum type not null default 'match'::type",
        ]
    );
    let db = catalog.db().await?;
    insert(Raw).rows(&[NewRaw { r#type: 1, r#fn: "f", r#while: Some("w") }]).execute(&db).await?;
    update(Raw).set(Raw.r#enum, r#type::Self_).set(Raw.r#in, 1).find(1).execute(&db).await?;
    let row =
        select((Raw.r#fn, Raw.r#enum)).from(Raw).filter(Raw.r#where.eq("w")).to::<RawRow>().one(&db).await?;
    assert_eq!(row, RawRow { r#fn: "f".to_owned(), r#loop: r#type::Self_ });
    alias!(r#Try = Raw);
    let joined = select(r#Try).join(Raw, Raw.r#in.eq(r#Try.r#type)).one(&db).await?;
    assert_eq!(joined.r#in, Some(1));
    Ok(())
}

/// Fields called as what the expansion of the derives uses.
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "words")]
struct Words {
    #[orm(primary_key)]
    id: i32,
    str: String,
    uuid: String,
    self_: String,
    option: Option<String>,
    string: String,
    vec: Vec<u8>,
    bool: bool,
    i32: i32,
    core: String,
    std: String,
    mizzle: String,
    table: String,
    column: String,
    columns: String,
    source: String,
    value: String,
    fields: String,
    args: String,
    rows: String,
    row: String,
    some: String,
    none: String,
    ok: String,
    __p: String,
    __fields: String,
    __args: String,
    __s: String,
}

#[derive(Insert)]
#[orm(table = Words)]
struct NewWords<'a> {
    id: i32,
    str: &'a str,
    uuid: &'a str,
    self_: &'a str,
    option: Option<&'a str>,
    string: &'a str,
    vec: &'a [u8],
    bool: bool,
    i32: i32,
    core: &'a str,
    std: &'a str,
    mizzle: &'a str,
    table: &'a str,
    column: &'a str,
    columns: &'a str,
    source: &'a str,
    value: &'a str,
    fields: &'a str,
    args: &'a str,
    rows: &'a str,
    row: &'a str,
    some: &'a str,
    none: &'a str,
    ok: &'a str,
    __p: &'a str,
    __fields: &'a str,
    __args: &'a str,
    __s: &'a str,
}

#[tokio::test]
async fn columns_may_be_called_as_types_and_as_generated_code() -> TestResult {
    const SCHEMA: Schema = schema![Words];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    let x = "x";
    let new = NewWords {
        id: 1,
        str: x,
        uuid: x,
        self_: x,
        option: None,
        string: x,
        vec: &[1],
        bool: true,
        i32: 5,
        core: x,
        std: x,
        mizzle: x,
        table: x,
        column: x,
        columns: x,
        source: x,
        value: x,
        fields: x,
        args: x,
        rows: x,
        row: x,
        some: x,
        none: x,
        ok: x,
        __p: x,
        __fields: x,
        __args: x,
        __s: "last",
    };
    insert(Words).rows(&[new]).execute(&db).await?;
    let words = select(Words).filter(Words.str.eq("x")).filter(Words.uuid.eq(Words.self_)).one(&db).await?;
    assert_eq!((words.vec, words.bool, words.i32, words.option), (vec![1], true, 5, None));
    assert_eq!(words.__s, "last");
    Ok(())
}
