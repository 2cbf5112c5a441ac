//! `quorate migrate`: the schema of the database.

use std::io::Write;

use clap::{Args, Subcommand};

use super::{Failure, Format, write_json};
use crate::actor::Actor;
use crate::service;

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub(crate) struct DatabaseArgs {
    /// The database, as sqlite:PATH; with ?mode=rwc at its end it is created if need be.
    #[arg(
        long,
        global = true,
        env = "QUORATE_DATABASE",
        hide_env_values = true,
        default_value = "sqlite:quorate.db",
        value_name = "ADDRESS"
    )]
    pub(crate) database: String,
}

/// Whoever runs commands on the machine that holds the database; the record shows them as the operator.
pub(crate) fn operator() -> Actor {
    Actor { id: "operator".to_owned(), name: "the operator".to_owned(), ..Actor::system() }
}

/// Bring the schema of the database up to date, or take it back.
///
/// Other commands bring it up to date by themselves; this one shows what that would do.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  quorate migrate status --database sqlite:quorate.db")]
pub(crate) struct MigrateArgs {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    database: DatabaseArgs,
    /// How to write the answer.
    #[arg(long, value_enum, global = true, default_value_t)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show every step and whether it has been taken.
    #[command(after_help = "Example:\n  quorate migrate status --database sqlite:quorate.db")]
    Status,
    /// Take every step not yet taken.
    #[command(after_help = "Example:\n  quorate migrate up --database sqlite:quorate.db")]
    Up,
    /// Take back the last steps; what they held is gone.
    #[command(after_help = "Example:\n  quorate migrate down --steps 1 --database sqlite:quorate.db")]
    Down {
        /// How many steps.
        #[arg(long)]
        steps: u32,
    },
}

pub(crate) async fn run(args: MigrateArgs, out: &mut impl Write) -> Result<(), Failure> {
    let url = &args.database.database;
    let (done, names) = match args.what {
        What::Status => return status(url, args.format, out).await,
        What::Up => ("taken", service::schema_up(url).await?),
        What::Down { steps } => ("taken back", service::schema_down(url, steps).await?),
    };
    if args.format == Format::Json {
        return write_json(out, &names);
    }
    for name in &names {
        writeln!(out, "{name}: {done}")?;
    }
    if names.is_empty() {
        writeln!(out, "nothing to do")?;
    }
    Ok(())
}

async fn status(url: &str, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let steps = service::schema_steps(url).await?;
    if format == Format::Json {
        return write_json(out, &steps);
    }
    for step in steps {
        writeln!(out, "{}: {}", step.name, if step.applied { "taken" } else { "to be taken" })?;
    }
    Ok(())
}
