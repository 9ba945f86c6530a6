//! The command line: arguments to calls of the library, and what comes of them to words and exit codes.

mod args;
mod check;
mod decide;
mod generate;
mod init;
mod lint;
mod migrate;
mod output;
mod project;
mod pull;
mod push;

use crate::catalog::Catalog;
use crate::compiled::compiled;
use crate::config::Config;
use crate::error::Error;
use args::{Cli, Command};
use clap::Parser;
use orm_core::meta::Schema;
use output::{Outcome, Output};
use std::process::ExitCode;

/// The whole command line, for a binary that holds the compiled schema.
///
/// ```no_run
/// # mod app { pub const SCHEMA: mizzle::Schema = mizzle::schema![]; }
/// use std::process::ExitCode;
///
/// fn main() -> ExitCode {
///     orm_kit::main(app::SCHEMA)
/// }
/// ```
pub fn main(schema: Schema) -> ExitCode {
    run(Some(schema))
}

/// The command line without a schema: commands that need one run the project's own binary.
pub fn main_without_schema() -> ExitCode {
    run(None)
}

/// What a command needs to know.
struct Kit {
    schema: Option<Schema>,
    config: Config,
    url: Option<String>,
    output: Output,
}

impl Kit {
    fn url(&self) -> Result<String, Error> {
        self.config.database(self.url.as_deref())
    }

    fn compiled(&self) -> Result<Catalog, Error> {
        let schema = self.schema.as_ref().ok_or_else(|| Error::new("this binary holds no schema"))?;
        Ok(compiled(schema))
    }
}

fn run(schema: Option<Schema>) -> ExitCode {
    let cli = Cli::parse();
    let output = Output::new(cli.global.output);
    match command(schema, cli, output) {
        Ok(code) => code,
        Err(error) => {
            output.error(&error);
            ExitCode::FAILURE
        }
    }
}

fn command(schema: Option<Schema>, cli: Cli, output: Output) -> Result<ExitCode, Error> {
    let Cli { global, command } = cli;
    if let Command::Init(args) = &command {
        return init::init(args, &global.config, output).map(Outcome::exit_code);
    }
    let config = Config::read(&global.config)?;
    if schema.is_none() && command.needs_schema() {
        return project::run(&config, output);
    }
    let kit = Kit { schema, config, url: global.url, output };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::new("the program cannot start").caused_by(error))?;
    runtime.block_on(answer(&kit, &command)).map(Outcome::exit_code)
}

async fn answer(kit: &Kit, command: &Command) -> Result<Outcome, Error> {
    match command {
        Command::Init(args) => init::init(args, std::path::Path::new("mizzle.toml"), kit.output),
        Command::Generate(args) => generate::generate(kit, args),
        Command::Migrate(args) => migrate::migrate(kit, args).await,
        Command::Status => migrate::status(kit).await,
        Command::Down(args) => migrate::down(kit, args).await,
        Command::Push(args) => push::push(kit, args).await,
        Command::Check(args) => check::check(kit, args).await,
        Command::Diff(args) => check::diff(kit, args).await,
        Command::Export => pull::export(kit),
        Command::Lint(args) => lint::lint(kit, args).await,
        Command::Pull(args) => pull::pull(kit, args).await,
        Command::Resolve(args) => migrate::resolve(kit, args).await,
        Command::Baseline(args) => migrate::baseline(kit, args).await,
        Command::Repair => migrate::repair(kit).await,
        Command::Reset(args) => migrate::reset(kit, args).await,
    }
}
