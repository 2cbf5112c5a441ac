//! `quorate bank-holidays`: editions of bank holidays.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::database::{DatabaseArgs, operator};
use super::{Failure, Format, read_text, write_json};
use crate::clock::Clock;
use crate::service::{self, Affected, App, Call, EditionChoices, Settings};
use crate::workflow::EditionChoice;

/// Import an edition of bank holidays, see which dates it would move, and adopt it.
///
/// A royal proclamation can add or move a bank holiday at short notice. Importing moves nothing; adopting counts every
/// open clock again, keeps those you name, and tells each person concerned once.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  quorate bank-holidays import bank-holidays.json --edition \"gov.uk 2026-11-01\"\n  quorate bank-holidays preview \"gov.uk 2026-11-01\"\n  quorate bank-holidays adopt \"gov.uk 2026-11-01\" --reason \"proclamation of 30 October\""
)]
pub(crate) struct BankHolidaysArgs {
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
    /// Store an edition; no date moves.
    #[command(
        after_help = "Example:\n  quorate bank-holidays import bank-holidays.json --edition \"gov.uk 2026-11-01\""
    )]
    Import {
        /// The file, in the format of GOV.UK's bank-holidays.json.
        file: PathBuf,
        /// A name for it, such as "gov.uk 2026-11-01".
        #[arg(long)]
        edition: String,
    },
    /// Name the editions stored; the one in use is marked.
    #[command(after_help = "Example:\n  quorate bank-holidays list")]
    List,
    /// Show every open date that an edition would move.
    #[command(after_help = "Example:\n  quorate bank-holidays preview \"gov.uk 2026-11-01\"")]
    Preview {
        /// The edition.
        edition: String,
    },
    /// Count every open clock with an edition.
    #[command(
        after_help = "Examples:\n  quorate bank-holidays adopt \"gov.uk 2026-11-01\" --reason \"proclamation of 30 October\"\n  quorate bank-holidays adopt \"gov.uk 2026-11-01\" --reason \"proclamation\" --except C-2026-01"
    )]
    Adopt {
        /// The edition.
        edition: String,
        /// Why; it is recorded and told.
        #[arg(long)]
        reason: String,
        /// What becomes of dates that would move.
        #[arg(long, value_enum, default_value = "move")]
        dates: Dates,
        /// A case treated the other way; may be given again.
        #[arg(long = "except")]
        except: Vec<String>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Dates {
    /// They move.
    Move,
    /// They stay.
    Keep,
}

pub(crate) async fn run(args: BankHolidaysArgs, out: &mut impl Write) -> Result<(), Failure> {
    let now = Clock::real().now();
    let app = App::open(&args.database.database, Settings::default(), now).await?;
    let operator = operator();
    let call = Call::new(&operator, now);
    match args.what {
        What::Import { file, edition } => {
            let name = service::import_edition(&app, &call, &edition, &read_text(&file)?).await?;
            if args.format == Format::Json {
                return write_json(out, &serde_json::json!({ "stored": name }));
            }
            Ok(writeln!(out, "{name}: stored. Nothing has moved; see `quorate bank-holidays preview`.")?)
        }
        What::List => list(&app, args.format, out).await,
        What::Preview { edition } => {
            let affected = service::preview_edition(&app, &edition).await?;
            show(&affected, "would move", args.format, out)
        }
        What::Adopt { edition, reason, dates, except } => {
            let usual = if dates == Dates::Move { EditionChoice::Move } else { EditionChoice::Keep };
            let except: BTreeSet<String> = except.into_iter().map(|name| name.to_uppercase()).collect();
            let choices = EditionChoices { usual, except, reason };
            let affected = service::adopt_edition(&app, &call, &edition, choices).await?;
            show(&affected, "concerned", args.format, out)
        }
    }
}

async fn list(app: &App, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let editions = service::editions(app).await?;
    let current = service::current_edition(app).await?;
    if format == Format::Json {
        return write_json(out, &serde_json::json!({ "editions": editions, "in_use": current.name() }));
    }
    for edition in editions {
        let mark = if edition == current.name().as_str() { " (in use)" } else { "" };
        writeln!(out, "{edition}{mark}")?;
    }
    Ok(())
}

fn show(affected: &[Affected], what: &str, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    if format == Format::Json {
        return write_json(out, &affected);
    }
    for date in affected {
        writeln!(out, "{}  {}: {} -> {}", date.reference, date.clock, date.due, date.would_be)?;
    }
    Ok(writeln!(out, "{} dates {what}.", affected.len())?)
}
