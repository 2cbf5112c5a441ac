//! Working Days, bank holidays, London time, Regulatory Years, and deadlines that show how they were reached.
//!
//! Bank holidays are data, an [`Edition`] for each time they are published, because proclamations move them at short
//! notice. A [`Calendar`] is one edition seen from one [`Division`]; it counts, or says that it does not know the year.
//! A [`Deadline`] carries its whole [`Derivation`], so that anybody can check it by hand.
//!
//! Architecture invariant: nothing here reads the clock, a file or a setting, and no input makes it panic.

mod count;
mod date;
mod deadline;
mod division;
mod edition;
mod edition_error;
mod explain;
mod holiday;
mod london;
mod publication;
mod regulatory_year;
mod schedule;
mod working_days;

pub use count::{Calendar, CalendarError};
pub use date::{DateError, parse_date};
pub use deadline::{Close, Deadline, Derivation, Method, PausedSpan};
pub use division::{Division, UnknownDivision};
pub use edition::{Change, Difference, Edition, EditionName, InvalidEditionName};
pub use edition_error::{EditionError, EditionProblem};
pub use explain::explain_skipped;
pub use holiday::{BankHoliday, NotWorking, Skipped};
pub use london::{date_words, end_of_day, london_date, london_instant, london_time, words};
pub use regulatory_year::{NotRegulatoryYear, RegulatoryYear};
pub use schedule::{Dates, Every, Falls, Schedule, Slot};
pub use working_days::{NotWorkingDays, WorkingDays};
