//! Composite types: nested, of every kind of type, under odd names, and changed behind the program's back.

use super::round_trip::round_trips;
use crate::TestResult;
use crate::catalog::Catalog;
use mizzle::prelude::*;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Home,
    #[orm(rename = "it's, (odd) \"\\ ")]
    Odd,
}

#[derive(PgNewtype, Debug, Clone, PartialEq)]
#[orm(domain = "zip code", type = "varchar(5)", check = "value <> ''")]
struct Zip(String);

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq)]
struct Number(i32);

/// Where someone lives.
#[derive(PgComposite, Debug, Clone, PartialEq)]
#[orm(name = "Post.Address")]
struct Address {
    /// With the house's number.
    street: String,
    #[orm(name = "zip \"code\"")]
    zip: Option<Zip>,
    #[orm(varchar(3))]
    country: Option<String>,
    #[orm(char(2))]
    code: Option<String>,
    kind: Kind,
    kinds: Vec<Option<Kind>>,
    number: Number,
}

#[derive(PgComposite, Debug, Clone, PartialEq)]
struct Person {
    name: Option<String>,
    home: Address,
    others: Vec<Option<Address>>,
    r#type: Option<bool>,
}

#[derive(PgNewtype, Debug, Clone, PartialEq)]
struct Boss(Person);

#[derive(PgNewtype, Debug, Clone, PartialEq)]
#[orm(domain = "employee", check = "(value).name <> 'nobody'")]
struct Employee(Person);

fn address(street: &str) -> Address {
    Address {
        street: street.to_owned(),
        zip: Some(Zip("a \\\"".to_owned())),
        country: None,
        code: Some("x ".to_owned()),
        kind: Kind::Odd,
        kinds: vec![None, Some(Kind::Home), Some(Kind::Odd)],
        number: Number(-1),
    }
}

fn person() -> Person {
    let odd = address("it's, (a) \"{quoted}\" \\ NULL\n\u{1F600}");
    Person {
        name: None,
        home: Address { kinds: vec![], zip: None, ..address("") },
        others: vec![None, Some(odd)],
        r#type: Some(false),
    }
}

const ADDRESS: &str = r#"row('it''s, (a) "{quoted}" \ NULL
😀', 'a \"', null, 'x', 'it''s, (odd) "\ ', array[null, 'home', 'it''s, (odd) "\ ']::kind[], -1)::"Post.Address""#;

fn person_sql() -> String {
    let home = r#"row('', null, null, 'x', 'it''s, (odd) "\ ', '{}', -1)::"Post.Address""#;
    format!("row(null, {home}, array[null, {ADDRESS}], false)::person")
}

round_trips! {
    composites: Address, "\"Post.Address\"", with(Address, Zip, Kind) {
        address("it's, (a) \"{quoted}\" \\ NULL\n\u{1F600}") => ADDRESS,
    }
    composites_of_composites: Person, "person", with(Person, Address, Zip, Kind) {
        person() => person_sql(),
    }
    newtypes_of_composites: Boss, "person", with(Person, Kind, Zip, Address) {
        Boss(person()) => person_sql(),
    }
    domains_of_composites: Employee, "employee", with(Employee, Zip, Person, Kind, Address) {
        Employee(Person { name: Some("a".to_owned()), ..person() }) => person_sql().replace("row(null, row", "row('a', row"),
    }
}

#[test]
fn types_are_made_behind_what_they_are_made_of() {
    const SCHEMA: Schema = schema![Employee, Person, Address, Zip, Kind];
    let sql = SCHEMA.create_sql();
    let made: Vec<&str> = sql.lines().filter(|line| line.starts_with("create")).collect();
    assert_eq!(
        made,
        [
            "create domain \"zip code\" as varchar(5) constraint \"zip code_check\" check (value <> '');",
            "create type \"kind\" as enum ('home', E'it''s, (odd) \"\\\\ ');",
            "create type \"Post.Address\" as (\"street\" text, \"zip \"\"code\"\"\" \"zip code\", \
             \"country\" varchar(3), \"code\" char(2), \"kind\" \"kind\", \"kinds\" \"kind\"[], \"number\" integer);",
            "create type \"person\" as (\"name\" text, \"home\" \"Post.Address\", \"others\" \"Post.Address\"[], \
             \"type\" boolean);",
            "create domain \"employee\" as \"person\" constraint \"employee_check\" check ((value).name <> 'nobody');",
        ]
    );
    assert!(sql.contains("comment on type \"Post.Address\" is 'Where someone lives.';\n"));
    assert!(sql.contains("comment on column \"Post.Address\".\"street\" is 'With the house''s number.';\n"));
}

#[derive(PgComposite, Debug, Clone, PartialEq)]
#[orm(schema = "geo", name = "point")]
struct Point {
    x: i32,
    y: Option<i32>,
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "places")]
struct Place {
    #[orm(primary_key)]
    id: i32,
    point: Option<Point>,
}

#[derive(Insert)]
#[orm(table = Place)]
struct NewPlace {
    id: i32,
    point: Option<Point>,
}

const PLACES: Schema = schema![Place, Point];

/// A composite type whose every field is NULL `is null`, yet it is a value.
#[tokio::test]
async fn null_is_not_a_value_of_nulls() -> TestResult {
    #[derive(PgComposite, Debug, Clone, PartialEq)]
    struct Maybe {
        value: Option<i32>,
    }
    #[derive(Table, Debug, PartialEq)]
    #[orm(table = "maybes")]
    struct Row {
        #[orm(primary_key)]
        id: i32,
        maybe: Option<Maybe>,
    }
    const SCHEMA: Schema = schema![Maybe, Row];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    insert(Row).set(Row.id, 1).set(Row.maybe, Maybe { value: None }).execute(&db).await?;
    insert(Row).set(Row.id, 2).set(Row.maybe, None::<Maybe>).execute(&db).await?;
    let rows = select(Row.maybe).from(Row).order_by(Row.id).all(&db).await?;
    assert_eq!(rows, [Some(Maybe { value: None }), None]);
    Ok(())
}

#[tokio::test]
async fn a_composite_type_may_have_a_schema() -> TestResult {
    let catalog = Catalog::create(&PLACES).await?;
    let db = catalog.db().await?;
    let point = || Some(Point { x: 1, y: None });
    insert(Place)
        .rows(&[NewPlace { id: 1, point: point() }, NewPlace { id: 2, point: None }])
        .execute(&db)
        .await?;
    update(Place).set(Place.point, point()).find(2).execute(&db).await?;
    assert_eq!(select(Place).filter(Place.point.eq(Point { x: 1, y: None })).count(&db).await?, 2);
    assert_eq!(select(Place).find(2).one(&db).await?, Place { id: 2, point: point() });
    Ok(())
}

#[tokio::test]
async fn a_null_in_a_field_that_is_not_an_option_is_an_error_that_names_it() -> TestResult {
    let catalog = Catalog::create(&PLACES).await?;
    catalog.client().batch_execute("insert into places values (1, row(null, 1))").await?;
    let error = select(Place).one(&catalog.db().await?).await.unwrap_err();
    assert_eq!(
        chain(&error),
        "select … from \"places\": column 2 (`point`): the value cannot be read: the field `x` of the composite type \
         `point`: found NULL where the Rust type is not an `Option`"
    );
    Ok(())
}

#[tokio::test]
async fn another_composite_type_than_the_struct_says_is_an_error() -> TestResult {
    for (change, found) in [
        ("alter type geo.point add attribute z text", "point (x int4, y int4, z text)"),
        ("alter type geo.point drop attribute y", "point (x int4)"),
        ("alter type geo.point rename attribute y to z", "point (x int4, z int4)"),
        (
            "alter table places drop point; alter type geo.point alter attribute y type bigint; \
             alter table places add point geo.point",
            "point (x int4, y int8)",
        ),
        ("alter table places drop point; alter table places add point int", "int4"),
    ] {
        let catalog = Catalog::create(&PLACES).await?;
        catalog.client().batch_execute(change).await?;
        let error = select(Place).all(&catalog.db().await?).await.unwrap_err();
        let expected = "select … from \"places\": column 2 (`point`): expected `\"geo\".\"point\"`";
        assert_eq!(chain(&error), format!("{expected}, found `{found}`"), "{change}");
    }
    Ok(())
}

/// The driver has looked the type up before it changed.
#[tokio::test]
async fn a_type_that_grows_under_a_prepared_statement_is_an_error() -> TestResult {
    let catalog = Catalog::create(&PLACES).await?;
    let db = catalog.db().await?;
    insert(Place).set(Place.id, 1).set(Place.point, Point { x: 1, y: None }).execute(&db).await?;
    assert_eq!(select(Place).all(&db).await?.len(), 1);
    catalog.client().batch_execute("alter type geo.point add attribute z int").await?;
    let error = select(Place).all(&db).await.unwrap_err();
    assert!(
        chain(&error).ends_with("expected 2 fields of the composite type `point`, found 3"),
        "{}",
        chain(&error)
    );
    Ok(())
}

#[tokio::test]
async fn text_too_long_for_a_field_is_refused() -> TestResult {
    const SCHEMA: Schema = schema![Address, Zip, Kind, Home];
    #[derive(Table, Debug)]
    #[orm(table = "homes")]
    struct Home {
        address: Address,
    }
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    let long = Address { country: Some("long".to_owned()), ..address("") };
    let error = insert(Home).set(Home.address, long).execute(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22001"));
    let nul = insert(Home).set(Home.address, address("a\0b")).execute(&db).await.unwrap_err();
    assert_eq!(nul.sqlstate(), Some("22021"));
    assert_eq!(select(Home).all(&db).await?.first().map(|home| &home.address), None);
    Ok(())
}

/// Every level's message.
fn chain(error: &dyn std::error::Error) -> String {
    let next = error.source().map(|source| format!(": {}", chain(source))).unwrap_or_default();
    format!("{error}{next}")
}
