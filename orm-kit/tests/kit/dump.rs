//! What `pg_dump` says of a database.

use std::path::PathBuf;
use std::process::Command;

/// The lines of `pg_dump --schema-only`, sorted, as the columns of a table may be in another order; none if there is no
/// `pg_dump` for the server's version.
pub(crate) fn dump(url: &str) -> Vec<String> {
    let debian = PathBuf::from("/usr/lib/postgresql/15/bin/pg_dump");
    let program = if debian.exists() { debian } else { PathBuf::from("pg_dump") };
    let Ok(output) = Command::new(program).args(["--schema-only", "--no-owner", "--dbname", url]).output()
    else {
        return Vec::new();
    };
    let message = String::from_utf8_lossy(&output.stderr);
    if message.contains("server version mismatch") {
        return Vec::new();
    }
    assert!(output.status.success(), "{message}");
    let text = String::from_utf8_lossy(&output.stdout);
    let line = |line: &str| line.trim().trim_start_matches("SELECT ").trim_end_matches([',', ';']).to_owned();
    // Which columns of a child are its own depends on whether it had them before it had a parent, and so do lines of defaults.
    let is_other = |line: &&str| {
        line.is_empty()
            || line.starts_with("--")
            || line.contains("restrict ")
            || (line.starts_with("ALTER TABLE ONLY") && line.contains(" SET DEFAULT "))
    };
    let mut lines: Vec<String> = Vec::new();
    let mut at = 0;
    for said in text.lines().filter(|line| !is_other(line)) {
        if said.starts_with("CREATE TABLE") {
            at = lines.len() + 1;
        } else if said.starts_with("INHERITS") {
            lines.truncate(at);
        }
        lines.push(line(said));
    }
    lines.sort();
    lines
}
