//! What the project looks like, one day after the other.

#![allow(dead_code, reason = "the fields are columns, and no row is read")]

use mizzle::prelude::*;

/// The schema of this name.
#[allow(clippy::panic, reason = "the test has named one that is not there")]
pub(crate) fn named(name: &str) -> Schema {
    match name {
        "empty" => schema![],
        "first" => schema![first::Worker],
        "email" => schema![email::Worker],
        "required" => schema![required::Worker],
        "renamed" => schema![renamed::Worker],
        "former" => schema![former::Worker],
        "people" => schema![Person],
        "indexed" => schema![indexed::Worker],
        "jobs" => schema![first::Worker, Job],
        "both" => schema![email::Worker, Job],
        other => panic!("there is no schema {other}"),
    }
}

#[derive(Table)]
#[orm(table = "jobs")]
struct Job {
    #[orm(primary_key, identity)]
    id: i64,
    title: String,
}

#[derive(Table)]
#[orm(table = "people", renamed_from = "workers")]
struct Person {
    #[orm(primary_key, identity)]
    id: i64,
    #[orm(renamed_from = "name")]
    full_name: String,
}

/// A table `workers` in a module of its own.
macro_rules! workers {
    ($module:ident: $($fields:tt)*) => {
        mod $module {
            use mizzle::prelude::*;

            #[derive(Table)]
            #[orm(table = "workers")]
            pub(super) struct Worker {
                #[orm(primary_key, identity)]
                id: i64,
                $($fields)*
            }
        }
    };
}

workers!(first: name: String);
workers!(email: name: String, email: Option<String>);
workers!(required: name: String, #[orm(unique)] email: String);
// Nobody says whether the name has become the full name.
workers!(renamed: full_name: String);
workers!(former: #[orm(renamed_from = "name")] full_name: String);
workers!(indexed: #[orm(index)] name: String);
