//! Organisations, people and contacts as a list that people keep in a spreadsheet: read, compared with what is known,
//! and written (R33).
//!
//! [`read_people`] and [`read_parties`] understand a table whose columns have the names people give them, in any order.
//! [`plan_people`] and [`plan_parties`] say what taking the list over would add, change and remove, or everything that is
//! wrong with it, row by row: a list is taken over whole or not at all. [`people_sheet`] and [`parties_sheet`] write
//! what is known in a form whose reading changes nothing. [`read_setup`] reads what a fresh
//! installation begins with.
//!
//! Architecture invariant: nothing here knows how any of it is kept.

mod columns;
mod export;
mod faults;
mod known;
mod likeness;
mod parties;
mod people;
mod plan;
mod setup;

pub use export::{parties_sheet, people_sheet};
pub use faults::{Fault, Faults};
pub use known::{Contact, Known, KnownParty, KnownPerson, Office, Scope};
pub use parties::{PartiesPlan, PartyChange, PartyRow, Stated, plan_parties, read_parties};
pub use people::{PersonRow, PersonRows, read_people};
pub use plan::{Absent, Difference, PeoplePlan, PersonChange, plan_people};
pub use setup::{SetupError, read_setup};
