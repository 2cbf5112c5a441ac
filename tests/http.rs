//! The API as its users meet it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect has failed"
)]

#[path = "http/amounts.rs"]
mod amounts;
#[path = "http/baseline.rs"]
mod baseline;
#[path = "http/binary.rs"]
mod binary;
#[path = "http/consultations.rs"]
mod consultations;
#[path = "http/costs.rs"]
mod costs;
#[path = "http/document.rs"]
mod document;
#[path = "http/hostile.rs"]
mod hostile;
#[path = "http/lifecycle.rs"]
mod lifecycle;
#[path = "http/listing.rs"]
mod listing;
#[path = "http/mail.rs"]
mod mail;
#[path = "http/meetings.rs"]
mod meetings;
#[path = "http/once.rs"]
mod once;
#[path = "http/papers.rs"]
mod papers;
#[path = "http/people.rs"]
mod people;
#[path = "http/priorities.rs"]
mod priorities;
#[path = "http/problems.rs"]
mod problems;
#[path = "http/reading.rs"]
mod reading;
#[path = "http/tags.rs"]
mod tags;
#[path = "http/timers.rs"]
mod timers;
#[path = "http/world.rs"]
mod world;
