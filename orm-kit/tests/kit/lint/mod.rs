//! What each rule says of a script, and that what it says to write instead is run by a server and against no rule.

mod allow;
mod case;
pub(crate) mod corpus;
mod hostile;

use case::{Case, cases};
use orm_kit::lint::rules;
use std::collections::BTreeSet;

/// The tables of cases, one for each file of rules: what is there, the bad script, and what is said of it.
const FILES: &[(&str, &str)] = &[
    ("advice", include_str!("advice.txt")),
    ("column", include_str!("column.txt")),
    ("constraint", include_str!("constraint.txt")),
    ("drop", include_str!("drop.txt")),
    ("foreign_key", include_str!("foreign_key.txt")),
    ("index", include_str!("index.txt")),
    ("name", include_str!("name.txt")),
    ("partition", include_str!("partition.txt")),
    ("policy", include_str!("policy.txt")),
    ("retype", include_str!("retype.txt")),
    ("storage", include_str!("storage.txt")),
    ("table", include_str!("table.txt")),
    ("transaction", include_str!("transaction.txt")),
    ("types", include_str!("types.txt")),
];

macro_rules! files {
    ($($name:ident)*) => {
        $(
            #[tokio::test]
            async fn $name() -> crate::TestResult {
                case::check_all(stringify!($name)).await
            }
        )*
    };
}

files! {
    advice column constraint drop foreign_key index name partition policy retype storage table transaction types
}

#[test]
fn each_rule_has_a_bad_script() {
    let tested: BTreeSet<&str> =
        FILES.iter().flat_map(|(_, text)| cases(text)).map(|Case { rule, .. }| rule).collect();
    let untested: Vec<_> = rules()
        .map(|rule| rule.name())
        .filter(|name| *name != "allow-unused" && !tested.contains(name))
        .collect();
    assert!(untested.is_empty(), "{untested:?}");
}

#[test]
fn names_of_rules_are_words_and_different() {
    let mut seen = BTreeSet::new();
    for rule in rules() {
        let name = rule.name();
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        assert!(seen.insert(name), "{name}");
        assert!(
            !rule.about().ends_with('.') && rule.about().starts_with(|c: char| !c.is_uppercase()),
            "{name}"
        );
    }
}
