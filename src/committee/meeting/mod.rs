//! Meetings of a body: its agenda and papers, who was there from when to when, and what was said and agreed.
//!
//! A [`Meeting`] is what its events come to; the functions of [`decide`] answer what may be entered in it, [`agenda`]
//! draws up what there is to deal with, and [`presence`] says who was there and whether the body was quorate at any
//! instant. What a body decides is decided by ballots; a meeting names them and holds no result of its own.

pub mod agenda;
pub mod decide;
mod event;
mod minutes;
pub mod presence;
mod record;
mod refused;

pub use event::Event;
pub use record::{
    AgendaItem, Agreed, Attended, Called, Capacity, Correction, Held, ItemPaper, Meeting, Minutes, Move, Note, Phase,
    Session, Subject,
};
pub use refused::Refused;
