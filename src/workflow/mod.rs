//! A process as data, and what may happen in a case of it.
//!
//! [`load`] reads a definition and proves it sound; [`decide()`] takes a case and a command and answers with events or
//! a refusal; [`apply()`] makes the next case out of an event. [`timeline`], [`diagram`], [`diff`] and [`migrate`] show
//! and change definitions. Nothing here does I/O or reads the clock, and nothing here knows what a SIP is: the other
//! nouns reach it as plain facts.

mod apply;
mod case;
pub mod check;
mod decide;
mod definition;
pub mod diagram;
pub mod diff;
mod event;
mod guard;
pub mod load;
pub mod migrate;
mod names;
pub mod timeline;
mod value;

pub use apply::{apply, replay};
pub use case::*;
pub use decide::{
    Command, EditionChoice, Missing, Refusal, Rules, Why, decide, kinds, moved_by_edition, next_due, open, system,
};
pub use definition::*;
pub use event::Event;
pub use guard::{Comparison, Facts, Guard, Notes, Record};
pub use names::*;
pub use value::{MOST_MARKS, Mark, Value, pounds};
