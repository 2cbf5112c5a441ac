//! `quorate journal`: proving and exporting the record.

use std::io::Write;

use clap::{Args, Subcommand};

use super::database::DatabaseArgs;
use super::{Failure, Format, write_json};
use crate::service::{self, App};

/// Prove the record whole, write it out, or read the history of a case.
///
/// These commands change nothing in the database, so they may also be given a copy opened with `?mode=ro`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  quorate journal verify\n  quorate journal export > journal.jsonl\n  quorate journal history SIP-0001"
)]
pub(crate) struct JournalArgs {
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
    /// Recompute every hash, replay every case from its events and compare it with what is stored.
    #[command(after_help = "Example:\n  quorate journal verify --database sqlite:quorate.db")]
    Verify,
    /// Write every entry as one JSON object a line.
    #[command(after_help = "Example:\n  quorate journal export > journal.jsonl")]
    Export,
    /// Say in words what happened to a case.
    #[command(after_help = "Example:\n  quorate journal history SIP-0001")]
    History {
        /// Its reference or number.
        case: String,
    },
}

pub(crate) async fn run(args: JournalArgs, out: &mut impl Write) -> Result<(), Failure> {
    let app = App::open_to_read(&args.database.database).await?;
    match args.what {
        What::Verify => verify(&app, args.format, out).await,
        What::Export => service::export_journal(&app, out).await.map(|_| ()).map_err(Failure::from),
        What::History { case } => history(&app, &case, args.format, out).await,
    }
}

async fn verify(app: &App, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let proof = service::verify_journal(app).await?;
    if format == Format::Json {
        write_json(out, &proof)?;
    } else {
        writeln!(out, "{} entries, every hash holds. Head: {}", proof.entries, proof.head)?;
        writeln!(out, "{} cases replayed from their events, {} differ.", proof.cases, proof.differing.len())?;
    }
    if proof.differing.is_empty() {
        return Ok(());
    }
    Err(Failure::no(format!("the record does not hold:\n  {}", proof.differing.join("\n  "))))
}

async fn history(app: &App, case: &str, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let entries = service::history(app, case).await?;
    if format == Format::Json {
        return write_json(out, &entries);
    }
    for entry in entries {
        writeln!(out, "{}  {} ({})", entry.seq, crate::calendar::words(entry.at), entry.actor)?;
        for what in entry.happened {
            writeln!(out, "    {what}")?;
        }
    }
    Ok(())
}
