//! Runs the commands of the pages, and compares what they print with what is shown.

use guide::pages::PAGES;
use guide::shown::fits;
use guide::tables::{ROWS, SCHEMA};
use orm_kit::lint::{Level, rules};
use orm_testing::TestDb;
use std::error::Error;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs, process};

type TestResult = Result<(), Box<dyn Error>>;

macro_rules! history {
    ($tool:literal) => {
        include_str!(concat!("../../orm-kit/tests/kit/migrate/histories/", $tool, ".sql"))
    };
}

/// What the databases of these pages remember of another tool, beside the tables of the guide.
const HISTORIES: &[(&str, &str)] = &[
    ("from_diesel", history!("diesel")),
    ("from_drizzle", history!("drizzle")),
    ("from_prisma", history!("prisma")),
    ("from_sql", history!("sqlx")),
    ("from_typeorm", history!("typeorm")),
    ("taking_over", history!("prisma")),
];

/// Pages that begin with an empty database.
const EMPTY: &[&str] = &["migrations"];

/// A folder of a project, in which `mizzle` is the kit of the guide.
struct Project {
    folder: PathBuf,
    path: String,
    url: String,
}

impl Project {
    fn new(page: &str, url: &str) -> Result<Self, Box<dyn Error>> {
        let folder = env::temp_dir().join(format!("mizzle-guide-{}-{page}", process::id()));
        let bin = folder.join("bin");
        fs::create_dir_all(folder.join("src"))?;
        fs::create_dir_all(&bin)?;
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_kit"), bin.join("mizzle"))?;
        let path = format!("{}:{}", bin.display(), env::var("PATH")?);
        Ok(Project { folder, path, url: url.to_owned() })
    }

    /// Writes a file of a migration, whose folder begins with a time that the page shows as `..`.
    fn write(&self, file: &str, text: &str) -> TestResult {
        let (folder, file) = file.split_once('/').ok_or("no file in a folder")?;
        let name = folder.strip_prefix("..").ok_or("a folder with a time")?;
        for entry in fs::read_dir(self.folder.join("migrations"))? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(name) {
                return Ok(fs::write(path.join(file), text)?);
            }
        }
        Err(format!("no folder {folder}").into())
    }

    /// What a command prints, line by line.
    fn run(&self, command: &str) -> Result<Vec<String>, Box<dyn Error>> {
        let output = Command::new("sh")
            .args(["-c", &format!("{command} 2>&1")])
            .current_dir(&self.folder)
            .env("PATH", &self.path)
            .env("DATABASE_URL", &self.url)
            .output()?;
        Ok(String::from_utf8(output.stdout)?.lines().map(str::to_owned).collect())
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What a page has a reader do.
enum Act<'a> {
    /// Run this command, which prints that.
    Run(&'a str, Vec<&'a str>),
    /// Write this file, whose name stands in the first line of what is in it.
    Write(&'a str, String),
}

/// The commands of a page that are ours, and the files that it has a reader write.
fn acts(page: &str) -> Vec<Act<'_>> {
    let mut found: Vec<Act<'_>> = Vec::new();
    let mut language = "";
    for line in page.lines() {
        if let Some(next) = line.strip_prefix("```") {
            language = next;
            continue;
        }
        match (language, line.strip_prefix("$ "), line.strip_prefix("-- migrations/"), found.last_mut()) {
            ("console", Some(command), ..) => found.push(Act::Run(command, Vec::new())),
            ("console", None, _, Some(Act::Run(_, shown))) => shown.push(line),
            ("sql", _, Some(file), _) => found.push(Act::Write(file, format!("{line}\n"))),
            ("sql", _, None, Some(Act::Write(_, text))) => *text += &format!("{line}\n"),
            _ => {}
        }
    }
    found.retain(|act| !matches!(act, Act::Run(command, _) if !command.starts_with("mizzle ")));
    found
}

/// Whether the lines are those shown, among which a line `..` stands for any number.
fn all_fit(shown: &[&str], lines: &[String]) -> bool {
    match shown {
        [] => lines.is_empty(),
        ["..", rest @ ..] => {
            (0..=lines.len()).any(|at| lines.get(at..).is_some_and(|lines| all_fit(rest, lines)))
        }
        [first, rest @ ..] => {
            let mut lines = lines.iter();
            lines.next().is_some_and(|line| fits(first, line)) && all_fit(rest, lines.as_slice())
        }
    }
}

#[tokio::test]
async fn commands_print_what_is_shown() -> TestResult {
    let mut wrong = Vec::new();
    let mut run = 0;
    for (name, page) in PAGES {
        let acts = acts(page);
        if acts.is_empty() {
            continue;
        }
        let history = HISTORIES.iter().find(|(page, _)| page == name).map_or("", |(_, history)| history);
        let held = if EMPTY.contains(name) { String::new() } else { SCHEMA.create_sql() + ROWS };
        let database = TestDb::with_schema(&(held + history)).await?;
        let project = Project::new(name, database.url())?;
        for act in acts {
            match act {
                Act::Write(file, text) => project.write(file, &text)?,
                Act::Run(command, shown) => {
                    let lines = project.run(command)?;
                    run += 1;
                    if !all_fit(&shown, &lines) {
                        wrong.push(format!("{name}: $ {command}\n{}", lines.join("\n")));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(run > 0, "no page has a command");
    Ok(())
}

#[test]
fn every_history_is_of_a_page() {
    for (name, _) in HISTORIES {
        let page = PAGES.iter().find(|(page, _)| page == name).map(|(_, page)| *page).unwrap_or_default();
        assert!(!acts(page).is_empty(), "{name}");
    }
}

/// The rules stand in the page about them as the kit lists them.
#[test]
fn the_rules_of_the_linter_are_listed() {
    let page = PAGES.iter().find(|(page, _)| *page == "lint").map(|(_, page)| *page).unwrap_or_default();
    let rows = page.lines().filter(|line| line.starts_with("| `")).collect::<Vec<_>>();
    let rules = rules().map(|rule| {
        let level = if rule.level() == Level::Advice { "advice" } else { "danger" };
        format!("| `{}` | {level} | {} |", rule.name(), rule.about())
    });
    assert_eq!(rows, rules.collect::<Vec<_>>());
}
