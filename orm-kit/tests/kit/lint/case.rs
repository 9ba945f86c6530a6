//! A case of a table of cases.

use crate::TestResult;
use crate::server::server;
use orm_kit::catalog::Catalog;
use orm_kit::inspect::{Scope, inspect};
use orm_kit::lint::{Finding, lint};
use orm_kit::migrate::Migrator;
use orm_kit::migration::{Back, Migrations, New, Snapshot, read_all, write};
use orm_kit::plan::Plan;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use tokio_postgres::Client;

/// A bad script, and what is said of it.
pub(super) struct Case<'a> {
    pub(super) rule: &'a str,
    /// What the database holds before.
    before: &'a str,
    bad: &'a str,
    /// What a person makes of the safe form, where that has gaps.
    filled: Option<&'a str>,
    says: &'a str,
}

/// `=== rule`, what is before, `--- bad`, a script, `--- says`, the findings, and maybe `--- filled`, the safe form.
pub(super) fn cases(text: &str) -> impl Iterator<Item = Case<'_>> {
    text.split("\n=== ").skip(1).map(|case| {
        let (rule, rest) = case.split_once('\n').unwrap();
        let (before, rest) = rest.split_once("--- bad\n").unwrap();
        let (rest, filled) = match rest.split_once("\n--- filled\n") {
            Some((rest, filled)) => (rest, Some(filled)),
            None => (rest, None),
        };
        let (bad, says) = rest.split_once("\n--- says").unwrap_or((rest, ""));
        Case { rule, before, bad, filled, says: says.trim_matches('\n') }
    })
}

/// Runs all cases of a file; `REWRITE_CASES=1` writes down what is said of them instead, to be looked at.
pub(super) async fn check_all(file: &str) -> TestResult {
    let (_, text) = super::FILES.iter().find(|(name, _)| *name == file).unwrap();
    let mut written = text.split("\n=== ").next().unwrap().trim_end().to_owned();
    let mut wrong = Vec::new();
    for case in cases(text) {
        let said = case.check(&mut wrong).await.map_err(|error| format!("{}: {error}", case.rule))?;
        let Case { rule, before, bad, filled, says: _ } = case;
        written += &format!("\n\n=== {rule}\n{before}--- bad\n{}\n--- says\n{said}", bad.trim_end());
        written += &filled.map(|filled| format!("\n--- filled\n{}", filled.trim_end())).unwrap_or_default();
    }
    if std::env::var_os("REWRITE_CASES").is_some() {
        let path = format!("{}/tests/kit/lint/{file}.txt", env!("CARGO_MANIFEST_DIR"));
        fs::write(path, written + "\n")?;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    Ok(())
}

impl Case<'_> {
    /// What is said of it; what is wrong goes to `wrong`.
    async fn check(&self, wrong: &mut Vec<String>) -> Result<String, Box<dyn std::error::Error>> {
        let (database, client) = server().await?;
        client.batch_execute(self.before).await.map_err(|error| format!("{error:?}"))?;
        let before = inspect(&client, &Scope::default()).await?.catalog;
        let findings = Folder::new(&before, &[self.bad])?.lint()?;
        let about = findings.iter().filter(|finding| finding.is_danger() || finding.rule.name() == self.rule);
        let said: Vec<String> = about.clone().map(ToString::to_string).collect();
        let said = said.join("\n");
        let Some(finding) = findings.iter().find(|finding| finding.rule.name() == self.rule) else {
            return Err(format!("nothing is said of\n{}\nbut\n{findings:#?}", self.bad).into());
        };
        if said != self.says {
            wrong.push(format!("{}: said is\n{said}\n", self.rule));
        }
        if !self.bad.contains("-- mizzle: no transaction") {
            for finding in about {
                wrong.extend(self.not_locked(&client, finding).await?);
            }
        }
        let safe = self.filled.unwrap_or(&finding.safe);
        if safe.is_empty() || (self.filled.is_none() && !is_script(finding)) {
            return Ok(said);
        }
        // A contract is a migration of its own, which the safe form says.
        let scripts: Vec<&str> = safe.split("in a migration of its own:\n").collect();
        let folder = Folder::new(&before, &scripts)?;
        for finding in folder.lint()? {
            if finding.is_danger() || finding.rule.name() == self.rule {
                wrong.push(format!("{}: of its safe form is said\n{finding}\n{safe}", self.rule));
            }
        }
        let migrator =
            Migrator::new(database.url()).migrations(folder.read()?).contract(true).not_empty(true);
        if let Err(error) = migrator.run(&mut ()).await {
            wrong.push(format!("{}: its safe form fails: {error}\n{safe}", self.rule));
        }
        Ok(said)
    }
}

impl Case<'_> {
    /// Locks that a server does not take for the bad script, although they are told.
    async fn not_locked(
        &self,
        client: &Client,
        finding: &Finding,
    ) -> Result<Vec<String>, Box<dyn std::error::Error>> {
        let mut tables = Vec::new();
        for lock in &finding.locks {
            let row = client.query_one("select to_regclass($1)::oid", &[&lock.table]).await?;
            tables.push((lock, row.get::<_, Option<u32>>(0)));
        }
        if tables.is_empty() {
            return Ok(Vec::new());
        }
        client.batch_execute("begin").await?;
        client.batch_execute(self.bad).await.map_err(|error| format!("{error:?}"))?;
        let sql = "select relation, mode from pg_locks where pid = pg_backend_pid() and relation is not null";
        let rows = client.query(sql, &[]).await?;
        client.batch_execute("rollback").await?;
        let is_taken = |level: &str, table: Option<u32>| {
            let mode = level.replace(' ', "") + "lock";
            rows.iter().any(|row| table == Some(row.get(0)) && row.get::<_, String>(1).to_lowercase() == mode)
        };
        let missing = tables.iter().filter(|(lock, table)| !is_taken(&lock.level.to_string(), *table));
        Ok(missing
            .map(|(lock, _)| format!("{}: {} on {} is not taken", self.rule, lock.level, lock.table))
            .collect())
    }
}

/// Whether the safe form is SQL that can be run as it is.
fn is_script(finding: &Finding) -> bool {
    !finding.safe.contains("..") && finding.safe.contains(';')
}

/// A folder of migrations: an empty one, behind which a catalog is there, and the scripts.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(before: &Catalog, scripts: &[&str]) -> Result<Self, Box<dyn std::error::Error>> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = Folder(std::env::temp_dir().join(format!("mizzle-lint-{}-{count}", std::process::id())));
        let mut snapshot = Snapshot { parents: Vec::new(), catalog: before.clone() };
        let empty = Plan::default();
        for text in std::iter::once(&"").chain(scripts) {
            let down = Back::Irreversible("a test");
            let new =
                New { name: "case", head: "", plan: &empty, contract: false, down, snapshot: &snapshot };
            let path = write(&folder.0, &new)?;
            fs::write(path.join("migration.sql"), text)?;
            snapshot.parents = vec![path.file_name().unwrap().to_string_lossy().into_owned()];
        }
        Ok(folder)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn read(&self) -> Result<Migrations, orm_kit::Error> {
        read_all(&self.0)
    }

    /// The findings, with the file's name alone.
    pub(super) fn lint(&self) -> Result<Vec<Finding>, orm_kit::Error> {
        let mut findings = lint(&self.read()?, &[])?;
        for finding in &mut findings {
            finding.file = finding.file.rsplit('/').next().unwrap().to_owned();
        }
        Ok(findings)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
