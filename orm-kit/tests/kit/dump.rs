//! What `pg_dump` says of a database.

use std::path::PathBuf;
use std::process::Command;

/// The lines of `pg_dump --schema-only`, sorted and each once, as the columns of a table may be in another order; none if there is no
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
    // Which defaults stand in lines of their own depends on which columns a child had before it had a parent.
    let is_other = |line: &&str| {
        line.starts_with("--")
            || line.contains("restrict ")
            || (line.starts_with("ALTER TABLE ONLY") && line.contains(" SET DEFAULT "))
    };
    let mut lines: Vec<String> = text.lines().filter(|line| !is_other(line)).map(line).collect();
    lines.sort();
    lines.dedup();
    lines
}
