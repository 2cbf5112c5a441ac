//! `quorate redline`: two versions of a document in, one out that shows what changed.

mod read;
mod write;

use std::io::Write;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Failure, Format, write_json};
use crate::clock::Clock;
use crate::redline::docx::{Existing, Options, Redline, Summary, Tally, redline};
use crate::redline::identity::Identity;
use write::Output;

/// Compare two versions of a document, and write one that shows what changed.
///
/// A Word file is compared as it is: the result is NEW with tracked changes, and accepting all of them gives NEW,
/// rejecting all of them OLD. Markdown (.md) and a baseline (.yaml) are set as documents first.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  quorate redline brd-1.0.9.docx brd-1.1.0.docx -o redline.docx\n  quorate redline old.md new.md -o redline.html --author SIP-0012\n  quorate redline brd-1.0.9.yaml brd-1.1.0.yaml -o redline.pdf --by SSI-FR-6=SIP-0012\n  quorate redline old.docx new.docx --check\n\nExit codes: 0 done, whether or not anything changed; with --check 1 if anything did."
)]
pub(crate) struct RedlineArgs {
    /// The older version: .docx, .docm, .md or .yaml.
    old: PathBuf,
    /// The newer version; it need not be of the same kind.
    new: PathBuf,
    /// Where to write the redline: .docx, .html, .pdf, .md, .txt or .json. Without it only the counts are told.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Who made the changes.
    #[arg(long, value_name = "NAME", default_value = "Quorate", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    author: String,
    /// Who made the changes of one requirement, as `SSI-FR-6=SIP-0012`; may be given again and again.
    #[arg(long, value_name = "ID=NAME", value_parser = parse_by)]
    by: Vec<(Identity, String)>,
    /// When the changes were made, as YYYY-MM-DD or as 2026-02-06T17:00:00Z; now unless it is given.
    #[arg(long, value_name = "WHEN", value_parser = parse_instant)]
    date: Option<DateTime<Utc>>,
    /// What to do with tracked changes that are in a Word file already.
    #[arg(long, value_enum, default_value_t)]
    existing: ExistingArg,
    /// End with exit code 1 if anything changed.
    #[arg(long)]
    check: bool,
    /// How to tell the counts.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What to do with tracked changes that are there already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum ExistingArg {
    /// Compare as if all of them were accepted.
    #[default]
    Accept,
    /// Compare as if all of them were rejected.
    Reject,
    /// Refuse a file that has any.
    Refuse,
}

/// What was done, as JSON.
#[derive(Serialize)]
struct Told<'a> {
    old: &'a PathBuf,
    new: &'a PathBuf,
    out: Option<&'a PathBuf>,
    changed: bool,
    #[serde(flatten)]
    counts: Tally,
}

/// Runs the command.
pub(crate) fn run(args: &RedlineArgs, out: &mut impl Write) -> Result<(), Failure> {
    let output = args.out.as_deref().map(|path| Output::of(path, [&args.old, &args.new])).transpose()?;
    let made = make(args)?;
    if let Some(output) = &output {
        output.write(&made, args)?;
    }
    tell(args, &made.summary, out)?;
    if args.check && !made.summary.is_empty() {
        return Err(Failure::no("the two documents differ"));
    }
    Ok(())
}

fn make(args: &RedlineArgs) -> Result<Redline, Failure> {
    let options = Options {
        author: args.author.clone(),
        date: args.date.unwrap_or_else(|| Clock::real().now()),
        existing: match args.existing {
            ExistingArg::Accept => Existing::Accept,
            ExistingArg::Reject => Existing::Reject,
            ExistingArg::Refuse => Existing::Refuse,
        },
        attribution: args.by.clone(),
    };
    let (old, new) = (read::as_docx(&args.old)?, read::as_docx(&args.new)?);
    redline(&old, &new, &options).map_err(|error| Failure::no(error.to_string()))
}

fn tell(args: &RedlineArgs, summary: &Summary, out: &mut impl Write) -> Result<(), Failure> {
    let counts = summary.all;
    if args.format == Format::Json {
        let (old, new, out_file) = (&args.old, &args.new, args.out.as_ref());
        return write_json(out, &Told { old, new, out: out_file, changed: !summary.is_empty(), counts });
    }
    if summary.is_empty() {
        writeln!(out, "The two documents say and look the same.")?;
    } else {
        writeln!(out, "{}", in_words(counts))?;
    }
    match &args.out {
        Some(path) => Ok(writeln!(out, "Written: {}", path.display())?),
        None => Ok(()),
    }
}

/// The counts in a sentence, without those that are nought.
fn in_words(counts: Tally) -> String {
    let told = [
        (counts.words_inserted, "word inserted", "words inserted"),
        (counts.words_deleted, "word deleted", "words deleted"),
        (counts.moves, "move", "moves"),
        (counts.rows_inserted, "row inserted", "rows inserted"),
        (counts.rows_deleted, "row deleted", "rows deleted"),
        (counts.formatting, "change of formatting", "changes of formatting"),
    ];
    let told: Vec<String> = told
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, more)| format!("{count} {}", if *count == 1 { one } else { more }))
        .collect();
    if told.is_empty() {
        format!("{} insertions, {} deletions.", counts.insertions, counts.deletions)
    } else {
        format!("{}.", told.join(", "))
    }
}

fn parse_by(text: &str) -> Result<(Identity, String), String> {
    let (id, name) = text.split_once('=').ok_or("give it as ID=NAME, such as SSI-FR-6=SIP-0012")?;
    let identity = Identity::parse(id)
        .ok_or_else(|| format!("`{id}` is no id: it begins with two capitals and holds a digit, as SSI-FR-6 does"))?;
    let name = name.trim();
    if name.is_empty() {
        Err("say after the `=` who made the changes".to_owned())
    } else {
        Ok((identity, name.to_owned()))
    }
}

fn parse_instant(text: &str) -> Result<DateTime<Utc>, String> {
    let instant = DateTime::parse_from_rfc3339(text).map(|at| at.to_utc()).ok();
    let day = || text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0).map(|at| at.and_utc());
    instant.or_else(day).ok_or_else(|| "give a date as 2026-02-06, or a moment as 2026-02-06T17:00:00Z".to_owned())
}
