//! Editions: the bank holidays as published at one time.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Division;
use super::count::Calendar;
use super::division::ByDivision;
use super::edition_error::EditionError;
use super::holiday::{BankHoliday, BankHolidays};
use super::publication::{self, Publication};

/// The name of an edition, such as "gov.uk 2026-02-25": where it was published, and when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EditionName(String);

/// A text that cannot name an edition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} cannot name an edition: use 1 to 60 letters, digits, spaces and any of . - _ / : +, with no space at either end"
)]
pub struct InvalidEditionName(String);

/// All divisions of one publication of bank holidays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    name: EditionName,
    years: RangeInclusive<i32>,
    calendars: ByDivision<Calendar>,
}

/// A day that one edition has as a bank holiday in another way than an earlier edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The day.
    pub date: NaiveDate,
    /// What happened to it.
    pub change: Change,
}

/// What happened to a day between two editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It became a bank holiday, with this name.
    Added(String),
    /// It is no longer a bank holiday; it was this one.
    Removed(String),
    /// It has another name, which moves no deadline.
    Renamed {
        /// The old name.
        from: String,
        /// The new name.
        to: String,
    },
}

impl Edition {
    /// Reads an edition in the format of GOV.UK's `bank-holidays.json`.
    ///
    /// The known years run from the first to the last year for which every division has bank holidays.
    ///
    /// # Errors
    ///
    /// [`EditionError`] if the text is too large or not of that format, or else with everything that is wrong in it:
    /// dates that do not exist, repeat or lie at a weekend, missing years, years with too few bank holidays.
    pub fn parse(name: EditionName, json: &str) -> Result<Self, EditionError> {
        let publication = publication::read(&name, json)?;
        let years = publication.years.clone();
        let calendars = ByDivision::from_fn(|division| {
            let holidays = gather(&publication, division);
            Calendar::new(name.clone(), division, years.clone(), holidays)
        });
        Ok(Self { name, years, calendars })
    }

    /// The edition that comes with the program: "gov.uk 2026-02-25", 2012 to 2030.
    ///
    /// GOV.UK had published up to 2028 by then. 2029 and 2030 are worked out from the Banking and Financial Dealings Act
    /// 1971 and the days proclaimed every year.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Edition> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "the file is compiled in and a test reads it")]
            Edition::parse(
                EditionName("gov.uk 2026-02-25".to_owned()),
                include_str!("../../fixtures/bank-holidays.json"),
            )
            .expect("the bank holidays compiled in are sound")
        });
        &BUILT_IN
    }

    /// Its name.
    pub fn name(&self) -> &EditionName {
        &self.name
    }

    /// The years it covers for every division.
    pub fn years(&self) -> RangeInclusive<i32> {
        self.years.clone()
    }

    /// Its calendar for one division.
    pub fn calendar(&self, division: Division) -> Calendar {
        self.calendars.get(division).clone()
    }

    /// The edition in the format that [`Edition::parse`] reads.
    pub fn to_json(&self) -> String {
        publication::write(|division| self.calendars.get(division).holidays().cloned().collect())
    }

    /// The days that `other` has differently, in order, looking only at the years both cover.
    pub fn differences(&self, other: &Self, division: Division) -> Vec<Difference> {
        let shared = |holiday: &&BankHoliday| {
            let year = holiday.date.year();
            self.years.contains(&year) && other.years.contains(&year)
        };
        let mut names: BTreeMap<NaiveDate, (Option<&str>, Option<&str>)> = BTreeMap::new();
        for holiday in self.calendars.get(division).holidays().filter(shared) {
            names.entry(holiday.date).or_default().0 = Some(&holiday.title);
        }
        for holiday in other.calendars.get(division).holidays().filter(shared) {
            names.entry(holiday.date).or_default().1 = Some(&holiday.title);
        }
        names
            .into_iter()
            .filter_map(|(date, (old, new))| Some(Difference { date, change: change(old, new)? }))
            .collect()
    }
}

fn change(old: Option<&str>, new: Option<&str>) -> Option<Change> {
    match (old, new) {
        (None, Some(new)) => Some(Change::Added(new.to_owned())),
        (Some(old), None) => Some(Change::Removed(old.to_owned())),
        (Some(old), Some(new)) if old != new => Some(Change::Renamed { from: old.to_owned(), to: new.to_owned() }),
        _ => None,
    }
}

/// The bank holidays of a division, which for a union are those of its parts.
fn gather(publication: &Publication, division: Division) -> BankHolidays {
    let parts = publication::parts(division);
    let mut kept: BTreeMap<NaiveDate, Vec<(Division, &BankHoliday)>> = BTreeMap::new();
    for part in parts {
        for holiday in publication.holidays(*part) {
            kept.entry(holiday.date).or_default().push((*part, holiday));
        }
    }
    let merged = kept.into_iter().filter_map(|(date, kept)| Some((date, merge(&kept, parts.len())?)));
    BankHolidays(merged.collect())
}

/// One bank holiday for a day that several parts may keep, under different names or not at all.
fn merge(kept: &[(Division, &BankHoliday)], parts: usize) -> Option<BankHoliday> {
    let (_, first) = kept.first()?;
    let mut titles: Vec<&str> = Vec::new();
    for (_, holiday) in kept {
        if !titles.contains(&holiday.title.as_str()) {
            titles.push(&holiday.title);
        }
    }
    let mut title = titles.join(" / ");
    if kept.len() < parts {
        let places: Vec<&str> = kept.iter().map(|(part, _)| part.title()).collect();
        title = format!("{title} ({} only)", places.join(", "));
    }
    Some(BankHoliday { title, ..(*first).clone() })
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date;
        match &self.change {
            Change::Added(title) => write!(f, "{date} is now a bank holiday: {title}"),
            Change::Removed(title) => {
                write!(f, "{date} is no longer a bank holiday (it was {title})")
            }
            Change::Renamed { from, to } => write!(f, "{date} is now called {to} (it was {from})"),
        }
    }
}

impl EditionName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EditionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for EditionName {
    type Err = InvalidEditionName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = |letter: char| letter.is_ascii_alphanumeric() || " .-_/:+".contains(letter);
        let fits = (1..=60).contains(&text.len()) && text.trim() == text;
        if fits && text.chars().all(allowed) {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidEditionName(text.chars().take(80).collect()))
    }
}

impl TryFrom<String> for EditionName {
    type Error = InvalidEditionName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<EditionName> for String {
    fn from(name: EditionName) -> Self {
        name.0
    }
}
