//! The command line: arguments to calls of the library, and what comes of them to words and exit codes.

mod args;
mod check;
mod decide;
mod execute;
mod generate;
mod hints;
mod history;
mod init;
mod lint;
mod migrate;
mod output;
mod project;
mod pull;
mod push;
mod rename;
mod watch;

use crate::compiled::{Compiled, compiled};
use crate::config::Config;
use crate::database::create_if_missing;
use crate::error::Error;
use crate::migrate::Step;
use args::{Cli, Command};
use clap::Parser;
use orm_core::meta::Schema;
use output::{Outcome, Output};
use std::path::PathBuf;
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
    main_with(schema, &[])
}

/// As [`main`], with the functions that migrations run.
///
/// ```no_run
/// # mod app {
/// #     pub const SCHEMA: mizzle::Schema = mizzle::schema![];
/// #     pub mod steps {
/// #         use orm_kit::migrate::{Batch, Moved};
/// #         pub async fn usernames(_: &mizzle::Tx, _: Batch) -> Result<Moved, mizzle::Error> {
/// #             Ok(Moved { rows: 0, next: None })
/// #         }
/// #     }
/// # }
/// use orm_kit::steps;
/// use std::process::ExitCode;
///
/// fn main() -> ExitCode {
///     orm_kit::main_with(app::SCHEMA, steps![app::steps::usernames])
/// }
/// ```
pub fn main_with(schema: Schema, steps: &[Step]) -> ExitCode {
    run(Some(schema), steps)
}

/// The command line without a schema: commands that need one run the project's own binary.
pub fn main_without_schema() -> ExitCode {
    run(None, &[])
}

/// Where the configuration is unless told otherwise.
const CONFIG: &str = "mizzle.toml";

/// What a command needs to know.
struct Kit {
    schema: Option<Schema>,
    /// What migrations run of the program.
    steps: Vec<Step>,
    config: Config,
    /// Where the configuration is, or would be.
    file: PathBuf,
    url: Option<String>,
    output: Output,
}

impl Kit {
    fn url(&self) -> Result<String, Error> {
        self.config.database(self.url.as_deref())
    }

    /// The URL of a database that is made now if it is not there.
    async fn url_of_database(&self) -> Result<String, Error> {
        let url = self.url()?;
        if let Some(name) = create_if_missing(&url).await? {
            self.output.note(format_args!("created the database `{name}`"));
        }
        Ok(url)
    }

    fn compiled(&self) -> Result<Compiled, Error> {
        let schema = self.schema.as_ref().ok_or_else(|| Error::new("this binary holds no schema"))?;
        Ok(compiled(schema))
    }
}

fn run(schema: Option<Schema>, steps: &[Step]) -> ExitCode {
    let cli = Cli::parse();
    let output = Output::new(cli.global.output);
    match command(schema, steps, cli, output) {
        Ok(code) => code,
        Err(error) => {
            output.error(&error);
            ExitCode::FAILURE
        }
    }
}

fn command(schema: Option<Schema>, steps: &[Step], cli: Cli, output: Output) -> Result<ExitCode, Error> {
    let Cli { global, command } = cli;
    let file = global.config.clone().unwrap_or_else(|| CONFIG.into());
    if global.config.is_some() && !file.exists() && !matches!(command, Command::Init(_)) {
        return Err(Error::new("there is no such file").in_file(file.display().to_string()));
    }
    let config = Config::read(&file)?;
    if schema.is_none() && (command.needs_schema() || (command.migrates() && project::has_steps(&config))) {
        return project::run(&config, output);
    }
    let kit = Kit { schema, steps: steps.to_vec(), config, file, url: global.url, output };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::new("the program cannot start").caused_by(error))?;
    runtime.block_on(answer(&kit, &command)).map(Outcome::exit_code)
}

async fn answer(kit: &Kit, command: &Command) -> Result<Outcome, Error> {
    match command {
        Command::Init(args) => init::init(kit, args),
        Command::Generate(args) => generate::generate(kit, args),
        Command::Migrate(args) => migrate::migrate(kit, args).await,
        Command::Status => migrate::status(kit).await,
        Command::Down(args) => migrate::down(kit, args).await,
        Command::Merge(args) => history::merge(kit, args),
        Command::Squash(args) => history::squash(kit, args),
        Command::Up => history::up(kit),
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
        Command::Execute(args) => execute::execute(kit, args).await,
    }
}
