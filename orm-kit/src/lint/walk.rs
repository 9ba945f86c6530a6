//! Scripts, statement by statement.

use super::finding::{Finding, Flaw};
use super::known::Known;
use super::rule::{self, Rule, rules};
use super::step::{Held, Read, Step, locks, read};
use crate::catalog::Catalog;
use crate::error::Error;
use crate::migration::{Migration, Migrations};
use crate::plan::HazardKind;
use crate::script::{Allow, Script, Statement};

/// Looks at migrations, the way back of each too: those of these names, or all of them if there is none.
///
/// ```
/// use orm_kit::lint::lint;
/// use orm_kit::migration::{Migration, Migrations};
///
/// let sql = "create index notes_body on app.notes (body);";
/// let migrations = Migrations::new(vec![Migration::new("20261101120000_body", sql, None, &[])])?;
/// let findings = lint(&migrations, &[])?;
/// assert_eq!(findings[0].to_string(), "\
/// 20261101120000_body/migration.sql:1: index-not-concurrent: nobody can write `app.notes` while the index is built
///   locks: share on app.notes, until the index is built
///   instead:
///     -- mizzle: no transaction
///     create index concurrently notes_body on app.notes (body);");
/// # Ok::<(), orm_kit::Error>(())
/// ```
///
/// # Errors
/// If there is no migration of a name, a script or snapshot cannot be read, or a comment allows a rule that there is
/// not, or gives no reason.
pub fn lint(migrations: &Migrations, names: &[&str]) -> Result<Vec<Finding>, Error> {
    if let Some(name) = names.iter().find(|name| migrations.get(name).is_none()) {
        return Err(Error::new(format!("there is no migration `{name}`")));
    }
    let mut findings = Vec::new();
    for migration in migrations.iter().filter(|it| names.is_empty() || names.contains(&it.name())) {
        let script = migration.script()?;
        let before = before(migrations, migration)?;
        let walk = Walk { file: migration.file(), contract: script.contract, back: false, script: &script };
        walk.run(Known::new(before), &mut findings)?;
        if let Some(down) = migration.down() {
            let file = migration.down_file();
            let script = Script::parse(down).map_err(|error| error.in_file(file.clone()))?;
            let behind = migration.snapshot()?.map(|snapshot| snapshot.catalog).unwrap_or_default();
            // Who goes back has taken the code back that needs what goes.
            let walk = Walk { file, contract: true, back: true, script: &script };
            walk.run(Known::new(behind), &mut findings)?;
        }
    }
    Ok(findings)
}

/// What the database holds before a migration, as the snapshots of those that it follows say.
fn before(migrations: &Migrations, migration: &Migration) -> Result<Catalog, Error> {
    let mut before = Catalog::default();
    for parent in migration.parents().iter().filter_map(|parent| migrations.get(parent)) {
        let Some(snapshot) = parent.snapshot()? else { continue };
        let Catalog { tables, views, enums, domains, .. } = snapshot.catalog;
        // What both sides of a merge have is the same but for what one of them has changed.
        for table in tables {
            if before.table(&table.name).is_none() {
                before.tables.push(table);
            }
        }
        before.views.extend(views);
        before.enums.extend(enums);
        before.domains.extend(domains);
    }
    Ok(before)
}

/// A script that is gone through.
struct Walk<'a> {
    file: String,
    contract: bool,
    back: bool,
    script: &'a Script,
}

impl Walk<'_> {
    fn run(&self, mut known: Known, findings: &mut Vec<Finding>) -> Result<(), Error> {
        let all = read(self.script);
        self.check_head()?;
        let mut before: Option<&Read<'_>> = None;
        let mut held: Vec<Held> = Vec::new();
        for (at, read) in all.iter().enumerate() {
            if before.is_some_and(|before| !read.is_with(before)) {
                known.end();
                held.clear();
            }
            before = Some(read);
            let statement = read.statement;
            let allows = self.allows(statement)?;
            let mut used = vec![false; statement.allows.len()];
            let step =
                Step { known: &known, all: &all, at, contract: self.contract, back: self.back, held: &held };
            for rule in rules() {
                for flaw in rule.check(&step) {
                    if allows.hazard(rule) {
                        continue;
                    }
                    match statement.allows.iter().position(|allow| allow.word == rule.name()) {
                        Some(allow) => used.iter_mut().skip(allow).take(1).for_each(|used| *used = true),
                        None => findings.push(self.finding(rule, statement, flaw)),
                    }
                }
            }
            for (allow, used) in statement.allows.iter().zip(used) {
                if !used && hazard(&allow.word).is_none() {
                    let message = format!(
                        "nothing here is against `{}`: remove the comment that allows it",
                        allow.word
                    );
                    let flaw = super::finding::flaw(message, "");
                    findings.push(self.finding(&rule::ALLOW_UNUSED, statement, flaw));
                }
            }
            let more = step.holds();
            held.extend(more);
            known.apply(&read.act);
        }
        Ok(())
    }

    fn finding(&self, rule: &'static Rule, statement: &Statement, flaw: Flaw) -> Finding {
        let Flaw { message, lasts, safe, locks } = flaw;
        let own = || if lasts.is_empty() { Vec::new() } else { self::locks(statement) };
        let locks = locks.unwrap_or_else(own);
        Finding { file: self.file.clone(), line: statement.line, rule, message, locks, lasts, safe }
    }

    /// What is allowed for the whole script is known to us.
    fn check_head(&self) -> Result<(), Error> {
        self.script.allows.iter().try_for_each(check).map_err(|error| error.in_file(self.file.clone()))
    }

    /// What is allowed for a statement.
    fn allows(&self, statement: &Statement) -> Result<Allows, Error> {
        let mut hazards: Vec<HazardKind> =
            self.script.allows.iter().filter_map(|allow| hazard(&allow.word)).collect();
        for allow in &statement.allows {
            check(allow).map_err(|error| error.in_file(self.file.clone()).at_line(statement.line))?;
            hazards.extend(hazard(&allow.word));
        }
        Ok(Allows { hazards })
    }
}

/// The hazards that a person has accepted.
struct Allows {
    hazards: Vec<HazardKind>,
}

impl Allows {
    fn hazard(&self, rule: &Rule) -> bool {
        rule.hazard().is_some_and(|hazard| self.hazards.contains(&hazard))
    }
}

fn hazard(word: &str) -> Option<HazardKind> {
    let kinds = [HazardKind::DataLoss, HazardKind::Blocking, HazardKind::MayFail, HazardKind::Authorization];
    kinds.into_iter().find(|kind| kind.to_string() == word)
}

/// What is allowed is a hazard, or a rule for a reason.
fn check(allow: &Allow) -> Result<(), Error> {
    let Allow { word, reason } = allow;
    if hazard(word).is_some() {
        return Ok(());
    }
    if !rules().any(|rule| rule.name() == word) {
        return Err(Error::new(format!("there is no rule `{word}` to allow"))
            .advise("`mizzle lint --rules` lists them"));
    }
    if reason.is_empty() {
        return Err(Error::new(format!("`{word}` is allowed without a reason"))
            .advise(format!("say why it is right here: `-- mizzle: allow {word}: <reason>`")));
    }
    Ok(())
}
