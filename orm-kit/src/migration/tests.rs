//! Folders of migrations, and what can be wrong with them.

use super::*;
use crate::plan::{Hazard, HazardKind, Mode, Plan, Segment, Statement};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};
use std::{env, fs, process, thread};

/// A folder of a test's own, removed with the value.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = env::temp_dir().join(format!("mizzle_{}_{test}", process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn migration(&self, name: &str, parents: &str) -> &Self {
        self.file(&format!("{name}/migration.sql"), "select 1;\n").file(
            &format!("{name}/snapshot.json"),
            format!(r#"{{"version": 1, "parents": [{parents}], "catalog": {{}}}}"#),
        )
    }

    /// The message of the error, with the folder cut off.
    fn refused(&self) -> String {
        read_all(&self.0).unwrap_err().to_string().replace(&format!("{}/", self.0.display()), "")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn plan(sql: &str) -> Plan {
    let statement = Statement { comment: String::new(), sql: sql.to_owned() };
    Plan { segments: vec![Segment { mode: Mode::Transaction, statements: vec![statement] }], hazards: vec![] }
}

fn names(folder: &Path) -> Vec<String> {
    read_all(folder).unwrap().iter().map(|migration| migration.name().to_owned()).collect()
}

#[test]
fn they_are_in_order() {
    let folder = Folder::new("order");
    assert_eq!(names(&folder.0.join("none")), [""; 0]);
    folder.file("README.md", "").file(".draft/x", "");
    folder.migration("20260101000000_b", r#""20260101000002_a""#).migration("20260101000002_a", "");
    folder.migration("20260101000001_c", r#""20260101000002_a""#);
    assert_eq!(names(&folder.0), ["20260101000002_a", "20260101000000_b", "20260101000001_c"]);
    assert_eq!(
        read_all(&folder.0).unwrap().head().unwrap_err().to_string(),
        "2 migrations have none behind them: `20260101000000_b`, `20260101000001_c`; join the branches by `mizzle merge`"
    );
    folder.migration("20260101000003_m", r#""20260101000000_b", "20260101000001_c""#);
    let migrations = read_all(&folder.0).unwrap();
    assert_eq!(migrations.head().unwrap().unwrap().name(), "20260101000003_m");
    assert_eq!(migrations.ancestors("20260101000003_m").len(), 3);
    assert_eq!(migrations.ancestors("20260101000000_b").len(), 1);
}

#[test]
fn what_is_wrong_is_named() {
    let no_name = "found a folder that is not named as a migration is, `YYYYMMDDHHMMSS_name`; rename it, or move it \
                   elsewhere";
    type Make = fn(&Folder);
    let cases: [(&str, Make, &str); 8] = [
        (
            "name",
            |f| {
                f.file("helpers/x", "");
            },
            &format!("helpers: {no_name}"),
        ),
        (
            "sql",
            |f| {
                f.file("20260101000000_a/snapshot.json", "{}");
            },
            "20260101000000_a/migration.sql: there is no such file; a migration without it is none: restore it, or \
             remove the folder",
        ),
        (
            "snapshot",
            |f| {
                f.file("20260101000000_a/migration.sql", "");
            },
            "20260101000000_a/snapshot.json: there is no such file; restore it, or let `mizzle generate --custom` make \
             the folder",
        ),
        (
            "utf8",
            |f| {
                f.migration("20260101000000_a", "").file("20260101000000_a/migration.sql", b"\n\xff");
            },
            "20260101000000_a/migration.sql:2: found bytes that are no UTF-8; save the file as UTF-8",
        ),
        (
            "newer",
            |f| {
                f.migration("20260101000000_a", "")
                    .file("20260101000000_a/snapshot.json", r#"{"version": 2, "parents": [], "more": 1}"#);
            },
            "20260101000000_a/snapshot.json: a newer mizzle wrote version 2 of the format, and this one reads up to 1; \
             update it",
        ),
        (
            "merge",
            |f| {
                f.migration("20260101000000_a", "")
                    .file("20260101000000_a/snapshot.json", "{\n<<<<<<< ours\n");
            },
            "20260101000000_a/snapshot.json:2: found something that is no snapshot; restore the file",
        ),
        (
            "parent",
            |f| {
                f.migration("20260101000000_a", r#""20250101000000_z""#);
            },
            "20260101000000_a/snapshot.json: the migration follows `20250101000000_z`, which is not there; restore its \
             folder, or correct `parents`",
        ),
        (
            "circle",
            |f| {
                f.migration("20260101000000_a", r#""20260101000001_b""#)
                    .migration("20260101000001_b", r#""20260101000000_a""#);
            },
            "migrations follow each other in a circle, among `20260101000000_a`, `20260101000001_b`; correct the \
             `parents` of one",
        ),
    ];
    for (test, make, message) in cases {
        let folder = Folder::new(test);
        make(&folder);
        assert_eq!(folder.refused(), message);
    }
    let twice = vec![Migration::new("a", "", None, &[]), Migration::new("a", "", None, &[])];
    assert_eq!(Migrations::new(twice).unwrap_err().to_string(), "two migrations are called `a`; rename one");
}

#[test]
fn a_mistake_in_a_script_names_its_file() {
    let folder = Folder::new("script");
    folder
        .migration("20260101000000_a", "")
        .file("20260101000000_a/migration.sql", "select 1;\r\nbegin;\r\n");
    folder.file("20260101000000_a/down.sql", "-- mizzle: irreversible: the rows are gone\n");
    let migrations = read_all(&folder.0).unwrap();
    let migration = migrations.head().unwrap().unwrap();
    let error = migration.script().unwrap_err();
    assert_eq!((error.file(), error.line()), (Some(migration.file().as_str()), Some(2)));
    let down = migration.down_script().unwrap_err().to_string();
    assert!(
        down.ends_with(
            "/down.sql: the migration cannot be taken back: the rows are gone; write a new one instead"
        ),
        "{down}"
    );
    let none = Migration::new("a", "", None, &[]).down_script().unwrap_err().to_string();
    assert_eq!(
        none,
        "a/down.sql: there is no such file, so nothing says how to take the migration back; write it"
    );
}

#[test]
fn what_is_written_is_read() {
    let folder = Folder::new("write");
    let object = crate::catalog::ObjectName {
        kind: crate::catalog::Kind::Table,
        schema: "public".to_owned(),
        table: String::new(),
        name: "a".to_owned(),
    };
    let hazard = Hazard { kind: HazardKind::DataLoss, object, message: "All rows are lost.".to_owned() };
    let drop_table = Plan { hazards: vec![hazard], ..plan("drop table a") };
    let snapshot = Snapshot::default();
    let new = New {
        name: "Drop  `a`; (again)",
        plan: &drop_table,
        head: "",
        contract: true,
        down: Back::Irreversible("rows\nare gone"),
        snapshot: &snapshot,
    };
    let path = write(&folder.0, &new).unwrap();
    assert!(path.to_string_lossy().ends_with("_drop_a_again"), "{path:?}");
    let read = |file| fs::read_to_string(path.join(file)).unwrap();
    assert_eq!(
        read("migration.sql"),
        "-- mizzle: contract\n-- table `a`: All rows are lost.\n-- mizzle: allow data-loss\n\ndrop table a;\n"
    );
    assert_eq!(read("down.sql"), "-- mizzle: irreversible: rows are gone\n");
    assert_eq!(read("snapshot.json"), "{\n  \"version\": 1,\n  \"parents\": [],\n  \"catalog\": {}\n}\n");
    let migrations = read_all(&folder.0).unwrap();
    let migration = migrations.head().unwrap().unwrap();
    assert!(migration.script().unwrap().contract);
    assert_eq!(migration.snapshot().unwrap(), Some(snapshot));
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
}

#[test]
fn writers_at_once_have_names_of_their_own() {
    let folder = Folder::new("names");
    let write_one = |name: &str| {
        let (empty, snapshot) = (plan("select 1"), Snapshot::default());
        let new = New {
            name,
            head: "",
            plan: &empty,
            contract: false,
            down: Back::By(&empty),
            snapshot: &snapshot,
        };
        write(&folder.0, &new).unwrap()
    };
    let first = write_one("x");
    let second = write_one("x");
    assert!(first < second);
    thread::scope(|scope| {
        for name in ["a", "b", "c"] {
            scope.spawn(move || write_one(name));
        }
    });
    assert_eq!(names(&folder.0).len(), 5);
    // Somebody's clock is years ahead.
    folder.migration("29990101000000_z", "");
    write_one("y");
    assert_eq!(names(&folder.0).len(), 7);
}

#[test]
fn times_are_in_utc() {
    for (seconds, stamp) in [
        (0, "19700101000000"),
        (951_782_400, "20000229000000"),
        (1_793_534_400, "20261101120000"),
        (4_102_444_799, "20991231235959"),
    ] {
        assert_eq!(name::stamp(UNIX_EPOCH + Duration::from_secs(seconds)), stamp);
    }
    for (words, slug) in [("", "migration"), ("../..", "migration"), ("Ä b'C", "b_c"), ("a__b", "a_b")] {
        assert_eq!(name::slug(words), slug);
    }
}
