//! `quorate workdays`: counts Working Days on the command line.

use std::io::Write;

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;

use crate::calendar::{
    BankHoliday, Calendar, CalendarError, Close, Deadline, Division, Edition, EditionName, Skipped, WorkingDays,
    date_words, explain_skipped, parse_date,
};

/// Count Working Days.
///
/// A count leaves out the day it starts from, whatever day that is, and never guesses about years whose bank
/// holidays it does not know.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  quorate workdays add 2019-02-14 10 --explain\n  quorate workdays list 2026 --division scotland"
)]
pub struct WorkdaysArgs {
    #[command(subcommand)]
    count: Count,
    /// Whose bank holidays are not Working Days; the unions take a bank holiday in any of their parts.
    #[arg(long, global = true, default_value = Division::EnglandAndWales.name(), value_parser = division_parser())]
    division: Division,
    /// Say how the answer was reached: each day passed over and why.
    #[arg(long, global = true)]
    explain: bool,
    /// How to write the answer.
    #[arg(long, global = true, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Count {
    /// The Nth Working Day after DATE.
    #[command(after_help = "Example:\n  quorate workdays add 2019-02-14 10\n  2019-02-28")]
    Add {
        /// The day to count from, as YYYY-MM-DD.
        #[arg(value_parser = parse_date)]
        date: NaiveDate,
        /// How many Working Days.
        n: WorkingDays,
    },
    /// The Nth Working Day before DATE.
    #[command(after_help = "Example:\n  quorate workdays subtract 2025-12-01 20\n  2025-11-03")]
    Subtract {
        /// The day to count back from, as YYYY-MM-DD.
        #[arg(value_parser = parse_date)]
        date: NaiveDate,
        /// How many Working Days.
        n: WorkingDays,
    },
    /// How many Working Days there are after START, up to and including END.
    #[command(after_help = "Example:\n  quorate workdays between 2020-02-17 2020-03-06\n  14")]
    Between {
        /// The day to count from, as YYYY-MM-DD.
        #[arg(value_parser = parse_date)]
        start: NaiveDate,
        /// The last day to count, as YYYY-MM-DD.
        #[arg(value_parser = parse_date)]
        end: NaiveDate,
    },
    /// The bank holidays of a year.
    #[command(
        after_help = "Example:\n  quorate workdays list 2026 --division scotland\n  2026-01-01 New Year’s Day\n  ..."
    )]
    List {
        /// The year.
        year: i32,
    },
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people and shell scripts.
    #[default]
    Text,
    /// One JSON object, always with how the answer was reached.
    Json,
}

/// Why no answer was written.
#[derive(Debug, thiserror::Error)]
pub enum WorkdaysError {
    /// The count has no answer.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// The answer could not be put into JSON.
    #[error("the answer could not be put into JSON: {0}")]
    Json(#[from] serde_json::Error),
}

#[derive(Serialize)]
struct DateAnswer {
    answer: NaiveDate,
    #[serde(flatten)]
    deadline: Deadline,
}

#[derive(Serialize)]
struct NumberAnswer {
    answer: u32,
    after: NaiveDate,
    until: NaiveDate,
    division: Division,
    edition: EditionName,
    skipped: Vec<Skipped>,
}

#[derive(Serialize)]
struct YearAnswer<'a> {
    year: i32,
    working_days: u32,
    division: Division,
    edition: &'a EditionName,
    bank_holidays: Vec<&'a BankHoliday>,
}

/// Writes the answer to one `quorate workdays` command.
///
/// # Errors
///
/// [`WorkdaysError`]; nothing is written if the count has no answer.
pub fn run(args: &WorkdaysArgs, edition: &Edition, out: &mut impl Write) -> Result<(), WorkdaysError> {
    let calendar = edition.calendar(args.division);
    match &args.count {
        Count::Add { date, n } => {
            let deadline = Deadline::counted(&calendar, GIVEN, *date, *n, &[], Close::EndOfDay, None)?;
            write_date(args, deadline, out)
        }
        Count::Subtract { date, n } => {
            let deadline = Deadline::counted_back(&calendar, GIVEN, *date, *n, Close::EndOfDay, None)?;
            write_date(args, deadline, out)
        }
        Count::Between { start, end } => write_number(args, &number_answer(&calendar, *start, *end)?, out),
        Count::List { year } => write_year(args, &year_answer(&calendar, *year)?, out),
    }
}

/// What started a count that was only asked for.
const GIVEN: &str = "the date given";

fn number_answer(calendar: &Calendar, start: NaiveDate, end: NaiveDate) -> Result<NumberAnswer, CalendarError> {
    Ok(NumberAnswer {
        answer: calendar.between(start, end)?,
        after: start,
        until: end,
        division: calendar.division(),
        edition: calendar.edition().clone(),
        skipped: calendar.skipped(start, end)?,
    })
}

fn year_answer(calendar: &Calendar, year: i32) -> Result<YearAnswer<'_>, CalendarError> {
    Ok(YearAnswer {
        year,
        working_days: calendar.working_days_in_year(year)?,
        division: calendar.division(),
        edition: calendar.edition(),
        bank_holidays: calendar.holidays_in(year)?,
    })
}

fn write_date(args: &WorkdaysArgs, deadline: Deadline, out: &mut impl Write) -> Result<(), WorkdaysError> {
    let answer = deadline.on;
    if args.format == Format::Json {
        return write_json(&DateAnswer { answer, deadline }, out);
    }
    writeln!(out, "{answer}")?;
    if args.explain {
        writeln!(out, "{}", deadline.explain())?;
    }
    Ok(())
}

fn write_number(args: &WorkdaysArgs, number: &NumberAnswer, out: &mut impl Write) -> Result<(), WorkdaysError> {
    if args.format == Format::Json {
        return write_json(number, out);
    }
    writeln!(out, "{}", number.answer)?;
    if args.explain {
        let (after, until) = (date_words(number.after), date_words(number.until));
        writeln!(out, "Working Days after {after}, up to and including {until}: {}.", number.answer)?;
        if let Some(skipped) = explain_skipped(&number.skipped) {
            writeln!(out, "{skipped}")?;
        }
        write_calendar(number.division, &number.edition, out)?;
    }
    Ok(())
}

fn write_year(args: &WorkdaysArgs, year: &YearAnswer<'_>, out: &mut impl Write) -> Result<(), WorkdaysError> {
    if args.format == Format::Json {
        return write_json(year, out);
    }
    for holiday in &year.bank_holidays {
        writeln!(out, "{} {}", holiday.date, holiday.title)?;
    }
    if args.explain {
        writeln!(out, "Working Days in {}: {}.", year.year, year.working_days)?;
        write_calendar(year.division, year.edition, out)?;
    }
    Ok(())
}

fn write_calendar(division: Division, edition: &EditionName, out: &mut impl Write) -> Result<(), WorkdaysError> {
    let title = division.title();
    writeln!(out, "The bank holidays are those of {title}, edition {edition}.")?;
    Ok(())
}

fn write_json(answer: &impl Serialize, out: &mut impl Write) -> Result<(), WorkdaysError> {
    serde_json::to_writer_pretty(&mut *out, answer)?;
    writeln!(out)?;
    Ok(())
}

pub(super) fn division_parser() -> impl TypedValueParser<Value = Division> {
    PossibleValuesParser::new(Division::ALL.map(Division::name)).try_map(|name| name.parse::<Division>())
}
