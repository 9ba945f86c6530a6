//! The rules of the house that need no reviewer: sizes, headings, what may not be in a source file, and which crate
//! may use which.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

type TestResult = Result<(), Box<dyn Error>>;

/// The hard limit on a file's lines.
const LINES: usize = 500;

/// Folders whose sources are libraries that users link.
const LIBRARIES: &[&str] =
    &["src", "orm-core/src", "orm-kit/src", "orm-macros/src", "orm-postgres/src", "orm-testing/src"];

/// Library files that may panic, and why.
const MAY_PANIC: &[(&str, &str)] = &[
    ("orm-core/src/check.rs", "const fns that generated constants call: a panic is a compile error"),
    ("orm-core/src/sql/text.rs", "the text of a statement is a constant"),
];

/// What each package must not depend on, so that the arrows between the rooms keep their direction.
const MUST_NOT_USE: &[(&str, &[&str])] = &[
    (
        "orm-core",
        &[
            "tokio",
            "tokio-postgres",
            "deadpool",
            "futures",
            "orm-macros",
            "orm-postgres",
            "orm-testing",
            "mizzle",
        ],
    ),
    (
        "orm-macros",
        &["tokio", "tokio-postgres", "deadpool", "orm-core", "orm-postgres", "orm-testing", "mizzle"],
    ),
    ("orm-postgres", &["syn", "quote", "orm-macros", "orm-testing", "mizzle"]),
    ("orm-testing", &["orm-macros", "orm-kit", "mizzle"]),
    ("orm-kit", &["deadpool", "orm-macros", "orm-testing", "mizzle"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file of the repository with its path from the root and its text.
fn sources() -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut found = Vec::new();
    let mut folders = vec![root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path: PathBuf = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() {
                if !name.starts_with('.') && name != "target" {
                    folders.push(path);
                }
            } else if name.ends_with(".rs") {
                let text = fs::read_to_string(&path)?;
                found.push((path.strip_prefix(root())?.display().to_string(), text));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Fails with all complaints at once.
#[track_caller]
fn report(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// The text before the file's own tests, which may do as tests do.
fn before_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]").next().unwrap_or(text)
}

/// The lines with what is code in them: neither comments nor the insides of string literals that end on their line.
fn code(text: &str) -> impl Iterator<Item = (usize, String)> {
    let lines = text.lines().enumerate();
    lines.map(|(at, line)| {
        let mut code = String::new();
        let mut chars = line.chars().peekable();
        let mut quoted = false;
        while let Some(char) = chars.next() {
            match char {
                '\\' if quoted => drop(chars.next()),
                '\'' if !quoted && chars.peek() == Some(&'"') => drop(chars.next()),
                '"' => quoted = !quoted,
                '/' if !quoted && chars.peek() == Some(&'/') => break,
                _ if !quoted => code.push(char),
                _ => {}
            }
        }
        (at + 1, code)
    })
}

#[test]
fn the_walk_finds_the_repository() -> TestResult {
    let sources = sources()?;
    for file in ["src/lib.rs", "orm-core/src/sql/write.rs", "tests/tidy.rs", "examples/quickstart.rs"] {
        assert!(sources.iter().any(|(path, _)| path == file), "{file}");
    }
    assert!(!sources.iter().any(|(path, _)| path.starts_with("target/")));
    Ok(())
}

#[test]
fn no_file_is_longer_than_the_limit() -> TestResult {
    let lengths = sources()?.into_iter().map(|(path, text)| (path, text.lines().count()));
    let long = lengths.filter(|(_, lines)| *lines > LINES);
    report(
        &long.map(|(path, lines)| format!("{path} has {lines} lines; split it by noun")).collect::<Vec<_>>(),
    );
    Ok(())
}

#[test]
fn every_file_begins_by_saying_what_it_is() -> TestResult {
    let headless = sources()?.into_iter().filter(|(path, text)| {
        let first = text.lines().next().unwrap_or_default();
        // What is wrong with a program that must not compile is its name.
        let wrong_program = path.starts_with("tests/ui/") && path != "tests/ui/main.rs";
        !wrong_program && !first.starts_with("//! ") && !first.starts_with("#![doc")
    });
    report(&headless.map(|(path, _)| format!("{path} does not begin with `//! ..`")).collect::<Vec<_>>());
    Ok(())
}

#[test]
fn nothing_is_left_to_be_done() -> TestResult {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];
    let mut complaints = Vec::new();
    for (path, text) in sources()? {
        for (at, line) in text.lines().enumerate() {
            complaints.extend(
                marks
                    .iter()
                    .filter(|mark| line.contains(*mark))
                    .map(|mark| format!("{path}:{}: `{mark}`", at + 1)),
            );
        }
    }
    report(&complaints);
    Ok(())
}

#[test]
fn nothing_is_unsafe() -> TestResult {
    let mut complaints = Vec::new();
    for (path, text) in sources()? {
        let words = code(&text).filter(|(_, code)| {
            code.split(|char: char| !(char.is_alphanumeric() || char == '_')).any(|word| word == "unsafe")
        });
        complaints.extend(words.map(|(at, _)| format!("{path}:{at}: `unsafe`")));
    }
    report(&complaints);
    let manifest = fs::read_to_string(root().join("Cargo.toml"))?;
    assert!(manifest.contains("unsafe_code = \"forbid\""));
    Ok(())
}

#[test]
fn libraries_do_not_panic() -> TestResult {
    let calls = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("];
    let mut complaints = Vec::new();
    for (path, text) in sources()? {
        let library = LIBRARIES.iter().any(|folder| path.starts_with(&format!("{folder}/")));
        let tests = path.ends_with("/tests.rs") || path.contains("/tests/");
        if !library || tests || MAY_PANIC.iter().any(|(allowed, _)| *allowed == path) {
            continue;
        }
        for (at, code) in code(before_tests(&text)) {
            let found = calls.iter().filter(|call| code.contains(*call));
            complaints.extend(found.map(|call| format!("{path}:{at}: `{call}` in library code")));
        }
    }
    report(&complaints);
    Ok(())
}

/// A file on the list that panics no more should leave it.
#[test]
fn the_files_that_may_panic_do() -> TestResult {
    for (path, reason) in MAY_PANIC {
        let text = fs::read_to_string(root().join(path))?;
        assert!(text.contains("panic!(") || text.contains("assert!("), "{path}: {reason}");
        assert!(text.contains("const fn"), "{path}: {reason}");
    }
    Ok(())
}

#[test]
fn dependencies_go_one_way() -> TestResult {
    let mut complaints = Vec::new();
    for (package, forbidden) in MUST_NOT_USE {
        let manifest = fs::read_to_string(root().join(package).join("Cargo.toml"))?;
        // What tests use does not weigh on users.
        let sections = manifest.split("\n[").filter(|section| section.starts_with("dependencies"));
        for line in sections.flat_map(str::lines) {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            if forbidden.contains(&name) {
                complaints.push(format!("{package} depends on `{name}`"));
            }
        }
    }
    report(&complaints);
    Ok(())
}

#[test]
fn the_core_is_not_async() -> TestResult {
    let mut complaints = Vec::new();
    for (path, text) in sources()? {
        if path.starts_with("orm-core/src/") {
            let words = code(&text).filter(|(_, code)| code.contains("async ") || code.contains("tokio"));
            complaints.extend(words.map(|(at, _)| format!("{path}:{at}: no IO in orm-core")));
        }
    }
    report(&complaints);
    Ok(())
}

/// Everything of the database's is quoted in one function a crate.
#[test]
fn names_are_quoted_in_one_place_a_crate() -> TestResult {
    let mut places = Vec::new();
    for (path, text) in sources()? {
        if LIBRARIES.iter().any(|folder| path.starts_with(&format!("{folder}/")))
            && text.contains(r#"replace('"', "#)
        {
            places.push(path);
        }
    }
    assert_eq!(places, ["orm-core/src/sql/quote.rs", "orm-macros/src/model/name.rs"]);
    Ok(())
}

/// What is said of a wrong program is one error; further ones only hide it.
#[test]
fn a_wrong_query_is_one_error() -> TestResult {
    let mut complaints = Vec::new();
    for folder in ["tests/ui/query", "tests/ui/sql"] {
        for entry in fs::read_dir(root().join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "stderr") {
                let errors =
                    fs::read_to_string(&path)?.lines().filter(|line| line.starts_with("error")).count();
                if errors != 1 {
                    complaints.push(format!("{}: {errors} errors", path.display()));
                }
            }
        }
    }
    report(&complaints);
    Ok(())
}
