//! Processes that share the private cluster, and what is left of them.

use std::thread::{self, sleep};
use std::time::Duration;

use crate::helper::{Helper, Scratch, connect, eventually};

#[test]
fn nothing_is_left_of_a_killed_process() {
    let scratch = Scratch::new();
    let mut helper = Helper::start(&[("TMPDIR", scratch.path())]);
    assert!(helper.answer.is_ok() && scratch.is_in_use());
    helper.kill();
    eventually("the end of the server", || !scratch.is_in_use());
}

#[test]
fn nothing_is_left_of_a_process_killed_at_the_start() {
    // While `initdb` runs, while the server starts.
    let killed = [100, 300, 600, 1000].map(|delay| {
        let scratch = Scratch::new();
        let mut starting = Helper::spawn(&[("TMPDIR", scratch.path())]);
        sleep(Duration::from_millis(delay));
        starting.0.kill().unwrap();
        starting.0.wait().unwrap();
        scratch
    });
    for scratch in killed {
        eventually("the end of the server", || !scratch.is_in_use());
    }
}

#[test]
fn one_server_for_all() {
    let scratch = Scratch::new();
    let starting: Vec<_> = (0..4).map(|_| Helper::spawn(&[("TMPDIR", scratch.path())])).collect();
    let mut helpers: Vec<_> = starting.into_iter().map(|helper| helper.wait()).collect();
    let last = helpers.pop().unwrap();
    for helper in &mut helpers {
        assert_eq!(helper.server(), last.server());
        helper.kill();
    }
    // Longer than an unused server lives.
    sleep(Duration::from_secs(7));
    tokio::runtime::Runtime::new().unwrap().block_on(connect(last.url()));
}

#[test]
fn the_next_process_takes_the_server_over() {
    let scratch = Scratch::new();
    let mut first = Helper::start(&[("TMPDIR", scratch.path())]);
    first.kill();
    let second = Helper::start(&[("TMPDIR", scratch.path())]);
    assert_eq!(first.server(), second.server());
}

#[test]
fn a_process_that_comes_as_the_server_stops_gets_one() {
    let come = |delay| {
        let scratch = Scratch::new();
        Helper::start(&[("TMPDIR", scratch.path())]).kill();
        sleep(Duration::from_millis(delay));
        let helper = Helper::start(&[("TMPDIR", scratch.path())]);
        tokio::runtime::Runtime::new().unwrap().block_on(connect(helper.url()));
    };
    thread::scope(|scope| {
        for delay in [4950, 5000, 5020, 5050] {
            scope.spawn(move || come(delay));
        }
    });
}

#[test]
fn a_server_whose_folder_is_removed_ends_too() {
    let scratch = Scratch::new();
    let mut helper = Helper::start(&[("TMPDIR", scratch.path())]);
    std::fs::remove_dir_all(scratch.cluster().unwrap()).unwrap();
    helper.kill();
    eventually("the end of the server", || !scratch.is_in_use());
}
