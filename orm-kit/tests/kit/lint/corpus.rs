//! The migrations that the tests of the planner expect: nothing that they do is against a rule.

use super::case::Folder;
use orm_kit::catalog::Catalog;
use orm_kit::lint::lint;
use orm_kit::migration::{Back, New, Snapshot, write};
use orm_kit::planner::{Down, Planned};
use std::path::{Path, PathBuf};
use std::{fs, thread};

/// Writes what is planned as migrations and looks at them. Their scripts stay where `./dev squawk` finds them.
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
    let new = New { name: "expand", plan: expand, contract: offline, down: back, snapshot: &snapshot };
    let mut written = vec![write(folder.path(), &new).unwrap()];
    if let Some(plan) = contract {
        snapshot.parents = vec![name(&written[0])];
        let down = Back::Irreversible("a test");
        let new = New { name: "contract", plan, contract: true, down, snapshot: &snapshot };
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

/// Copies the scripts to the folder of what tests leave behind, under the name of the test.
fn keep(migration: &Path) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("corpus");
    fs::create_dir_all(&folder).unwrap();
    let test = thread::current().name().unwrap().replace("::", "_");
    let title = name(migration);
    let (_, title) = title.split_once('_').unwrap();
    for file in ["migration.sql", "down.sql"] {
        fs::copy(migration.join(file), folder.join(format!("{test}.{title}.{file}"))).unwrap();
    }
}
