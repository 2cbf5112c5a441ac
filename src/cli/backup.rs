//! `quorate backup`: a copy of the database, proved whole.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::database::DatabaseArgs;
use super::{Failure, Format, write_json};
use crate::service;

/// Copy the database, which may be in use, into a file, and prove the copy whole.
///
/// The file must not be there yet. To go back to a copy, stop Quorate, put the copy in place of the database, without
/// the files ending in -wal and -shm beside it, and begin again.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  quorate backup before-upgrade.db --database sqlite:quorate.db")]
pub(crate) struct BackupArgs {
    /// The file to be made.
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
    /// How to write the answer.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) async fn run(args: BackupArgs, out: &mut impl Write) -> Result<(), Failure> {
    let made = service::back_up(&args.database.database, &args.file).await?;
    if args.format == Format::Json {
        return write_json(out, &made);
    }
    writeln!(out, "{}: whole, with {} journal entries. Head: {}", made.file.display(), made.entries, made.head)?;
    Ok(())
}
