//! Commands: read the arguments, call [`crate::service`] or the core, write the answer.
//!
//! Exit codes: 0 done, 1 the answer is no (refused, not as expected, does not hold), 2 misuse, 3 the surroundings fail
//! (a file, the database, the network).

mod backup;
mod bank_holidays;
mod brd;
mod brd_changes;
mod database;
mod demo;
mod failure;
mod intake;
mod journal;
mod mail;
mod outbox;
mod people;
mod redline;
mod rehearse;
mod schedules;
mod serve;
mod setup;
pub mod workdays;
mod workflow;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

pub use failure::Failure;

/// Columns of a help text, at most.
const HELP_WIDTH: usize = 100;

/// Runs the governance of SSI Improvement Proposals under the Smart Energy Code.
#[derive(Debug, Parser)]
#[command(
    name = "quorate",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    max_term_width = HELP_WIDTH,
    after_help = "Examples:\n  quorate demo\n  quorate workdays add 2019-02-14 10\n\nExit codes: 0 done; 1 the answer is no; 2 misuse; 3 the surroundings fail (a file, the database, the network)."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::DemoArgs),
    Setup(setup::SetupArgs),
    Serve(serve::ServeArgs),
    Rehearse(rehearse::RehearseArgs),
    Workdays(workdays::WorkdaysArgs),
    Workflow(workflow::WorkflowArgs),
    Redline(redline::RedlineArgs),
    Brd(brd::BrdArgs),
    Mail(mail::MailArgs),
    Intake(intake::IntakeArgs),
    Journal(journal::JournalArgs),
    People(people::PeopleArgs),
    Parties(people::PartiesArgs),
    BankHolidays(bank_holidays::BankHolidaysArgs),
    Jobs(schedules::JobsArgs),
    Backup(backup::BackupArgs),
    Migrate(database::MigrateArgs),
}

/// How to write the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Lines for people and shell scripts.
    #[default]
    Text,
    /// JSON.
    Json,
}

/// Every command with its arguments, for a reference made from them.
pub fn command() -> clap::Command {
    Arguments::command().term_width(HELP_WIDTH)
}

/// Runs the command that the arguments of the process ask for.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    start_logging(&arguments.command);
    let mut out = std::io::stdout().lock();
    let outcome = answer(arguments.command, &mut out).and_then(|()| Ok(out.flush()?));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn answer(command: Command, out: &mut impl Write) -> Result<(), Failure> {
    match command {
        Command::Workdays(args) => workdays::run(&args, crate::calendar::Edition::built_in(), out)?,
        Command::Workflow(args) => return workflow::run(args, out),
        Command::Redline(args) => return redline::run(&args, out),
        Command::Brd(args) => return brd::run(args, out),
        Command::Demo(args) => return block_on(demo::run(args, out)),
        Command::Setup(args) => return block_on(setup::run(args, out)),
        Command::People(args) => return block_on(people::run_people(args, out)),
        Command::Parties(args) => return block_on(people::run_parties(args, out)),
        Command::Serve(args) => return block_on(serve::run(args, out)),
        Command::Rehearse(args) => return block_on(rehearse::run(args, out)),
        Command::Mail(args) => return block_on(mail::run(args, out)),
        Command::Intake(args) => return block_on(intake::run(args, out)),
        Command::Journal(args) => return block_on(journal::run(args, out)),
        Command::BankHolidays(args) => return block_on(bank_holidays::run(args, out)),
        Command::Jobs(args) => return block_on(schedules::run(args, out)),
        Command::Backup(args) => return block_on(backup::run(args, out)),
        Command::Migrate(args) => return block_on(database::run(args, out)),
    }
    Ok(())
}

pub(crate) fn block_on<T>(future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(future)
}

/// Servers log what they do; other commands only what goes wrong.
fn start_logging(command: &Command) {
    let usual = match command {
        Command::Serve(_) => "info,sqlx=warn,sea_orm_migration=warn,tokio_cron_scheduler=warn",
        _ => "error",
    };
    let filter = tracing_subscriber::EnvFilter::try_from_env("QUORATE_LOG");
    let filter = filter.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(usual));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() { builder.init() } else { builder.json().init() }
}

/// Writes a value as JSON, set out for reading.
pub(crate) fn write_json(out: &mut impl Write, value: &impl serde::Serialize) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}

/// Reads a text file.
pub(crate) fn read_text(path: &std::path::Path) -> Result<String, Failure> {
    String::from_utf8(read_bytes(path)?)
        .map_err(|_| Failure::no(format!("{}: it is not UTF-8 text; save it as UTF-8", path.display())))
}

/// Reads a file.
pub(crate) fn read_bytes(path: &std::path::Path) -> Result<Vec<u8>, Failure> {
    #[expect(clippy::disallowed_methods, reason = "the commands read the files that people name")]
    std::fs::read(path).map_err(|error| Failure::file(path, &error))
}

/// Writes a file whole or not at all: what is there stays until the new file is complete.
pub(crate) fn write_file(path: &std::path::Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    #[expect(clippy::disallowed_methods, reason = "the commands write the files that people name")]
    let written = std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&part);
        Failure::file(path, &error)
    })
}
