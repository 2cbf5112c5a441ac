//! `quorate workflow`: definitions checked, timed, drawn, compared, and running cases moved between versions.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};

use super::database::{DatabaseArgs, operator};
use super::workdays::division_parser;
use super::{Failure, Format, block_on, read_text, write_json};
use crate::calendar::{Division, Edition, date_words, parse_date};
use crate::clock::Clock;
use crate::service::{self, App, Call, Settings};
use crate::workflow::check::{check_report, transitions};
use crate::workflow::migrate::Mapping;
use crate::workflow::{Definition, diagram, diff, load, timeline};
use crate::yaml;

/// Check, time, draw and compare the definitions of processes.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  quorate workflow check\n  quorate workflow timeline --from 2025-11-03\n  quorate workflow diagram --as svg --out lifecycle.svg\n  quorate workflow diff workflows/ssi-change-governance.yaml draft.yaml"
)]
pub(crate) struct WorkflowArgs {
    #[command(subcommand)]
    what: What,
    /// How to write the answer.
    #[arg(long, value_enum, global = true, default_value_t)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Read definitions and prove them sound; every problem with its place and how to mend it.
    #[command(after_help = "Examples:\n  quorate workflow check\n  quorate workflow check draft.yaml")]
    Check {
        /// The files; the definitions that come with the program where none is named.
        files: Vec<PathBuf>,
    },
    /// Say how long the process takes, stage by stage.
    #[command(
        after_help = "Examples:\n  quorate workflow timeline\n  quorate workflow timeline draft.yaml --from 2025-11-03"
    )]
    Timeline {
        /// The file; the lifecycle of a SIP where none is named.
        file: Option<PathBuf>,
        /// Lay the usual path on dates from this day on.
        #[arg(long, value_parser = parse_date)]
        from: Option<NaiveDate>,
        /// Whose bank holidays count for the dates.
        #[arg(long, default_value = Division::EnglandAndWales.name(), value_parser = division_parser())]
        division: Division,
    },
    /// Draw the process.
    #[command(
        after_help = "Examples:\n  quorate workflow diagram --out lifecycle.svg\n  quorate workflow diagram draft.yaml --as bpmn --out draft.bpmn"
    )]
    Diagram {
        /// The file; the lifecycle of a SIP where none is named.
        file: Option<PathBuf>,
        /// What to draw it as.
        #[arg(long = "as", value_enum, default_value = "svg")]
        kind: Kind,
        /// Where to write it; standard output where absent.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Say in words how one definition differs from another.
    #[command(after_help = "Example:\n  quorate workflow diff workflows/ssi-change-governance.yaml draft.yaml")]
    Diff {
        /// The old definition.
        old: PathBuf,
        /// The new definition.
        new: PathBuf,
    },
    /// Store a new version of a process, so that Parties can be consulted on it; it is not in force.
    #[command(after_help = "Example:\n  quorate workflow import draft.yaml")]
    Import {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        database: DatabaseArgs,
    },
    /// Move running cases to another version that the Panel has approved.
    #[command(after_help = "Example:\n  quorate workflow migrate --mapping mapping.yaml --dry-run")]
    Migrate {
        /// The process.
        #[arg(long, default_value = "ssi-change-governance")]
        process: String,
        /// Where each state goes: a YAML file with `from`, `to`, and `states` and `clocks` that change their names.
        #[arg(long)]
        mapping: PathBuf,
        /// Only say what would happen.
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        database: DatabaseArgs,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A picture.
    Svg,
    /// Text for Mermaid.
    Mermaid,
    /// BPMN 2.0 with layout, for bpmn.io and other modellers.
    Bpmn,
}

pub(crate) fn run(args: WorkflowArgs, out: &mut impl Write) -> Result<(), Failure> {
    match args.what {
        What::Check { files } => check(&files, args.format, out),
        What::Timeline { file, from, division } => show_timeline(file.as_deref(), from, division, args.format, out),
        What::Diagram { file, kind, out: target } => draw(file.as_deref(), kind, target.as_deref(), out),
        What::Diff { old, new } => show_diff(&old, &new, args.format, out),
        What::Import { file, database } => block_on(import(&file, &database, args.format, out)),
        What::Migrate { process, mapping, dry_run, database } => {
            block_on(migrate(&process, &mapping, dry_run.then_some(DryRun), &database, (args.format, out)))
        }
    }
}

struct DryRun;

/// The definition of a file, or the lifecycle of a SIP.
fn definition(file: Option<&Path>) -> Result<Definition, Failure> {
    if let Some(file) = file {
        return Ok(load::load(&file.display().to_string(), &read_text(file)?)?);
    }
    let first = load::built_in().map_err(Clone::clone)?.first().cloned();
    first.ok_or_else(|| Failure::surroundings("this program has no definitions"))
}

fn check(files: &[PathBuf], format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let mut texts = Vec::new();
    for file in files {
        texts.push((file.display().to_string(), read_text(file)?));
    }
    if files.is_empty() {
        texts = load::BUILT_IN.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
    }
    let (mut sound, mut faulty) = (Vec::new(), Vec::new());
    for (file, text) in &texts {
        match load::load(file, text) {
            Ok(definition) => sound.push((file, definition)),
            Err(problems) => faulty.push((problems, text)),
        }
    }
    if format == Format::Json {
        let problems: Vec<_> = faulty.iter().map(|(problems, _)| problems).collect();
        write_json(
            out,
            &serde_json::json!({ "sound": sound.iter().map(|(file, _)| file).collect::<Vec<_>>(), "problems": problems }),
        )?;
    } else {
        for (file, definition) in &sound {
            say_sound(file, definition, out)?;
        }
        for (problems, text) in &faulty {
            writeln!(out, "{}", yaml::render(problems.as_slice(), text))?;
        }
    }
    match faulty.iter().map(|(problems, _)| problems.len()).sum::<usize>() {
        0 => Ok(()),
        1 => Err(Failure::no("1 problem")),
        many => Err(Failure::no(format!("{many} problems"))),
    }
}

fn say_sound(file: &str, definition: &Definition, out: &mut impl Write) -> Result<(), Failure> {
    let explored =
        check_report(definition).proof.map_or((0, 0), |proof| (proof.states_explored, proof.transitions_explored));
    writeln!(out, "{file}: sound. {} version {}", definition.title, definition.version)?;
    writeln!(
        out,
        "  {} states, {} transitions, {} clocks, {} assertions proved over {} situations and {} steps.",
        definition.states.len(),
        transitions(definition).len(),
        definition.clocks.len(),
        definition.assertions.len(),
        explored.0,
        explored.1,
    )?;
    Ok(())
}

fn show_timeline(
    file: Option<&Path>,
    from: Option<NaiveDate>,
    division: Division,
    format: Format,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let timeline = timeline::timeline(&definition(file)?);
    let calendar = Edition::built_in().calendar(division);
    let add = |date, days| calendar.add(date, days);
    let dated = from.map(|from| timeline::dates(&timeline, from, &add)).transpose();
    let dated = dated.map_err(|error| Failure::no(error.to_string()))?;
    if format == Format::Json {
        return write_json(out, &serde_json::json!({ "timeline": timeline, "dates": dated }));
    }
    write!(out, "{timeline}")?;
    for leg in dated.iter().flatten() {
        writeln!(out, "  {:<27} {}", date_words(leg.due), leg.title)?;
    }
    Ok(())
}

fn draw(file: Option<&Path>, kind: Kind, target: Option<&Path>, out: &mut impl Write) -> Result<(), Failure> {
    let definition = definition(file)?;
    let drawing = match kind {
        Kind::Svg => diagram::svg(&definition, diagram::Highlight::default()),
        Kind::Mermaid => diagram::mermaid(&definition),
        Kind::Bpmn => diagram::bpmn(&definition),
    };
    match target {
        None => Ok(writeln!(out, "{drawing}")?),
        Some(path) => {
            #[expect(clippy::disallowed_methods, reason = "the commands write the files that people name")]
            fs::write(path, drawing).map_err(|error| Failure::file(path, &error))?;
            Ok(writeln!(out, "{}", path.display())?)
        }
    }
}

fn show_diff(old: &Path, new: &Path, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let differences = diff::diff(&definition(Some(old))?, &definition(Some(new))?);
    if format == Format::Json {
        return write_json(out, &differences);
    }
    if differences.is_empty() {
        return Ok(writeln!(out, "they do not differ")?);
    }
    Ok(write!(out, "{}", diff::text(&differences))?)
}

async fn import(file: &Path, database: &DatabaseArgs, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let text = read_text(file)?;
    let definition = load::load(&file.display().to_string(), &text)?;
    let now = Clock::real().now();
    let app = App::open(&database.database, Settings::default(), now).await?;
    service::import_definition(&app, &Call::new(&operator(), now), &file.display().to_string(), &text).await?;
    let (process, version) = (&definition.process, &definition.version);
    if format == Format::Json {
        return write_json(out, &serde_json::json!({ "process": process, "version": version }));
    }
    Ok(writeln!(out, "{process} version {version}: stored. It is not in force; that takes the Panel's approval.")?)
}

async fn migrate(
    process: &str,
    mapping: &Path,
    dry_run: Option<DryRun>,
    database: &DatabaseArgs,
    (format, out): (Format, &mut impl Write),
) -> Result<(), Failure> {
    let mapping = Mapping::load(&mapping.display().to_string(), &read_text(mapping)?)?;
    let now = Clock::real().now();
    let app = App::open(&database.database, Settings::default(), now).await?;
    let plan = if dry_run.is_some() {
        service::plan_migration(&app, process, &mapping).await?
    } else {
        service::migrate_cases(&app, &Call::new(&operator(), now), process, &mapping).await?
    };
    if format == Format::Json {
        return write_json(out, &plan);
    }
    for planned in &plan.moves {
        writeln!(out, "{planned}")?;
    }
    let done = if dry_run.is_some() { "would move" } else { "moved" };
    Ok(writeln!(out, "{} cases {done} from version {} to {}.", plan.moves.len(), plan.from, plan.to)?)
}
