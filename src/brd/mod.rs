//! The SSI Baseline Requirements Document as data: what the Self-Service Interface must do, each item with its id, its
//! text and what it traces to.
//!
//! A [`Brd`] is read from YAML or from a document, checked, and written as the live document. Ids are never used
//! twice and gaps are never filled; an item that is retired stays in its place, marked as no longer in use.
//!
//! Architecture invariant: this module does no I/O and knows nothing of SIPs, cases or bodies. What is wrong with a
//! baseline is a finding for people and never keeps what is real from being read.

#[macro_use]
mod text_value;

pub mod changes;
pub mod versions;

mod allocate;
mod arrange;
mod file;
mod id_text;
mod ids;
mod import;
mod item;
mod lines;
mod lint;
mod markdown;
mod model;
mod render;
mod shape;
mod statements;
mod version;

pub use file::{from_yaml, to_yaml};
pub use id_text::{IdError, IdKind};
pub use ids::{ComponentId, DomainId, DriverId, ProcessMapId, RequirementId, RequirementKind};
pub use import::{Imported, import, import_docx};
pub use item::{Item, ItemId};
pub use lines::{BrdText, Line};
pub use lint::{Finding, Rule, Severity, lint};
pub use model::{
    AccessRow, Allocated, Brd, Component, DeltaEntry, Domain, Driver, Format, Moscow, NO_LONGER_IN_USE, NonFunctional,
    ProcessMap, ProcessMapTrace, Reference, Requirement, Retirement, Term,
};
pub use render::{render, to_html, to_html_body};
pub use version::{Version, VersionError};
