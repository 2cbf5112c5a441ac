//! `quorate brd`: the Baseline Requirements Document read from a document, checked, and written as one.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::brd_changes::{self, ApplyArgs, BlameArgs, DiffArgs};
use super::{Failure, Format, block_on, read_bytes, read_text, write_file, write_json};
use crate::brd::{self, Brd, Finding, Severity};
use crate::document::{self, Look, Properties, read_markdown_document};

/// Read, check and write the Baseline Requirements Document.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  quorate brd import baseline.docx -o baseline.yaml\n  quorate brd lint baseline.yaml\n  quorate brd render baseline.yaml -o baseline.docx"
)]
pub(crate) struct BrdArgs {
    #[command(subcommand)]
    what: What,
    /// How to write the answer.
    #[arg(long, value_enum, global = true, default_value_t)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Read a baseline from a document and write it as YAML; what is not understood is said with its place.
    #[command(after_help = "Example:\n  quorate brd import baseline.docx -o baseline.yaml")]
    Import {
        /// The document: .docx, with tracked changes accepted, or .md.
        file: PathBuf,
        /// The YAML file to write.
        #[arg(short, long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Say what is wrong with a baseline; exit code 1 where something leads nowhere.
    #[command(
        after_help = "Examples:\n  quorate brd lint baseline.yaml\n  quorate brd lint baseline.docx --format json"
    )]
    Lint {
        /// The baseline: .yaml, .docx or .md.
        file: PathBuf,
    },
    /// Write a baseline as the live document.
    #[command(
        after_help = "Examples:\n  quorate brd render baseline.yaml -o baseline.docx\n  quorate brd render baseline.yaml -o baseline.html"
    )]
    Render {
        /// The baseline: .yaml, .docx or .md.
        file: PathBuf,
        /// The file to write: .docx, .html, .pdf, .md, .txt or .yaml.
        #[arg(short, long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Apply change sets to a baseline; what they contradict each other in is shown with every text, and exit code 1.
    #[command(
        after_help = "Examples:\n  quorate brd apply baseline.yaml sip-0001.yaml -o next.yaml\n  quorate brd apply baseline.yaml sip-0001.yaml sip-0002.yaml -o next.yaml"
    )]
    Apply(ApplyArgs),
    /// Say item by item what differs between two baselines.
    #[command(after_help = "Example:\n  quorate brd diff baseline.yaml next.yaml")]
    Diff(DiffArgs),
    /// Say of an item since when, by which SIP and under which determinations it is as it is.
    #[command(after_help = "Example:\n  quorate brd blame SSI-FR-13 --database sqlite:quorate.db")]
    Blame(BlameArgs),
}

pub(crate) fn run(args: BrdArgs, out: &mut impl Write) -> Result<(), Failure> {
    match args.what {
        What::Import { file, out: target } => import(&file, &target, args.format, out),
        What::Lint { file } => lint(&file, args.format, out),
        What::Render { file, out: target } => render(&file, &target, args.format, out),
        What::Apply(apply) => brd_changes::apply(&apply, args.format, out),
        What::Diff(diff) => brd_changes::diff(&diff, args.format, out),
        What::Blame(blame) => block_on(brd_changes::blame(&blame, args.format, out)),
    }
}

/// A baseline from a file of any kind, and what was not understood of it.
pub(super) fn read(file: &Path) -> Result<(Brd, Vec<Finding>), Failure> {
    let imported = match extension(file).as_str() {
        "yaml" | "yml" => return Ok((brd::from_yaml(&file.display().to_string(), &read_text(file)?)?, Vec::new())),
        "docx" | "docm" => {
            let read = brd::import_docx(&read_bytes(file)?);
            read.map_err(|error| Failure::no(format!("{}: {error}", file.display())))?
        }
        "md" => brd::import(&read_markdown_document(&read_text(file)?, unfiled())),
        _ => return Err(Failure::misuse(format!("{}: name a .yaml, .docx or .md file", file.display()))),
    };
    Ok((imported.brd, imported.findings))
}

fn extension(file: &Path) -> String {
    file.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// What a Markdown file is filed under: nothing.
fn unfiled() -> Properties {
    let (reference, classification, author) = (String::new(), String::new(), String::new());
    Properties { reference, classification, date: chrono::NaiveDate::default(), author }
}

fn import(file: &Path, target: &Path, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let (brd, findings) = read(file)?;
    refuse_itself(file, target)?;
    write_file(target, brd::to_yaml(&brd).as_bytes())?;
    if format == Format::Json {
        return write_json(out, &findings);
    }
    writeln!(out, "{}: {}", target.display(), summary(&brd))?;
    write_findings(&findings, out)
}

/// How many items of each kind there are.
fn summary(brd: &Brd) -> String {
    format!(
        "{}: {} domains, {} process maps, {} components, {} functional and {} non-functional requirements",
        brd.version,
        brd.domains.len(),
        brd.process_maps.len(),
        brd.components.len(),
        brd.requirements.len(),
        brd.non_functional.len(),
    )
}

fn write_findings(findings: &[Finding], out: &mut impl Write) -> Result<(), Failure> {
    for finding in findings {
        writeln!(out, "{finding}")?;
    }
    Ok(())
}

fn lint(file: &Path, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let (brd, mut findings) = read(file)?;
    findings.extend(brd::lint(&brd));
    if format == Format::Json {
        write_json(out, &findings)?;
    } else {
        write_findings(&findings, out)?;
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, remarks) = (count(Severity::Error), count(Severity::Warning), count(Severity::Remark));
    let counted = format!("{errors} errors, {warnings} warnings, {remarks} remarks");
    if errors > 0 {
        return Err(Failure::no(counted));
    }
    if format == Format::Text {
        writeln!(out, "{counted}")?;
    }
    Ok(())
}

fn render(file: &Path, target: &Path, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let (brd, findings) = read(file)?;
    refuse_itself(file, target)?;
    let document = brd::render(&brd);
    let refused = |error: document::WriteError| Failure::no(error.to_string());
    let bytes = match extension(target).as_str() {
        "docx" => document::to_docx(&document).map_err(refused)?,
        "pdf" => document::to_pdf(&document).map_err(refused)?,
        "html" | "htm" => brd::to_html(&brd, Look::Embedded).into_bytes(),
        "txt" => document::to_text(&document).into_bytes(),
        "md" => document::to_markdown(&document).into_bytes(),
        "yaml" | "yml" => brd::to_yaml(&brd).into_bytes(),
        _ => {
            let what = format!("{}: name a .docx, .html, .pdf, .md, .txt or .yaml file", target.display());
            return Err(Failure::misuse(what));
        }
    };
    write_file(target, &bytes)?;
    if format == Format::Json {
        return write_json(out, &findings);
    }
    writeln!(out, "{}", target.display())?;
    write_findings(&findings, out)
}

/// A file is never written over the one it was made from.
pub(super) fn refuse_itself(file: &Path, target: &Path) -> Result<(), Failure> {
    let same = file == target || file.canonicalize().ok().is_some_and(|file| target.canonicalize().ok() == Some(file));
    if same {
        return Err(Failure::misuse(format!("{}: name another file to write", target.display())));
    }
    Ok(())
}
