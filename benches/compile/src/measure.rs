//! Measuring cargo: CPU seconds of it and of all that it starts, and the most memory that a rustc takes.
//!
//! Seconds are the process times that Linux adds up for children that were waited for. Memory is seen by running
//! rustc through this program ([`wrap_rustc`]), which reads its high-water mark until it ends.

use crate::Result;
use crate::crates::folder;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// Set when the program stands for rustc: the file that collects high-water marks.
pub const LOG: &str = "MIZZLE_BENCH_RUSTC_LOG";

/// How often each figure is taken; the lowest counts.
const REPEATS: usize = 5;

/// What a run of cargo takes.
#[derive(Clone, Copy)]
pub struct Cost {
    /// CPU seconds, user and system.
    pub seconds: f64,
    /// The most memory of a rustc, in MiB.
    pub memory: f64,
}

impl Cost {
    const NONE: Cost = Cost { seconds: f64::INFINITY, memory: f64::INFINITY };

    fn lower(&mut self, other: Cost) {
        self.seconds = self.seconds.min(other.seconds);
        self.memory = self.memory.min(other.memory);
    }
}

/// Checking and building a crate whose dependencies are built.
#[derive(Clone)]
pub struct Costs {
    pub check: Cost,
    pub build: Cost,
}

/// Of packages side by side: they take turns, as the machine is faster at one time than at another.
pub fn measure(packages: &[PathBuf]) -> Result<Vec<Costs>> {
    let mut costs = vec![Costs { check: Cost::NONE, build: Cost::NONE }; packages.len()];
    for package in packages {
        cargo(package, "check", false)?;
        cargo(package, "build", false)?;
    }
    for _ in 0..REPEATS {
        for (package, costs) in packages.iter().zip(&mut costs) {
            costs.check.lower(again(package, "check")?);
            costs.build.lower(again(package, "build")?);
        }
    }
    Ok(costs)
}

/// Checking only, side by side too.
pub fn check(packages: &[PathBuf]) -> Result<Vec<Cost>> {
    let mut costs = vec![Cost::NONE; packages.len()];
    for package in packages {
        cargo(package, "check", false)?;
    }
    for _ in 0..REPEATS {
        for (package, cost) in packages.iter().zip(&mut costs) {
            cost.lower(again(package, "check")?);
        }
    }
    Ok(costs)
}

/// With all that it depends on built already.
fn again(package: &Path, command: &str) -> Result<Cost> {
    touch(&package.join("src/lib.rs"))?;
    cargo(package, command, false)
}

/// Checking again, incrementally, after a query was edited.
pub fn edit(package: &Path) -> Result<Cost> {
    cargo(package, "check", true)?;
    let path = package.join("src/table_7.rs");
    let mut lowest = Cost::NONE;
    for limit in 21..21 + REPEATS {
        let text = fs::read_to_string(&path)?;
        let before = limit - 1;
        // One of them is there, by peer.
        let text = text.replace(&format!(".limit({before})"), &format!(".limit({limit})"));
        let text = text.replace(&format!("&{before}_i64"), &format!("&{limit}_i64"));
        fs::write(&path, text)?;
        lowest.lower(cargo(package, "check", true)?);
    }
    Ok(lowest)
}

/// Makes cargo compile the crate again.
fn touch(path: &Path) -> Result<()> {
    let text = fs::read(path)?;
    Ok(fs::write(path, text)?)
}

fn cargo(package: &Path, command: &str, incremental: bool) -> Result<Cost> {
    let folder = folder()?;
    let log = folder.join("memory.log");
    fs::write(&log, "")?;
    let before = children_seconds()?;
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([command, "--quiet", "--manifest-path"])
        .arg(package.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_INCREMENTAL", if incremental { "1" } else { "0" })
        .env("RUSTC_WRAPPER", std::env::current_exe()?)
        .env(LOG, &log)
        .stdin(Stdio::null())
        .output()?;
    if !output.status.success() {
        return Err(format!("{}: {}", package.display(), String::from_utf8_lossy(&output.stderr)).into());
    }
    let seconds = children_seconds()? - before;
    let kib =
        fs::read_to_string(&log)?.lines().filter_map(|line| line.parse::<f64>().ok()).fold(0.0, f64::max);
    Ok(Cost { seconds, memory: kib / 1024.0 })
}

/// CPU seconds of the children that have ended, and of theirs.
fn children_seconds() -> Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // Behind the name, which may hold spaces: the state is field 3, the children's times are 16 and 17.
    let (_, fields) = stat.rsplit_once(')').ok_or("no name in /proc/self/stat")?;
    let ticks: f64 =
        fields.split_whitespace().skip(13).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    // USER_HZ is 100 wherever Linux runs Rust.
    Ok(ticks / 100.0)
}

/// Runs the rustc that cargo asks for, and adds its high-water mark to the log.
pub fn wrap_rustc(args: &[OsString], log: &Path) -> Result<()> {
    let (rustc, args) = args.split_first().ok_or("expected the path of rustc")?;
    let mut child = Command::new(rustc).args(args).env_remove(LOG).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let exit = loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let mark = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let mark = mark.and_then(|mark| mark.trim().strip_suffix(" kB")?.parse().ok());
        peak = peak.max(mark.unwrap_or(0));
        if let Some(exit) = child.try_wait()? {
            break exit;
        }
        sleep(Duration::from_millis(5));
    };
    let mut all = fs::read_to_string(log).unwrap_or_default();
    all += &format!("{peak}\n");
    fs::write(log, all)?;
    std::process::exit(exit.code().unwrap_or(1))
}
