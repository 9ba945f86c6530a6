//! What users compile, as text: one of each derive. After a change that is meant, copy what the failure prints.

use proc_macro2::TokenStream;

use super::input;
use crate::expand::{
    alias, derive_composite, derive_enum, derive_insert, derive_newtype, derive_patch, derive_row,
    derive_table, derive_update,
};

/// Compares all but whitespace and last commas, so that the expected text may be formatted to be read.
#[track_caller]
pub(super) fn check(expansion: &TokenStream, expected: &str) {
    let solid = |text: &str| {
        let text: String = text.split_whitespace().collect();
        text.replace(",}", "}").replace(",]", "]")
    };
    let found = expansion.to_string();
    assert!(solid(&found) == solid(expected), "the expansion changed; it is now\n{found}\n");
}

#[test]
fn table() {
    let table = "
        /// A user.
        #[orm(table = \"users\", schema = \"app\")]
        #[orm(index(name = \"by_name\", columns(name.desc(), \"lower(name)\"), unique))]
        pub struct User {
            #[orm(primary_key, identity(always))]
            pub id: i64,
            #[orm(varchar(40), unique, check = \"name <> ''\")]
            name: String,
            #[orm(references(Team.id, on_delete = cascade))]
            pub team: Option<i64>,
            #[orm(default = now(), on_update = now())]
            pub(crate) seen: Time,
        }";
    check(&derive_table(&input(table)), include_str!("table.txt"));
}

#[test]
fn pg_enum() {
    check(&derive_enum(&input("enum Status { Open, InProgress }")), include_str!("pg_enum.txt"));
}

#[test]
fn pg_composite() {
    let composite = "
        /// Where.
        #[orm(schema = \"app\")]
        struct Address {
            /// With the number.
            street: String,
            #[orm(name = \"zip\", varchar(10))]
            code: Option<String>,
        }";
    check(&derive_composite(&input(composite)), include_str!("pg_composite.txt"));
}

#[test]
fn pg_newtype() {
    check(&derive_newtype(&input("struct UserId(Uuid);")), include_str!("pg_newtype.txt"));
    let domain = "#[orm(domain = \"email\", check = \"value ~ '@'\")] struct Email { inner: String }";
    check(&derive_newtype(&input(domain)), include_str!("domain.txt"));
}

#[test]
fn insert() {
    let row = "#[orm(table = User)] struct NewUser<'a> { name: &'a str, #[orm(column = seen)] at: Time }";
    check(&derive_insert(&input(row)), include_str!("insert.txt"));
}

#[test]
fn patch() {
    let patch = "#[orm(table = User)] struct UserPatch<'a> { name: Option<&'a str>, #[orm(column = seen)] at: Option<Time> }";
    check(&derive_patch(&input(patch)), include_str!("patch.txt"));
}

#[test]
fn update() {
    let row = "#[orm(table = User)] struct NewName { id: i64, name: String }";
    check(&derive_update(&input(row)), include_str!("update.txt"));
}

#[test]
fn row() {
    check(
        &derive_row(&input("struct Line { title: String, owner: Option<String> }")),
        include_str!("row.txt"),
    );
}

#[test]
fn aliases() {
    let aliases = syn::parse_str("crate = db::orm; pub Boss = crate::schema::Worker").unwrap();
    check(&alias::expand_aliases(&aliases), include_str!("alias.txt"));
}

#[test]
fn keywords_are_columns_without_their_prefix() {
    let tokens = derive_table(&input("struct r#type { r#fn: i32 }")).to_string();
    assert!(tokens.contains("\"\\\"type\\\".\\\"fn\\\"\""), "{tokens}");
    assert!(tokens.contains("enum type·fn"), "{tokens}");
}

#[test]
fn required_columns_come_in_groups() {
    let fields: String = (0..17).map(|at| format!("c{at}: i32,")).collect();
    let tokens = derive_table(&input(&format!("struct T {{ {fields} }}"))).to_string();
    assert!(tokens.contains("T·c15 ,) , (T·c16 ,) ,)"), "{tokens}");
}

#[test]
fn each_list_of_unique_columns_is_a_key_once() {
    let table = "
        #[orm(table = \"t\", unique(b, a), index(columns(a, b), unique), index(columns(b), unique, where = \"a > 0\"))]
        #[orm(index(name = \"l\", columns(\"lower(a)\"), unique), index(columns(c)))]
        struct T { #[orm(primary_key)] a: i32, #[orm(unique)] b: i32, c: i32 }";
    let tokens = derive_table(&input(table)).to_string();
    assert!(!tokens.contains("compile_error"), "{tokens}");
    let keys: Vec<&str> =
        tokens.split("UniqueKey < ").skip(1).filter_map(|rest| rest.split(" > for").next()).collect();
    let (a, b, both) = ("(T·a ,)", "(T·b ,)", "(T·b , T·a ,)");
    assert_eq!(keys, [a, b, both, "(T·a , T·b ,)"]);
}
