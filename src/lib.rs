//! Quorate runs the governance of improvements to the Self-Service Interface (SSI) under the Smart Energy Code.
//!
//! # Code tour
//!
//! A functional core and an imperative shell in one crate.
//!
//! The **pure core** does no I/O, never reads the clock and never awaits: [`calendar`] counts Working Days,
//! [`workflow`] holds a process as data and decides what may happen in a case, [`sip`] is the proposal itself,
//! [`intake`] reads what is mailed, [`consultation`] puts a proposal to every SEC Party and keeps what they answer,
//! [`committee`] counts how a body decides, [`notice`] says how each person is told, [`brd`] is the Baseline
//! Requirements Document that all of it changes, [`document`] reads and writes what people read as files, [`redline`]
//! shows what changed between two versions of a document, [`roster`] takes lists of organisations and people out of
//! spreadsheets, and [`yaml`] reads people's YAML safely and reports every problem at once.
//!
//! The **shell** loads facts, calls the core once and saves what it decided in one transaction: [`service`] has one
//! function per thing a person or a timer can do, [`store`] is the only place that knows the database, [`notify`]
//! turns queued notices into messages, [`jobs`] runs whatever has fallen due, and [`api`], [`web`] and [`cli`] are
//! the doors.
//!
//! Time is an argument: [`clock`] alone reads it, once per request or tick.

pub mod actor;
pub mod clock;
pub mod config;

pub mod brd;
pub mod calendar;
pub mod committee;
pub mod consultation;
pub mod document;
pub mod intake;
pub mod notice;
pub mod redline;
pub mod roster;
pub mod sip;
pub mod workflow;
pub mod yaml;

pub mod api;
pub mod cli;
pub mod jobs;
pub mod notify;
pub mod rehearsal;
pub mod service;
pub mod store;
pub mod web;
