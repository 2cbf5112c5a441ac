//! Reading and writing GOV.UK's `bank-holidays.json`, with everything wrong in it found at once.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::date::parse_date;
use super::edition_error::{EditionError, EditionProblem, FEWEST_A_YEAR, LONGEST_TITLE, YEARS};
use super::holiday::BankHoliday;
use super::{Division, EditionName};

/// The largest text read, in bytes: some fifteen times the data of 2012 to 2030.
const MOST_BYTES: usize = 1 << 20;
/// The sound content of an edition.
pub(super) struct Publication {
    /// The years covered for every division.
    pub(super) years: RangeInclusive<i32>,
    holidays: BTreeMap<Division, Vec<BankHoliday>>,
}

impl Publication {
    /// The bank holidays published for one of the three parts, in order.
    pub(super) fn holidays(&self, part: Division) -> &[BankHoliday] {
        self.holidays.get(&part).map_or(&[], Vec::as_slice)
    }
}

/// The parts, each with a list of its own in the publication, that make up a division.
pub(super) fn parts(division: Division) -> &'static [Division] {
    use Division::{EnglandAndWales, GreatBritain, NorthernIreland, Scotland, Union};
    match division {
        EnglandAndWales => &[EnglandAndWales],
        Scotland => &[Scotland],
        NorthernIreland => &[NorthernIreland],
        GreatBritain => &[EnglandAndWales, Scotland],
        Union => &[EnglandAndWales, Scotland, NorthernIreland],
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawEdition {
    england_and_wales: RawDivision,
    scotland: RawDivision,
    northern_ireland: RawDivision,
}

#[derive(Serialize, Deserialize)]
struct RawDivision {
    division: String,
    events: Vec<RawEvent>,
}

#[derive(Serialize, Deserialize)]
struct RawEvent {
    title: String,
    date: String,
    #[serde(default)]
    notes: String,
    #[serde(default)]
    bunting: bool,
}

/// Reads a publication.
///
/// # Errors
///
/// [`EditionError`]; faults of form stop at the first, faults of content are all reported.
pub(super) fn read(edition: &EditionName, json: &str) -> Result<Publication, EditionError> {
    if json.len() > MOST_BYTES {
        return Err(EditionError::TooLarge { edition: edition.clone(), bytes: json.len(), most: MOST_BYTES });
    }
    let raw = read_form(json).map_err(|(place, reason)| EditionError::NotTheFormat {
        edition: edition.clone(),
        place,
        reason: reason.to_string(),
    })?;
    let mut problems = Vec::new();
    let holidays: BTreeMap<_, _> = [
        (Division::EnglandAndWales, raw.england_and_wales),
        (Division::Scotland, raw.scotland),
        (Division::NorthernIreland, raw.northern_ireland),
    ]
    .into_iter()
    .map(|(division, raw)| (division, read_division(division, raw, &mut problems)))
    .collect();
    let years = shared_years(&holidays);
    if years.is_empty() && problems.is_empty() {
        problems.push(EditionProblem::NoSharedYear);
    }
    if problems.is_empty() {
        return Ok(Publication { years, holidays });
    }
    Err(EditionError::Unsound { edition: edition.clone(), problems })
}

/// Writes a publication of the bank holidays that `holidays_of` gives for each of the three parts.
pub(super) fn write(holidays_of: impl Fn(Division) -> Vec<BankHoliday>) -> String {
    let raw = |division: Division| RawDivision {
        division: division.name().to_owned(),
        events: holidays_of(division).into_iter().map(RawEvent::from).collect(),
    };
    let edition = RawEdition {
        england_and_wales: raw(Division::EnglandAndWales),
        scotland: raw(Division::Scotland),
        northern_ireland: raw(Division::NorthernIreland),
    };
    // Strings and flags under fixed keys always make JSON.
    serde_json::to_string_pretty(&edition).unwrap_or_default()
}

/// Reads the form alone, or says at which place it is broken and how.
fn read_form(json: &str) -> Result<RawEdition, (String, serde_json::Error)> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let raw = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let place = match error.path().to_string() {
            top if top == "." => "the top".to_owned(),
            place => place,
        };
        (place, error.into_inner())
    })?;
    deserializer.end().map_err(|error| ("the end".to_owned(), error))?;
    Ok(raw)
}

fn read_division(division: Division, raw: RawDivision, problems: &mut Vec<EditionProblem>) -> Vec<BankHoliday> {
    if raw.division != division.name() {
        let found = raw.division.chars().take(40).collect();
        problems.push(EditionProblem::Mislabelled { division, found });
    }
    if raw.events.is_empty() {
        problems.push(EditionProblem::Empty { division });
    }
    let faults_before = problems.len();
    let mut holidays: BTreeMap<NaiveDate, BankHoliday> = BTreeMap::new();
    for (event, raw) in (1..).zip(raw.events) {
        let Some(holiday) = read_event(division, event, raw, problems) else {
            continue;
        };
        let date = holiday.date;
        if holidays.insert(date, holiday).is_some() {
            problems.push(EditionProblem::Repeated { division, event, date });
        }
    }
    if problems.len() == faults_before {
        problems.extend(incomplete_years(division, &holidays));
    }
    holidays.into_values().collect()
}

fn read_event(
    division: Division,
    event: usize,
    raw: RawEvent,
    problems: &mut Vec<EditionProblem>,
) -> Option<BankHoliday> {
    let sound_title = |title: &str| {
        let length = title.chars().count();
        !title.trim().is_empty() && length <= LONGEST_TITLE && !title.chars().any(char::is_control)
    };
    if !sound_title(&raw.title) {
        problems.push(EditionProblem::Title { division, event });
    }
    let date = match parse_date(&raw.date) {
        Ok(date) => date,
        Err(reason) => {
            problems.push(EditionProblem::Date { division, event, reason });
            return None;
        }
    };
    if !YEARS.contains(&date.year()) {
        problems.push(EditionProblem::FarAway { division, event, date });
    } else if bdays::is_weekend(date) {
        problems.push(EditionProblem::Weekend { division, event, date });
    }
    let RawEvent { title, notes, bunting, .. } = raw;
    Some(BankHoliday { title, date, notes, bunting })
}

/// Years between the first and the last that are missing or have too few bank holidays.
fn incomplete_years(division: Division, holidays: &BTreeMap<NaiveDate, BankHoliday>) -> Vec<EditionProblem> {
    let mut found_in: BTreeMap<i32, usize> = BTreeMap::new();
    for date in holidays.keys() {
        *found_in.entry(date.year()).or_default() += 1;
    }
    years_of(holidays.keys())
        .map(|year| (year, found_in.get(&year).copied().unwrap_or(0)))
        .filter(|(_, found)| *found < FEWEST_A_YEAR)
        .map(|(year, found)| EditionProblem::TooFew { division, year, found })
        .collect()
}

/// From the first to the last year of some dates in order; empty if there are none.
fn years_of<'a>(mut dates: impl DoubleEndedIterator<Item = &'a NaiveDate>) -> RangeInclusive<i32> {
    let Some(first) = dates.next() else {
        #[expect(clippy::reversed_empty_ranges, reason = "an empty range is meant")]
        return 1..=0;
    };
    first.year()..=dates.next_back().unwrap_or(first).year()
}

fn shared_years(holidays: &BTreeMap<Division, Vec<BankHoliday>>) -> RangeInclusive<i32> {
    let years = || holidays.values().map(|holidays| years_of(holidays.iter().map(|holiday| &holiday.date)));
    let first = years().map(|years| *years.start()).max().unwrap_or(1);
    let last = years().map(|years| *years.end()).min().unwrap_or(0);
    first..=last
}

impl From<BankHoliday> for RawEvent {
    fn from(holiday: BankHoliday) -> Self {
        Self { title: holiday.title, date: holiday.date.to_string(), notes: holiday.notes, bunting: holiday.bunting }
    }
}
