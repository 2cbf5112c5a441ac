//! What can be wrong with an edition, and how to mend it.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::{DateError, Division, EditionName};

/// Every division has had at least this many bank holidays every year; a year with fewer is not published in full.
pub(super) const FEWEST_A_YEAR: usize = 8;
/// The years in which a date can be a bank holiday under the Banking and Financial Dealings Act 1971; a year outside is a slip.
pub(super) const YEARS: RangeInclusive<i32> = 1972..=2199;
/// A title longer than this, in characters, is not one.
pub(super) const LONGEST_TITLE: usize = 120;
/// So many problems are printed; people mend the cause before they read on.
const MOST_PRINTED: usize = 20;

/// Why a text was not accepted as an edition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditionError {
    /// The text is too large to be bank holidays.
    #[error("the bank holidays {edition:?} are {bytes} bytes long; the most read is {most}: is this the right file?", edition = .edition.as_str())]
    TooLarge {
        /// The edition that was to be.
        edition: EditionName,
        /// How long the text is.
        bytes: usize,
        /// How long it may be.
        most: usize,
    },
    /// The text does not have GOV.UK's form.
    #[error("the bank holidays {edition:?} are not in the form of https://www.gov.uk/bank-holidays.json: at {place}: {reason}", edition = .edition.as_str())]
    NotTheFormat {
        /// The edition that was to be.
        edition: EditionName,
        /// The place in the text, such as `scotland.events[3].date`.
        place: String,
        /// What was wrong there, with line and column.
        reason: String,
    },
    /// The content is not sound.
    #[error("the bank holidays {edition:?} are not sound:{list}", edition = .edition.as_str(), list = Listed(.problems))]
    Unsound {
        /// The edition that was to be.
        edition: EditionName,
        /// Everything that is wrong, in the order of the text.
        problems: Vec<EditionProblem>,
    },
}

/// One thing wrong in an edition. Events are numbered from 1 within their division.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditionProblem {
    /// A division carries another's name.
    #[error("{division} calls itself {found:?}: give it its own name")]
    Mislabelled {
        /// The division.
        division: Division,
        /// The name inside it.
        found: String,
    },
    /// A division has no bank holidays at all.
    #[error("{division} has no bank holidays: add them")]
    Empty {
        /// The division.
        division: Division,
    },
    /// A date does not exist or is not written as one.
    #[error("{division}, event {event}: {reason}")]
    Date {
        /// The division.
        division: Division,
        /// The number of the event.
        event: usize,
        /// Why it is not a date.
        reason: DateError,
    },
    /// A date lies in a year that cannot be meant.
    #[error("{division}, event {event}: {date} is outside {} to {}: correct the year", YEARS.start(), YEARS.end())]
    FarAway {
        /// The division.
        division: Division,
        /// The number of the event.
        event: usize,
        /// The date.
        date: NaiveDate,
    },
    /// A bank holiday lies at a weekend, where it would have no effect.
    #[error("{division}, event {event}: {date} is a {weekday}: give the weekday on which the bank holiday is kept", weekday = .date.format("%A"))]
    Weekend {
        /// The division.
        division: Division,
        /// The number of the event.
        event: usize,
        /// The date.
        date: NaiveDate,
    },
    /// A date was given before.
    #[error("{division}, event {event}: {date} was already given: keep one of the two")]
    Repeated {
        /// The division.
        division: Division,
        /// The number of the later event.
        event: usize,
        /// The date.
        date: NaiveDate,
    },
    /// A title is empty, too long, or holds control characters.
    #[error(
        "{division}, event {event}: the title is not 1 to {LONGEST_TITLE} printable characters: give the bank holiday's name"
    )]
    Title {
        /// The division.
        division: Division,
        /// The number of the event.
        event: usize,
    },
    /// A year has too few bank holidays to be complete.
    #[error(
        "{division}: {year} has only {found} of at least {FEWEST_A_YEAR} bank holidays: add the rest, or take the year out until it is published in full"
    )]
    TooFew {
        /// The division.
        division: Division,
        /// The year.
        year: i32,
        /// How many it has, which is 0 for a year missing between others.
        found: usize,
    },
    /// No year is covered for every division.
    #[error("no year has bank holidays in every division: give the same years for each")]
    NoSharedYear,
}

struct Listed<'a>(&'a [EditionProblem]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in self.0.iter().take(MOST_PRINTED) {
            write!(f, "\n  {problem}")?;
        }
        match self.0.len().saturating_sub(MOST_PRINTED) {
            0 => Ok(()),
            more => write!(f, "\n  and {more} more"),
        }
    }
}
