//! `quorate mail`: what is to be sent, what could not be, and what waits for a person.

use std::io::Write;

use clap::{Args, Subcommand};

use super::database::{DatabaseArgs, operator};
use super::outbox::outbox;
use super::{Failure, Format, write_json};
use crate::actor::Actor;
use crate::clock::Clock;
use crate::config::MailConfig;
use crate::service::{self, App, Call, Settings};
use crate::workflow::RoleName;

/// Send what waits, see what could not be delivered or waits for a person, and preview notices.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  quorate mail waiting\n  quorate mail preview SIP-0001 sip_received\n  quorate mail send --smtp smtp://quorate@mail.example:587 --smtp-password-file secret"
)]
pub(crate) struct MailArgs {
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
    /// Notices that were given up, or of which nobody knows whether they were delivered.
    #[command(after_help = "Example:\n  quorate mail waiting --database sqlite:quorate.db")]
    Waiting,
    /// Put a notice that was given up back into the queue, under the same Message-ID.
    #[command(after_help = "Example:\n  quorate mail resend 12-sip_received-dana")]
    Resend {
        /// Its id.
        notice: String,
    },
    /// Messages that arrived and wait for a person.
    #[command(after_help = "Example:\n  quorate mail arrived")]
    Arrived,
    /// Say that a message that waited has been dealt with.
    #[command(after_help = "Example:\n  quorate mail done 9f86d081 \"Answered by telephone\"")]
    Done {
        /// Its id.
        message: String,
        /// What was done.
        what: String,
    },
    /// Show how a notice of a real case would read now.
    #[command(after_help = "Example:\n  quorate mail preview SIP-0001 sip_received")]
    Preview {
        /// Reference or number of the case.
        case: String,
        /// The notice, as in the definition.
        notice: String,
    },
    /// Send how a notice of a real case would read now to an address, marked as a test.
    #[command(after_help = "Example:\n  quorate mail test SIP-0001 sip_received me@secas.example --mail-to letters")]
    Test {
        /// Reference or number of the case.
        case: String,
        /// The notice, as in the definition.
        notice: String,
        /// Where it goes.
        address: String,
        #[command(flatten)]
        mail: MailConfig,
    },
    /// Send what waits now, once, and end; `quorate serve` does so by itself.
    #[command(after_help = "Example:\n  quorate mail send --mail-to letters")]
    Send {
        #[command(flatten)]
        mail: MailConfig,
    },
    /// Find out whether mail can be sent, sending none.
    #[command(after_help = "Example:\n  quorate mail check --smtp smtps://mail.example")]
    Check {
        #[command(flatten)]
        mail: MailConfig,
    },
}

pub(crate) async fn run(args: MailArgs, out: &mut impl Write) -> Result<(), Failure> {
    if let What::Check { mail } = &args.what {
        let found = outgoing(mail)?.transport.check().await;
        return Ok(writeln!(out, "{}", found.map_err(|error| Failure::surroundings(error.to_string()))?)?);
    }
    let clock = Clock::real();
    let app = App::open(&args.database.database, Settings::default(), clock.now()).await?;
    let done = answer(&app, args.what, args.format, clock, out).await;
    app.close().await?;
    done
}

fn outgoing(mail: &MailConfig) -> Result<crate::notify::Outbox, Failure> {
    outbox(mail)?.ok_or_else(|| Failure::no("say where mail goes: --smtp URL, or --mail-to FOLDER"))
}

/// Whoever runs commands keeps the process as SECAS does.
fn keeper() -> Actor {
    Actor { offices: vec![RoleName::new("secas"), RoleName::new("dcc")], ..operator() }
}

async fn answer(app: &App, what: What, format: Format, clock: Clock, out: &mut impl Write) -> Result<(), Failure> {
    let (keeper, now) = (keeper(), clock.now());
    match what {
        What::Waiting => waiting(app, &keeper, format, out).await,
        What::Resend { notice } => {
            service::resend_notice(app, &Call::new(&keeper, now), &notice).await?;
            Ok(writeln!(out, "{notice} is in the queue again.")?)
        }
        What::Arrived => arrived(app, &keeper, format, out).await,
        What::Done { message, what } => {
            service::arrival_done(app, &Call::new(&keeper, now), &message, &what).await?;
            Ok(writeln!(out, "Recorded.")?)
        }
        What::Preview { case, notice } => {
            let seen = service::preview_notice(app, &keeper, (&case, &notice), now).await?;
            if format == Format::Json {
                return write_json(out, &seen);
            }
            Ok(writeln!(out, "Subject: {}\n\n{}", seen.subject, seen.text)?)
        }
        What::Test { case, notice, address, mail } => {
            let asked = (case.as_str(), notice.as_str(), address.as_str());
            let answer = service::send_test_notice(app, &outgoing(&mail)?, &keeper, asked, now).await?;
            Ok(writeln!(out, "Sent: {answer}")?)
        }
        What::Send { mail } => {
            let sent = service::send_due(app, &outgoing(&mail)?, now).await?;
            Ok(writeln!(out, "{} sent, {} not.", sent.sent, sent.failed)?)
        }
        What::Check { .. } => Ok(()),
    }
}

async fn waiting(app: &App, keeper: &Actor, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let seen = service::mail_waiting(app, keeper).await?;
    if format == Format::Json {
        return write_json(out, &seen);
    }
    writeln!(out, "{} to be sent, {} given up, {} unknown.", seen.queued, seen.failed, seen.unknown)?;
    for notice in seen.notices {
        let name = notice.name.unwrap_or(notice.recipient);
        writeln!(out, "{}  {}  to {name}: {}", notice.id, notice.subject, notice.why.unwrap_or_default())?;
    }
    Ok(())
}

async fn arrived(app: &App, keeper: &Actor, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let seen = service::arrivals_waiting(app, keeper).await?;
    if format == Format::Json {
        return write_json(out, &seen);
    }
    writeln!(out, "{} wait for a person, {} for their sender.", seen.waiting, seen.unconfirmed)?;
    for message in seen.messages {
        writeln!(out, "{}  {}  {:?}: {}", message.id, message.sender, message.subject, message.what)?;
    }
    Ok(())
}
