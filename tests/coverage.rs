//! Whether the page of features is true: it has every row once, and the tests that it names are there.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

type TestResult = Result<(), Box<dyn Error>>;

/// The rows of the list of features, by their letters.
const IDS: &[(&str, &[RangeInclusive<u32>])] = &[
    ("S", &[1..=25, 30..=66]),
    ("Q", &[1..=32]),
    ("W", &[1..=20]),
    ("X", &[1..=16]),
    ("K", &[1..=31, 33..=33]),
];

/// A row of the page.
struct Feature {
    id: String,
    how: String,
    /// File and function.
    test: Option<(String, String)>,
}

fn read(path: &str) -> Result<String, Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn features() -> Result<Vec<Feature>, Box<dyn Error>> {
    let page = read("docs/coverage.md")?;
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| id |"));
    rows.map(|line| {
        // A bar within a cell is written with a backslash.
        let line = line.replace("\\|", "/");
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [id, what, how, test] = cells.as_slice() else {
            return Err(format!("not four cells: {line}").into());
        };
        if what.is_empty() || how.is_empty() {
            return Err(format!("an empty cell: {line}").into());
        }
        let test = match test.trim_matches('`').split_once("::") {
            Some((file, function)) => Some((file.to_owned(), function.to_owned())),
            None if test.is_empty() => None,
            None => return Err(format!("not `file::function`: {line}").into()),
        };
        Ok(Feature { id: (*id).to_owned(), how: (*how).to_owned(), test })
    })
    .collect()
}

#[test]
fn every_row_is_there_once_and_in_order() -> TestResult {
    let listed = IDS.iter().flat_map(|(letter, ranges)| {
        ranges.iter().cloned().flatten().map(move |number| format!("{letter}{number}"))
    });
    let found: Vec<String> = features()?.into_iter().map(|feature| feature.id).collect();
    assert_eq!(found, listed.collect::<Vec<_>>());
    Ok(())
}

#[test]
fn a_row_without_a_test_says_what_is_missing() -> TestResult {
    for Feature { id, how, test } in features()? {
        assert_eq!(how.starts_with("Missing"), test.is_none(), "{id}: {how}");
    }
    Ok(())
}

#[test]
fn the_tests_that_are_named_are_there() -> TestResult {
    let mut files = BTreeMap::new();
    for Feature { id, test, .. } in features()? {
        let Some((file, function)) = test else { continue };
        if !files.contains_key(&file) {
            files.insert(file.clone(), read(&file)?);
        }
        let text = files.get(&file).map(String::as_str).unwrap_or_default();
        // A round trip is a function that is made of a line of a table.
        let is_there = text.contains(&format!("fn {function}("))
            || file.starts_with("tests/pg/types/") && text.contains(&format!("\n    {function}: "));
        assert!(is_there, "{id}: no `{function}` in {file}");
    }
    Ok(())
}
