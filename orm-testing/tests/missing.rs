//! What is said when there is no server.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::helper::{Helper, Scratch, eventually};

fn error(variables: &[(&str, &str)]) -> String {
    Helper::start(variables).answer.clone().unwrap_err()
}

#[test]
fn programs_are_not_where_they_should_be() {
    let scratch = Scratch::new();
    let empty = scratch.folder("empty");
    let empty = empty.to_str().unwrap();
    assert_eq!(
        error(&[("MIZZLE_PG_BIN", empty)]),
        format!(
            "`MIZZLE_PG_BIN` is `{empty}`, which does not hold `initdb` and `postgres`; \
             set it to the folder that does, or unset it"
        )
    );
}

#[test]
fn url_is_not_a_url() {
    assert_eq!(
        error(&[("DATABASE_URL", "host=localhost")]),
        "expected `DATABASE_URL` to be like `postgres://user:password@host:5432/database`"
    );
}

#[test]
fn nobody_answers() {
    // Port 1 is for a service nobody runs.
    assert_eq!(
        error(&[("DATABASE_URL", "postgres://me@127.0.0.1:1/me")]),
        "cannot connect to the server of `DATABASE_URL`"
    );
}

#[test]
fn programs_do_not_work() {
    let scratch = Scratch::new();
    let broken = broken_programs(&scratch, "exit 1");
    assert_eq!(
        error(&[("MIZZLE_PG_BIN", &broken), ("TMPDIR", scratch.path())]),
        "PostgreSQL did not start; it said last: out of order out of order"
    );
}

#[test]
fn folder_is_open_to_others() {
    let scratch = Scratch::new();
    let broken = broken_programs(&scratch, "sleep 1; exit 1");
    let variables = [("MIZZLE_PG_BIN", &*broken), ("TMPDIR", scratch.path())];
    let starting = Helper::spawn(&variables);
    eventually("the start of the keeper", || scratch.cluster().is_some());
    let folder = scratch.cluster().unwrap();
    drop(starting.wait());
    eventually("the end of the keeper", || !scratch.is_in_use());

    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, PermissionsExt::from_mode(0o777)).unwrap();
    assert_eq!(
        error(&variables),
        format!(
            "the folder `{}` is open to other users; remove it, or set `TMPDIR` to another place",
            folder.display()
        )
    );
    fs::remove_dir(&folder).unwrap();
}

/// Makes an installation that only complains.
fn broken_programs(scratch: &Scratch, then: &str) -> String {
    let folder = scratch.folder("broken");
    for program in ["initdb", "postgres"] {
        let path = folder.join(program);
        fs::write(&path, format!("#!/bin/sh\necho out of order\n{then}\n")).unwrap();
        fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    }
    folder.to_str().unwrap().to_owned()
}
