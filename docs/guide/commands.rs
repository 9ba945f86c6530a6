//! Runs the commands of the pages, and compares what they print with what is shown.

use guide::pages::PAGES;
use guide::shown::fits;
use guide::tables::{ROWS, SCHEMA};
use orm_testing::TestDb;
use std::error::Error;
use std::path::{Path, PathBuf};
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

/// The commands of a page that are ours, and what is shown of each.
fn commands(page: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        match line.strip_prefix("$ ") {
            _ if line.starts_with("```") => open = line == "```console",
            Some(command) if open => found.push((command, Vec::new())),
            None if open => {
                if let Some((_, shown)) = found.last_mut() {
                    shown.push(line);
                }
            }
            _ => {}
        }
    }
    found.retain(|(command, _)| command.starts_with("mizzle "));
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
        let commands = commands(page);
        if commands.is_empty() {
            continue;
        }
        let history = HISTORIES.iter().find(|(page, _)| page == name).map_or("", |(_, history)| history);
        let database = TestDb::with_schema(&format!("{}{ROWS}{history}", SCHEMA.create_sql())).await?;
        let project = Project::new(name, database.url())?;
        for (command, shown) in commands {
            let lines = project.run(command)?;
            run += 1;
            if !all_fit(&shown, &lines) {
                wrong.push(format!("{name}: $ {command}\n{}", lines.join("\n")));
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
        assert!(!commands(page).is_empty(), "{name}");
    }
    assert!(Path::new(env!("CARGO_BIN_EXE_kit")).exists());
}
