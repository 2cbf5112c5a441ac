//! Every test of what the system promises, in one binary: one link, one run.
#![allow(missing_docs)]

#[path = "calendar.rs"]
mod calendar;
#[path = "documents.rs"]
mod documents;
#[path = "house.rs"]
mod house;
#[path = "supply_chain.rs"]
mod supply_chain;
