//! `quorate setup`: a fresh installation gets its organisations and people.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::database::{DatabaseArgs, operator};
use super::{Failure, read_text};
use crate::clock::Clock;
use crate::roster::{Known, read_setup};
use crate::service::{self, App, Call, SetUp, Settings};

/// How many random bytes are in a token.
const TOKEN_BYTES: usize = 32;

/// Give a fresh installation its organisations and people.
///
/// Each person gets a token that signs them in. It is shown this once: only its hash is kept. A database that has other
/// people already is refused; for one that has exactly these, nothing is done.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  quorate setup setup.yaml --database \"sqlite:quorate.db?mode=rwc\"\n  quorate setup setup.yaml --tokens tokens.txt --database \"sqlite:quorate.db?mode=rwc\""
)]
pub(crate) struct SetupArgs {
    /// The organisations and people, in YAML; at least somebody of SECAS and somebody of DCC.
    file: PathBuf,
    /// Write the tokens into this new file, which only you can read, and not to the terminal.
    #[arg(long, value_name = "FILE")]
    tokens: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub(crate) async fn run(args: SetupArgs, out: &mut impl Write) -> Result<(), Failure> {
    let wanted = read_setup(&args.file.display().to_string(), &read_text(&args.file)?);
    let wanted = wanted.map_err(|error| Failure::no(format!("{}:\n{error}", args.file.display())))?;
    let tokens = tokens(&wanted)?;
    let now = Clock::real().now();
    let app = App::open(&args.database.database, Settings::default(), now).await?;
    let lines = lines(&wanted, &tokens);
    if let Some(path) = &args.tokens {
        write_secret(path, &lines)?;
    }
    let done = service::set_up(&app, &Call::new(&operator(), now), &wanted, &tokens).await;
    if let (Some(path), Err(_) | Ok(SetUp::AlreadySo)) = (&args.tokens, &done) {
        let _ = std::fs::remove_file(path);
    }
    if done? == SetUp::AlreadySo {
        return Ok(writeln!(
            out,
            "It is set up like this already; nothing was changed. `quorate people token ID` gives somebody a new token."
        )?);
    }
    let (parties, people) = (wanted.parties.len(), wanted.people.len());
    writeln!(out, "{parties} organisations and {people} people entered.")?;
    let Some(path) = &args.tokens else {
        return Ok(write!(out, "Give each person their token; it is not shown again.\n\n{lines}")?);
    };
    Ok(writeln!(out, "Their tokens are in {}. Give each to its person, then delete the file.", path.display())?)
}

fn tokens(wanted: &Known) -> Result<BTreeMap<String, String>, Failure> {
    wanted.people.iter().map(|person| Ok((person.id.clone(), new_token()?))).collect()
}

/// A line for each person: id, name, address and token, with tabs between.
fn lines(wanted: &Known, tokens: &BTreeMap<String, String>) -> String {
    let line = |person: &crate::roster::KnownPerson| {
        let token = tokens.get(&person.id).map_or("", String::as_str);
        format!("{}\t{}\t{}\t{token}\n", person.id, person.name, person.email)
    };
    wanted.people.iter().map(line).collect()
}

/// A token that nobody can guess.
pub(super) fn new_token() -> Result<String, Failure> {
    let mut bytes = [0_u8; TOKEN_BYTES];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::surroundings(format!("no random numbers to be had: {error}")))?;
    Ok(bytes.iter().fold("quorate_".to_owned(), |token, byte| format!("{token}{byte:02x}")))
}

/// Writes a new file that only its owner can read.
fn write_secret(path: &Path, text: &str) -> Result<(), Failure> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written =
        options.open(path).and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    written.map_err(|error| Failure::file(path, &error))
}
