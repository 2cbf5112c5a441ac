//! `quorate people` and `quorate parties`: lists of people and organisations, taken over and written.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::database::{DatabaseArgs, operator};
use super::setup::new_token;
use super::{Failure, Format, read_bytes, write_file, write_json};
use crate::clock::Clock;
use crate::roster::{Absent, Difference, KnownParty, KnownPerson, PartiesPlan, PeoplePlan};
use crate::service::{self, App, Call, PaperFile, Settings, SheetFormat};

/// Take over a list of people and contacts, write it, remove people and give them tokens.
///
/// A list is a spreadsheet saved as .csv or .xlsx whose first row names the columns, such as Party, Name, E-mail, Offices
/// and Contact. It is taken over whole or not at all; everything that is wrong is said row by row.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  quorate people import people.csv --preview\n  quorate people import people.csv\n  quorate people export -o people.xlsx"
)]
pub(crate) struct PeopleArgs {
    #[command(subcommand)]
    what: People,
    #[command(flatten)]
    database: DatabaseArgs,
    /// How to write the answer.
    #[arg(long, value_enum, global = true, default_value_t)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum People {
    /// Take over a list of people and contacts.
    #[command(
        after_help = "Examples:\n  quorate people import people.csv --preview\n  quorate people import people.xlsx --remove-absent"
    )]
    Import(ImportArgs),
    /// Write the list; taking it over again changes nothing.
    #[command(after_help = "Examples:\n  quorate people export > people.csv\n  quorate people export -o people.xlsx")]
    Export(ExportArgs),
    /// Remove a person who has left: their token signs nobody in any more, and their id stays in the record.
    #[command(after_help = "Example:\n  quorate people remove northwind-2")]
    Remove {
        /// The person's id.
        id: String,
    },
    /// Give a person a new token, shown this once; the one they had signs nobody in any more.
    #[command(after_help = "Example:\n  quorate people token northwind-2")]
    Token {
        /// The person's id.
        id: String,
    },
}

/// Take over a list of organisations, write it, and remove organisations.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  quorate parties import parties.csv --preview\n  quorate parties export -o parties.xlsx"
)]
pub(crate) struct PartiesArgs {
    #[command(subcommand)]
    what: Parties,
    #[command(flatten)]
    database: DatabaseArgs,
    /// How to write the answer.
    #[arg(long, value_enum, global = true, default_value_t)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Parties {
    /// Take over a list of organisations: Id, Name and Category.
    #[command(after_help = "Example:\n  quorate parties import parties.csv --preview")]
    Import(ImportArgs),
    /// Write the list; taking it over again changes nothing.
    #[command(after_help = "Example:\n  quorate parties export > parties.csv")]
    Export(ExportArgs),
    /// Remove an organisation for which nobody acts.
    #[command(after_help = "Example:\n  quorate parties remove northwind")]
    Remove {
        /// The organisation's id.
        id: String,
    },
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// The list: .csv or .xlsx.
    file: PathBuf,
    /// Only say what would change.
    #[arg(long)]
    preview: bool,
    /// Remove what the list leaves out: the people of the organisations it names, or organisations without people.
    #[arg(long)]
    remove_absent: bool,
}

#[derive(Debug, Args)]
struct ExportArgs {
    /// The file to write, .csv or .xlsx; without it the list is written as CSV to standard output.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl ImportArgs {
    fn absent(&self) -> Absent {
        if self.remove_absent { Absent::Remove } else { Absent::Keep }
    }
}

pub(crate) async fn run_people(args: PeopleArgs, out: &mut impl Write) -> Result<(), Failure> {
    let now = Clock::real().now();
    let app = App::open(&args.database.database, Settings::default(), now).await?;
    let operator = operator();
    let call = Call::new(&operator, now);
    match args.what {
        People::Import(import) => {
            let (file, absent) = (read_bytes(&import.file)?, import.absent());
            let plan = service::preview_people(&app, &call, &file, absent).await;
            let plan = plan.map_err(|error| of_file(&import.file, error))?;
            if !import.preview {
                service::import_people(&app, &call, &file, absent)
                    .await
                    .map_err(|error| of_file(&import.file, error))?;
            }
            show_people(&plan, &import, args.format, out)
        }
        People::Export(export) => {
            write_list(&service::export_people(&app, &call, sheet(&export)?).await?, &export, out)
        }
        People::Remove { id } => {
            service::remove_person(&app, &call, &id).await?;
            Ok(writeln!(out, "{id}: removed")?)
        }
        People::Token { id } => {
            let token = new_token()?;
            service::issue_token(&app, &call, &id, &token).await?;
            Ok(writeln!(out, "{token}")?)
        }
    }
}

pub(crate) async fn run_parties(args: PartiesArgs, out: &mut impl Write) -> Result<(), Failure> {
    let now = Clock::real().now();
    let app = App::open(&args.database.database, Settings::default(), now).await?;
    let operator = operator();
    let call = Call::new(&operator, now);
    match args.what {
        Parties::Import(import) => {
            let (file, absent) = (read_bytes(&import.file)?, import.absent());
            let plan = service::preview_parties(&app, &call, &file, absent).await;
            let plan = plan.map_err(|error| of_file(&import.file, error))?;
            if !import.preview {
                service::import_parties(&app, &call, &file, absent)
                    .await
                    .map_err(|error| of_file(&import.file, error))?;
            }
            show_parties(&plan, &import, args.format, out)
        }
        Parties::Export(export) => {
            write_list(&service::export_parties(&app, &call, sheet(&export)?).await?, &export, out)
        }
        Parties::Remove { id } => {
            service::remove_party(&app, &call, &id).await?;
            Ok(writeln!(out, "{id}: removed")?)
        }
    }
}

/// A refusal that begins with the name of the file; what the surroundings did is told as it is.
fn of_file(file: &Path, error: service::ServiceError) -> Failure {
    if error.is_of_the_surroundings() {
        return error.into();
    }
    Failure::no(format!("{}: {error}", file.display()))
}

fn sheet(export: &ExportArgs) -> Result<SheetFormat, Failure> {
    let Some(file) = &export.out else { return Ok(SheetFormat::Csv) };
    match file.extension().and_then(|extension| extension.to_str()).map(str::to_lowercase).as_deref() {
        Some("csv") => Ok(SheetFormat::Csv),
        Some("xlsx") => Ok(SheetFormat::Xlsx),
        _ => Err(Failure::misuse(format!("{}: name a .csv or .xlsx file", file.display()))),
    }
}

fn write_list(list: &PaperFile, export: &ExportArgs, out: &mut impl Write) -> Result<(), Failure> {
    match &export.out {
        Some(path) => {
            write_file(path, &list.bytes)?;
            Ok(writeln!(out, "{}", path.display())?)
        }
        None => Ok(out.write_all(&list.bytes)?),
    }
}

fn show_people(plan: &PeoplePlan, import: &ImportArgs, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    if format == Format::Json {
        return write_json(out, plan);
    }
    let line = |person: &KnownPerson| format!("{} {} <{}>", person.id, person.name, person.email);
    let changed: Vec<_> =
        plan.changed.iter().map(|change| format!("{} {}", change.person.id, told(&change.differences))).collect();
    let sections = [
        ("added", plan.added.iter().map(line).collect()),
        ("changed", changed),
        ("removed", plan.removed.iter().map(line).collect()),
        ("not in the list, and kept", plan.kept.iter().map(line).collect()),
    ];
    show(&sections, plan.unchanged, &plan.notes, import, out)
}

fn show_parties(plan: &PartiesPlan, import: &ImportArgs, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    if format == Format::Json {
        return write_json(out, plan);
    }
    let line = |party: &KnownParty| format!("{} {}", party.id, party.name);
    let changed: Vec<_> =
        plan.changed.iter().map(|change| format!("{} {}", change.party.id, told(&change.differences))).collect();
    let sections = [
        ("added", plan.added.iter().map(line).collect()),
        ("changed", changed),
        ("removed", plan.removed.iter().map(line).collect()),
        ("not in the list, and kept", plan.kept.iter().map(line).collect()),
    ];
    show(&sections, plan.unchanged, &plan.notes, import, out)
}

fn show(
    sections: &[(&str, Vec<String>)],
    unchanged: usize,
    notes: &[String],
    import: &ImportArgs,
    out: &mut impl Write,
) -> Result<(), Failure> {
    for (word, lines) in sections {
        for line in lines {
            writeln!(out, "{word}: {line}")?;
        }
    }
    for note in notes {
        writeln!(out, "note: {note}")?;
    }
    let counts: Vec<_> = sections.iter().map(|(word, lines)| format!("{} {word}", lines.len())).collect();
    writeln!(out, "{}, {unchanged} unchanged.", counts.join(", "))?;
    if import.preview {
        writeln!(out, "Nothing was saved; leave out --preview to take the list over.")?;
    }
    Ok(())
}

/// What changes, in words.
fn told(differences: &[Difference]) -> String {
    let told = differences.iter().map(|one| format!("{}: {:?} becomes {:?}", one.field, one.before, one.after));
    told.collect::<Vec<_>>().join("; ")
}
