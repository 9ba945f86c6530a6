//! Schemas, extensions and types.

use super::{catalog, database, public};
use crate::TestResult;
use orm_kit::catalog::{Catalog, Composite, Domain, DomainCheck, Enum, Extension, Field, Name, Schema};
use orm_kit::inspect::{Scope, inspect};

#[tokio::test]
async fn an_enum_has_its_labels_in_order() -> TestResult {
    let found = catalog(
        "create type mood as enum ('sad', 'happy');
         alter type mood add value 'it''s fine' before 'happy';
         comment on type mood is 'how it goes'",
    )
    .await?;
    let mood = Enum {
        name: public("mood"),
        labels: ["sad", "it's fine", "happy"].map(str::to_owned).to_vec(),
        comment: Some("how it goes".to_owned()),
    };
    assert_eq!(found, Catalog { enums: vec![mood], ..Catalog::default() });
    Ok(())
}

#[tokio::test]
async fn a_domain_has_its_checks_and_default() -> TestResult {
    let found = catalog(
        "create domain price as numeric(10, 2) not null default 0 constraint positive check (value > 0)
             constraint low check (value < 100);
         create domain name as text collate \"C\";
         comment on domain price is 'money'",
    )
    .await?;
    let check = |name: &str, expression: &str| DomainCheck {
        name: name.to_owned(),
        expression: expression.to_owned(),
    };
    let name = Domain {
        name: public("name"),
        base: "text".to_owned(),
        not_null: false,
        default: None,
        collation: Some(Name::new("pg_catalog", "C")),
        checks: Vec::new(),
        comment: None,
    };
    let price = Domain {
        name: public("price"),
        base: "numeric(10,2)".to_owned(),
        not_null: true,
        default: Some("0".to_owned()),
        collation: None,
        checks: vec![check("low", "VALUE < (100)::numeric"), check("positive", "VALUE > (0)::numeric")],
        comment: Some("money".to_owned()),
    };
    assert_eq!(found, Catalog { domains: vec![name, price], ..Catalog::default() });
    Ok(())
}

#[tokio::test]
async fn a_composite_has_its_fields_in_order() -> TestResult {
    let found = catalog(
        "create type pair as (b varchar(3) collate \"C\", a integer[]);
         create type nothing as ();
         comment on type pair is 'two'; comment on column pair.a is 'first'",
    )
    .await?;
    let nothing = Composite { name: public("nothing"), fields: Vec::new(), comment: None };
    let pair = Composite {
        name: public("pair"),
        fields: vec![
            Field {
                name: "b".to_owned(),
                ty: "character varying(3)".to_owned(),
                collation: Some(Name::new("pg_catalog", "C")),
                comment: None,
            },
            Field {
                name: "a".to_owned(),
                ty: "integer[]".to_owned(),
                collation: None,
                comment: Some("first".to_owned()),
            },
        ],
        comment: Some("two".to_owned()),
    };
    assert_eq!(found, Catalog { composites: vec![nothing, pair], ..Catalog::default() });
    Ok(())
}

#[tokio::test]
async fn schemas_are_found_but_those_of_postgresql_and_of_the_kit() -> TestResult {
    let found = catalog(
        "create schema app; comment on schema app is 'ours'; create schema mizzle; create table mizzle.migrations ()",
    )
    .await?;
    let app = Schema { name: "app".to_owned(), comment: Some("ours".to_owned()) };
    assert_eq!(found, Catalog { schemas: vec![app], ..Catalog::default() });
    Ok(())
}

#[tokio::test]
async fn a_scope_says_which_schemas() -> TestResult {
    let (client, _database) = database(
        "create schema a; create table a.t (); create schema b; create table b.t (); create table t ()",
    )
    .await?;
    let names = async |scope: Scope| -> Result<Vec<String>, orm_kit::Error> {
        let tables = inspect(&client, &scope).await?.catalog.tables;
        Ok(tables.into_iter().map(|table| table.name.to_string()).collect())
    };
    assert_eq!(names(Scope::default()).await?, ["a.t", "b.t", "t"]);
    assert_eq!(names(Scope::default().schemas(["b"])).await?, ["b.t"]);
    assert_eq!(names(Scope::default().except("b")).await?, ["a.t", "t"]);
    assert_eq!(names(Scope::default().schemas(["nowhere"])).await?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn an_extension_stands_for_what_it_brings() -> TestResult {
    let (client, _database) = database("create schema ext").await?;
    if client.batch_execute("create extension citext schema ext").await.is_err() {
        // The server's contributed modules are a package of their own on some systems.
        return Ok(());
    }
    client.batch_execute("create table t (a ext.citext)").await?;
    let mut found = inspect(&client, &Scope::default()).await?.catalog;
    assert_eq!(found.tables.remove(0).columns[0].ty, "\"ext\".\"citext\"");
    assert!(found.extensions[0].version.take().is_some());
    let citext = Extension { name: "citext".to_owned(), schema: Some("ext".to_owned()), version: None };
    let ext = Schema { name: "ext".to_owned(), comment: None };
    assert_eq!(found, Catalog { schemas: vec![ext], extensions: vec![citext], ..Catalog::default() });
    Ok(())
}
