//! The size of a minimal program: connect, one select, print.

use crate::crates::{folder, write};
use crate::{Result, report};
use std::path::Path;
use std::process::Command;

/// How many bytes mizzle may add to deadpool-postgres.
const MOST: i64 = 150 * 1024;

const PROFILE: &str = r#"
[profile.release]
codegen-units = 1
lto = "thin"
panic = "abort"
strip = true
"#;

const MIZZLE: (&str, &str) = (
    r#"
# Without TLS, as the peer is.
mizzle = { path = "{root}", default-features = false, features = ["chrono", "rust_decimal", "serde_json", "uuid"] }
tokio = { version = "1", features = ["macros", "rt"] }
"#,
    r#"use mizzle::prelude::*;

#[derive(Table)]
#[orm(table = "users")]
struct User {
    #[orm(primary_key, identity)]
    id: i64,
    name: String,
    email: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = Db::connect(&std::env::var("DATABASE_URL")?).await?;
    for user in select(User).order_by(User.id).all(&db).await? {
        println!("{} {} {:?}", user.id, user.name, user.email);
    }
    Ok(())
}
"#,
);

const DEADPOOL: (&str, &str) = (
    r#"
deadpool-postgres = "0.14.1"
tokio = { version = "1", features = ["macros", "rt"] }
tokio-postgres = "0.7.18"
"#,
    r#"use deadpool_postgres::{Manager, Pool};
use tokio_postgres::NoTls;

struct User {
    id: i64,
    name: String,
    email: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pool = Pool::builder(Manager::new(std::env::var("DATABASE_URL")?.parse()?, NoTls)).build()?;
    let client = pool.get().await?;
    let select = client.prepare_cached("select id, name, email from users order by id").await?;
    for row in client.query(&select, &[]).await? {
        let user = User { id: row.try_get(0)?, name: row.try_get(1)?, email: row.try_get(2)? };
        println!("{} {} {:?}", user.id, user.name, user.email);
    }
    Ok(())
}
"#,
);

pub fn compare() -> Result<()> {
    println!("\nbytes of a minimal program: release, thin LTO, one codegen unit, panic = abort, stripped");
    let folder = folder()?;
    let deadpool = size(&folder, "minimal-deadpool", DEADPOOL)?;
    let mizzle = size(&folder, "minimal-mizzle", MIZZLE)?;
    println!("{:<20}{deadpool:>10}\n{:<20}{mizzle:>10}", "deadpool-postgres", "mizzle");
    let more = mizzle - deadpool;
    report::line(
        more <= MOST,
        &format!("{:.0} KB more than deadpool-postgres (at most 150)", more as f64 / 1024.0),
    );
    Ok(())
}

fn size(folder: &Path, name: &str, (dependencies, main): (&str, &str)) -> Result<i64> {
    let files = [("src/main.rs".to_owned(), main.to_owned())];
    let package = write(&folder.join(name), dependencies, PROFILE, &files)?;
    let target = folder.join("target");
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--release", "--quiet", "--manifest-path"])
        .arg(package.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", &target)
        .output()?;
    if !output.status.success() {
        return Err(format!("{name}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(i64::try_from(std::fs::metadata(target.join("release").join(name))?.len())?)
}
