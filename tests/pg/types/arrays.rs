//! Arrays that Rust cannot hold, and some that are just odd.

use crate::TestResult;
use crate::catalog::Catalog;
use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[orm(table = "lists")]
struct List {
    #[orm(primary_key)]
    id: i32,
    numbers: Vec<i32>,
}

async fn list_of(literal: &str) -> Result<Result<List, mizzle::Error>, Box<dyn std::error::Error>> {
    const SCHEMA: Schema = schema![List];
    let catalog = Catalog::create(&SCHEMA).await?;
    catalog.client().batch_execute(&format!("insert into lists values (1, {literal})")).await?;
    Ok(select(List).one(&catalog.db().await?).await)
}

#[tokio::test]
async fn the_lower_bound_is_of_no_account() -> TestResult {
    assert_eq!(list_of("'[5:7]={1,2,3}'").await??, List { id: 1, numbers: vec![1, 2, 3] });
    Ok(())
}

#[tokio::test]
async fn an_array_of_arrays_is_an_error_that_names_the_column() -> TestResult {
    let error = list_of("'{{1,2},{3,4}}'").await?.unwrap_err();
    assert_eq!(error.column(), Some("numbers"));
    Ok(())
}

#[tokio::test]
async fn a_null_among_elements_that_are_not_options_is_an_error() -> TestResult {
    let error = list_of("'{1,null}'").await?.unwrap_err();
    assert_eq!(error.column(), Some("numbers"));
    Ok(())
}

#[tokio::test]
async fn a_long_array_is_one_value() -> TestResult {
    let numbers: Vec<i32> = (0..100_000).collect();
    const SCHEMA: Schema = schema![List];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    insert(List).set(List.id, 1).set(List.numbers, &numbers).execute(&db).await?;
    assert_eq!(select(List).filter(List.numbers.eq(&numbers)).one(&db).await?, List { id: 1, numbers });
    Ok(())
}
