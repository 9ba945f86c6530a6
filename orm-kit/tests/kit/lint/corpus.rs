//! The migrations that the tests of the planner expect: nothing that they do is against a rule.

use super::case::Folder;
use orm_kit::catalog::Catalog;
use orm_kit::lint::lint;
use orm_kit::migration::{Back, New, Snapshot, write};
use orm_kit::plan::Mode;
use orm_kit::planner::{Down, Planned};
use orm_kit::script::{Script, Segment};
use std::path::{Path, PathBuf};
use std::{fs, thread};

/// Writes what is planned as migrations and looks at them. Their statements stay where `./dev squawk` finds them.
pub(crate) fn check(from: &Catalog, to: &Catalog, planned: &Planned, offline: bool) {
    let folder = Folder::new(from, &[]).unwrap();
    let head = folder.read().unwrap().head().unwrap().map(|head| head.name().to_owned());
    let mut snapshot = Snapshot { parents: head.into_iter().collect(), catalog: to.clone() };
    let Planned { expand, contract, down } = planned;
    let back = match down {
        Down::Plan(plan) => Back::By(plan),
        Down::Irreversible(reason) => Back::Irreversible(reason),
    };
    // Without old code there is nobody whom a contract would wait for.
    let new =
        New { name: "expand", head: "", plan: expand, contract: offline, down: back, snapshot: &snapshot };
    let mut written = vec![write(folder.path(), &new).unwrap()];
    if let Some(plan) = contract {
        snapshot.parents = vec![name(&written[0])];
        let down = Back::Irreversible("a test");
        let new = New { name: "contract", head: "", plan, contract: true, down, snapshot: &snapshot };
        written.push(write(folder.path(), &new).unwrap());
    }
    for path in &written {
        keep(path);
    }
    let findings = lint(&folder.read().unwrap(), &[]).unwrap();
    let dangers: Vec<_> =
        findings.iter().filter(|finding| finding.is_danger()).map(ToString::to_string).collect();
    assert!(dangers.is_empty(), "{}", dangers.join("\n"));
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Writes the scripts as the migrator sends them, under the name of the test.
fn keep(migration: &Path) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("corpus");
    fs::create_dir_all(&folder).unwrap();
    let test = thread::current().name().unwrap().replace("::", "_");
    let title = name(migration);
    let (_, title) = title.split_once('_').unwrap();
    for file in ["migration.sql", "down.sql"] {
        let script = Script::parse(&fs::read_to_string(migration.join(file)).unwrap()).unwrap();
        fs::write(folder.join(format!("{test}.{title}.{file}")), sent(&script)).unwrap();
    }
}

fn sent(script: &Script) -> String {
    let mut text = String::new();
    for Segment { mode, statements } in &script.segments {
        let (begin, scope, end) = match mode {
            Mode::Transaction => ("begin;\n", "local ", "commit;\n"),
            Mode::Direct | Mode::Batches { .. } | Mode::Step { .. } => ("", "", ""),
        };
        text += &format!("{begin}set {scope}lock_timeout to '2000ms';\n");
        statements.iter().for_each(|statement| text += &format!("{};\n", statement.sql));
        text += end;
    }
    text
}
