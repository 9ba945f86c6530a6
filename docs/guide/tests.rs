//! What can be said of the pages without running them.

use guide::pages::PAGES;
use guide::shown::{fits, plain, statements};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

type TestResult = Result<(), Box<dyn Error>>;

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The fenced blocks of a page: what follows the fence, and the lines inside.
fn blocks(page: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        if let Some(language) = line.strip_prefix("```") {
            open = !open;
            if open {
                found.push((language, Vec::new()));
            }
        } else if open && let Some((_, lines)) = found.last_mut() {
            lines.push(line);
        }
    }
    found
}

#[test]
fn every_page_is_in_the_summary_and_runs() -> TestResult {
    let summary = fs::read_to_string(folder().join("src/SUMMARY.md"))?;
    let mut pages = 0;
    for entry in fs::read_dir(folder().join("src"))? {
        let name = entry?.file_name().into_string().map_err(|_| "a name that is no text")?;
        if name == "SUMMARY.md" {
            continue;
        }
        pages += 1;
        assert!(summary.contains(&format!("({name})")), "{name} is not in SUMMARY.md");
        let page = name.trim_end_matches(".md").replace('-', "_");
        assert!(PAGES.iter().any(|(known, _)| *known == page), "{name} is not in pages.rs");
    }
    assert_eq!(pages, PAGES.len());
    Ok(())
}

#[test]
fn no_page_is_longer_than_the_limit() {
    let lengths = PAGES.iter().map(|(name, page)| (name, page.lines().count()));
    let long: Vec<_> = lengths.filter(|(_, lines)| *lines > 500).collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn links_lead_somewhere() {
    let mut dead = Vec::new();
    for (name, page) in PAGES {
        for link in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            if link.starts_with("http") || file.starts_with("../../") {
                continue;
            }
            let file = file.trim_end_matches(".md").replace('-', "_");
            let target = if file.is_empty() { Some(*page) } else { text_of(&file) };
            let anchors = |line: &str| line.starts_with('#') && anchor(line) == heading;
            match target {
                Some(text) if heading.is_empty() || text.lines().any(anchors) => {}
                _ => dead.push(format!("{name}: {link}")),
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

fn text_of(page: &str) -> Option<&'static str> {
    PAGES.iter().find(|(known, _)| *known == page).map(|(_, text)| *text)
}

/// What mdBook calls a heading.
fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    words.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect()
}

/// A message of the compiler is one that the tests of the messages know, too.
#[test]
fn messages_are_those_of_the_compiler() -> TestResult {
    let mut known = String::new();
    let mut folders = vec![folder().join("../../tests/ui"), folder().join("../../orm-macros/src/tests")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path: PathBuf = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                known += &fs::read_to_string(path)?;
            }
        }
    }
    let mut unknown = Vec::new();
    for (name, page) in PAGES {
        for (language, lines) in blocks(page) {
            let message = lines.first().filter(|line| language == "text" && line.starts_with("error"));
            let Some(message) = message else { continue };
            let words = message.split_once(": ").map_or(*message, |(_, words)| words);
            let notes = lines.iter().filter_map(|line| line.trim_start().strip_prefix("= note: "));
            unknown.extend(
                std::iter::once(words)
                    .chain(notes)
                    .filter(|text| !known.contains(*text))
                    .map(|text| format!("{name}: {text}")),
            );
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
    Ok(())
}

/// Only what others write, what the compiler refuses and what is no program is not run.
#[test]
fn our_examples_run() {
    for (name, page) in PAGES {
        for (language, lines) in blocks(page) {
            let ours =
                lines.iter().any(|line| line.contains("mizzle::prelude") || line.contains("use guide"));
            assert!(!ours || ["rust", "rust,no_run"].contains(&language), "{name}: {lines:#?}");
        }
    }
}

#[test]
fn a_statement_is_compared_without_its_quotes_and_with_gaps() {
    let page = "    // select a, b\n    // from t\n    let x = 1; // select\n// update t .. where id = $1\n";
    let shown = statements(page);
    assert_eq!(shown, ["select a, b from t", "update t .. where id = $1"]);
    assert_eq!(plain("select \"a\",  \"b\"\nfrom t"), "select a, b from t");
    assert!(fits("update t .. where id = $1", "update t set a = 1 where id = $1"));
    assert!(!fits("update t .. where id = $1", "update t set a = 1 where id = $2"));
    assert!(!fits("select a", "select a from t"));
    assert!(fits("select a, ..", "select a, b from t"));
    assert!(fits("select a, .., d from t", "select a, b, c, d from t"));
}
