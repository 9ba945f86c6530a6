//! Compares what an example sends with what its page shows.

use crate::pages::PAGES;
use crate::tables::{ROWS, SCHEMA};
use mizzle::prelude::*;
use orm_testing::TestDb;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

/// The words that a statement in a comment begins with.
const VERBS: &[&str] = &["select ", "insert ", "update ", "delete ", "(select ", "with ", "explain "];

/// A database of an example's own; when it is let go, what was sent to it must have been shown.
pub struct Shown {
    page: &'static str,
    sent: Arc<Mutex<Vec<String>>>,
    _database: TestDb,
}

/// The tables with their rows, for an example of a page.
///
/// # Errors
/// When there is no such page, or no server.
pub async fn database(page: &str) -> Result<(Db, Shown), Box<dyn Error>> {
    let (_, page) = PAGES.iter().find(|(name, _)| *name == page).ok_or("no such page")?;
    let database = TestDb::with_schema(&format!("{}{ROWS}", SCHEMA.create_sql())).await?;
    let sent = Arc::new(Mutex::new(Vec::new()));
    let record = sent.clone();
    let db = Db::builder(database.url())
        .on_statement(move |statement| {
            // The hook is also told of what was refused before it was sent.
            if statement.success {
                record.lock().unwrap_or_else(PoisonError::into_inner).push(statement.sql.to_owned());
            }
        })
        .connect()
        .await?;
    Ok((db, Shown { page, sent, _database: database }))
}

impl Drop for Shown {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let shown = statements(self.page);
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let missing =
            sent.iter().map(|sql| plain(sql)).filter(|sql| !shown.iter().any(|shown| fits(shown, sql)));
        let missing: Vec<String> = missing.collect();
        assert!(missing.is_empty(), "sent, but not in the page:\n{}", missing.join("\n"));
    }
}

/// The statements in the comments of a page's examples, a line or several each.
pub fn statements(page: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        let comment = line.trim_start().strip_prefix("// ");
        match comment {
            Some(text) if VERBS.iter().any(|verb| text.starts_with(verb)) => {
                found.push(plain(text));
                open = true;
            }
            Some(text) if open => {
                if let Some(last) = found.last_mut() {
                    *last = format!("{last} {}", plain(text));
                }
            }
            _ => open = false,
        }
    }
    found
}

/// The text as the guide writes it: without the quotes around names, and with single blanks.
pub fn plain(sql: &str) -> String {
    sql.replace('"', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the statement is the one shown, in which `..` stands for anything.
pub fn fits(shown: &str, sql: &str) -> bool {
    let Some((first, others)) = shown.split_once("..") else { return shown == sql };
    let (between, last) = others.rsplit_once("..").unwrap_or(("", others));
    let Some(mut rest) = sql.strip_prefix(first) else { return false };
    for piece in between.split("..").filter(|piece| !piece.is_empty()) {
        let Some((_, after)) = rest.split_once(piece) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}
