//! The command line.

use crate::plan::HazardKind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Migrations for PostgreSQL that are safe on a live system, from the structs of a mizzle schema.
#[derive(Debug, Parser)]
#[command(name = "mizzle", bin_name = "mizzle", version, after_help = EXIT_CODES)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done, or nothing differs; 1 failed; 2 wrong arguments; 3 something differs, waits or needs a decision.
The URL is that of --url, of the variable DATABASE_URL, or of `url` in mizzle.toml.";

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// The configuration file; else mizzle.toml, if there is one
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The database, `postgres://user@host/name`
    #[arg(long, global = true, value_name = "URL")]
    pub(super) url: Option<String>,
    /// For a person, or one JSON value on the standard output for a program: text or json
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "FORMAT",
        default_value_t,
        hide_possible_values = true
    )]
    pub(super) output: Format,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Set a project up: configuration, schema, binary, migrations folder
    Init(Init),
    /// Write the migration from the last snapshot to the schema
    Generate(Generate),
    /// Apply the migrations that the database does not have
    Migrate(Migrate),
    /// Show which migrations the database has
    Status,
    /// Take migrations back
    Down(Down),
    /// Join the branches of the history
    Merge(Merge),
    /// Make the first migrations one
    Squash(Squash),
    /// Bring snapshots of older versions up to date
    Up,
    /// Change a development database to the schema, without migrations
    Push(Push),
    /// Compare a database with the schema
    Check(Check),
    /// Compare any two of schema, migrations, database, empty, a snapshot's file and a URL
    Diff(Diff),
    /// Print the SQL that makes the schema in an empty database
    Export,
    /// Tell what migrations would do to those who use the database meanwhile
    Lint(Lint),
    /// Write an existing database as Rust structs
    Pull(Pull),
    /// Say that a migration has been applied, or taken back, by hand
    Resolve(Resolve),
    /// Say that a database that is not empty has these migrations already
    Baseline(Baseline),
    /// Accept edited files of applied migrations, and drop invalid indexes
    Repair,
    /// Empty the database and apply all migrations
    Reset(Reset),
    /// Run a SQL file that is no migration
    Execute(Execute),
}

impl Command {
    /// It runs migrations, and so the steps of the project.
    pub(super) fn migrates(&self) -> bool {
        matches!(self, Command::Migrate(_) | Command::Down(_) | Command::Reset(_))
    }

    /// Whether it needs the compiled schema, and so runs in the project's own binary.
    pub(super) fn needs_schema(&self) -> bool {
        match self {
            Command::Generate(Generate { custom, .. }) => !custom,
            Command::Push(_) | Command::Check(_) | Command::Export => true,
            Command::Diff(Diff { from, to, .. }) => [from, to].into_iter().any(|side| side == "schema"),
            _ => false,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The binary of the project that is to hold the schema
    #[arg(long, value_name = "NAME", default_value = "kit")]
    pub(super) bin: String,
}

#[derive(Debug, Args)]
pub(super) struct Generate {
    /// What the migration is for; else its first change names it
    #[arg(long, value_name = "WORDS")]
    pub(super) name: Option<String>,
    /// Write an empty migration, to be filled in by hand
    #[arg(long)]
    pub(super) custom: bool,
    /// Print what would be written, and why, and write nothing
    #[arg(long, visible_alias = "dry-run", conflicts_with = "custom")]
    pub(super) explain: bool,
    #[command(flatten)]
    pub(super) decisions: Decisions,
    /// The oldest PostgreSQL that runs the migration, 13 to 18
    #[arg(long, value_name = "VERSION", default_value_t = 15, value_parser = clap::value_parser!(u32).range(13..=18))]
    pub(super) postgres: u32,
}

/// What a person decides where the structs do not say.
#[derive(Debug, Args)]
pub(super) struct Decisions {
    /// Hazards to accept, with commas: data-loss, blocking, may-fail, authorization
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = hazard)]
    pub(super) allow: Vec<HazardKind>,
    /// What is renamed, not dropped and created: `workers.name=workers.full_name`
    #[arg(long, value_name = "OLD=NEW")]
    pub(super) rename: Vec<String>,
    /// Whatever else looks like a rename is none
    #[arg(long)]
    pub(super) no_renames: bool,
    /// A JSON list of answers to what `--output json` asks; `-` is the standard input
    #[arg(long, value_name = "FILE")]
    pub(super) hints: Option<String>,
}

fn hazard(word: &str) -> Result<HazardKind, String> {
    let kinds = [HazardKind::DataLoss, HazardKind::Blocking, HazardKind::MayFail, HazardKind::Authorization];
    kinds
        .into_iter()
        .find(|kind| kind.to_string() == word)
        .ok_or_else(|| "expected one of data-loss, blocking, may-fail, authorization".to_owned())
}

#[derive(Debug, Args)]
pub(super) struct Migrate {
    /// Also apply contracts, which take away what older code uses: none of it may run any more (a new database gets them
    /// without this)
    #[arg(long)]
    pub(super) contract: bool,
    /// Print each statement with the lock that it takes, and run none
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Apply to a database that is not empty and has no history
    #[arg(long)]
    pub(super) not_empty: bool,
    /// Accept that files of applied migrations are missing
    #[arg(long = "allow-missing")]
    pub(super) missing: bool,
    /// How long a statement waits for a lock before it is tried again, in milliseconds
    #[arg(long, value_name = "MS")]
    pub(super) lock_timeout: Option<u64>,
}

#[derive(Debug, Args)]
pub(super) struct Down {
    /// How many to take back
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "to")]
    pub(super) steps: usize,
    /// Take back all behind this one
    #[arg(long, value_name = "NAME")]
    pub(super) to: Option<String>,
    /// Hazards to accept: data-loss
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = hazard)]
    pub(super) allow: Vec<HazardKind>,
}

#[derive(Debug, Args)]
pub(super) struct Merge {
    /// What the migration is called behind its time
    #[arg(long, value_name = "WORDS", default_value = "merge")]
    pub(super) name: String,
    /// Print what would be written, or what does not get along, and write nothing
    #[arg(long, visible_alias = "dry-run")]
    pub(super) explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct Squash {
    /// The last migration to take; else all
    #[arg(long, value_name = "NAME")]
    pub(super) to: Option<String>,
    /// What the migration is called behind its time
    #[arg(long, value_name = "WORDS", default_value = "squash")]
    pub(super) name: String,
    /// Keep every statement, instead of writing anew what the last snapshot holds
    #[arg(long)]
    pub(super) keep_statements: bool,
    /// Print what would be written, and write nothing
    #[arg(long, visible_alias = "dry-run")]
    pub(super) explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct Execute {
    /// The file; `-` is the standard input
    pub(super) file: String,
}

#[derive(Debug, Args)]
pub(super) struct Push {
    #[command(flatten)]
    pub(super) decisions: Decisions,
    /// Print the statements and run none
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Also print the SQL that would mend it
    #[arg(long)]
    pub(super) sql: bool,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// What is there: schema, migrations, database, empty, a snapshot's file or a URL
    pub(super) from: String,
    /// What is to be: the same words
    pub(super) to: String,
    /// Print the SQL of the difference instead
    #[arg(long)]
    pub(super) sql: bool,
}

#[derive(Debug, Args)]
pub(super) struct Lint {
    /// The migrations to look at; else those that the database lacks, or all if no database is named
    #[arg(value_name = "MIGRATION")]
    pub(super) names: Vec<String>,
    /// Look at all of them
    #[arg(long, conflicts_with = "names")]
    pub(super) all: bool,
    /// Also give advice, which is no reason for exit code 3
    #[arg(long)]
    pub(super) advice: bool,
    /// List the rules
    #[arg(long, conflicts_with_all = ["names", "all"])]
    pub(super) rules: bool,
}

#[derive(Debug, Args)]
pub(super) struct Pull {
    /// The file to write; `-` is the standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// The schemas to take; else all
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) schemas: Vec<String>,
    /// Also write the first migration, and say that the database has it
    #[arg(long)]
    pub(super) init: bool,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct Resolve {
    /// This migration has been applied
    #[arg(long, value_name = "NAME")]
    pub(super) applied: Option<String>,
    /// This migration has been taken back
    #[arg(long, value_name = "NAME")]
    pub(super) rolled_back: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Baseline {
    /// The last migration that it has; else the last there is
    pub(super) name: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Reset {
    /// Yes, everything in the database is to go
    #[arg(long)]
    pub(super) force: bool,
}
