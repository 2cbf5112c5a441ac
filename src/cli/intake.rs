//! `quorate intake`: mail that has arrived.

use std::io::{Read, Write};
use std::path::PathBuf;

use clap::Args;

use super::database::DatabaseArgs;
use super::outbox::{arrivals, door};
use super::{Failure, Format, read_bytes, write_json};
use crate::clock::Clock;
use crate::config::{DoorConfig, MailConfig};
use crate::service::{self, App, Settings, Taken};

/// Take in mail that has arrived: a message, or all that waits in a maildir or a mailbox.
///
/// A filled SIP form of a nominated contact becomes a submission; what came back is recorded; anything else is answered,
/// or put before DCC. Each message is kept, and the same one is taken in once, however often it is read.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  quorate intake < message.eml\n  quorate intake message.eml\n  quorate intake --maildir /var/mail/sip --mailbox sip@secas.example"
)]
pub(crate) struct IntakeArgs {
    /// The message, as a file; from standard input where absent.
    #[arg(value_name = "FILE", conflicts_with_all = ["maildir", "imap"])]
    file: Option<PathBuf>,
    #[command(flatten)]
    door: DoorConfig,
    #[command(flatten)]
    mail: MailConfig,
    /// Where people reach the pages, for links in answers.
    #[arg(
        long,
        env = "QUORATE_BASE_URL",
        hide_env_values = true,
        default_value = "http://127.0.0.1:8080",
        value_name = "URL"
    )]
    base_url: String,
    #[command(flatten)]
    database: DatabaseArgs,
    /// How to write the answer.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) async fn run(args: IntakeArgs, out: &mut impl Write) -> Result<(), Failure> {
    let (door, clock) = (door(&args.door, &args.mail), Clock::real());
    let settings = Settings { base_url: args.base_url, ..Settings::default() };
    let app = App::open(&args.database.database, settings, clock.now()).await?;
    let taken = if let Some(arrivals) = arrivals(&args.door)? {
        Box::pin(service::fetch_mail(&app, &door, &arrivals, clock.now())).await
    } else {
        let raw = match &args.file {
            Some(file) => read_bytes(file)?,
            None => standard_input()?,
        };
        Box::pin(service::take_in(&app, &door, &raw, clock.now())).await.map(|taken| vec![taken])
    };
    app.close().await?;
    let taken = taken?;
    if args.format == Format::Json {
        return write_json(out, &taken);
    }
    taken.iter().try_for_each(|taken| line(taken, out))
}

fn line(taken: &Taken, out: &mut impl Write) -> Result<(), Failure> {
    let short = taken.id.get(..16).unwrap_or_default();
    Ok(writeln!(out, "{short}  {:<12} {}", taken.status, taken.what)?)
}

fn standard_input() -> Result<Vec<u8>, Failure> {
    let mut raw = Vec::new();
    std::io::stdin().lock().read_to_end(&mut raw)?;
    Ok(raw)
}
