//! The proposal itself: what a Party writes on the SIP form, what it costs, what it touches and how it ranks.
//!
//! A [`RawSipForm`] is what somebody typed, in YAML, JSON, a web form or the Word form of [`form_document`].
//! [`RawSipForm::parse`] turns it into a [`SipForm`] or reports every faulty field at once. Around the form stand the values that later steps need:
//! [`CostRange`] and its [`CostBand`], the [`impacts`] that validation must record, the [`prioritisation`] score with
//! its explanation, the [`ranking`] that people give, and the [`route`] a proposal must take. What DCC finds after the
//! consultation is an [`assessment`]; the tests of [`material`] change compare it with what Parties were consulted on;
//! [`budget`] and [`maintenance`] count what is committed and asked against what is allowed.
//!
//! Architecture invariant: this module knows nothing of the workflow, the database or the web. It reads no clock;
//! dates and instants are arguments.

#[macro_use]
mod text_value;

mod amount;
pub mod assessment;
pub mod budget;
mod email;
mod errors;
pub mod explanation;
mod fields;
mod form;
pub mod form_document;
mod id_text;
mod ids;
pub mod impacts;
pub mod maintenance;
pub mod material;
mod money;
mod parse;
mod parse_change;
mod party;
pub mod prioritisation;
pub mod ranking;
mod raw;
mod references;
pub mod route;
pub mod scope;
pub mod text;

pub use email::{EmailAddress, EmailError};
pub use errors::{FieldError, FieldErrors, Mend};
pub use form::{
    AddedRequirement, Change, ChangeType, ConfidentialPart, Confidentiality, Contact, Dependency, Effort, Proposer,
    SipForm, Timescale, Urgency, Window, WindowReversed,
};
pub use id_text::{IdError, IdKind};
pub use ids::{ComponentId, DomainId, RequirementId, RequirementKind};
pub use money::{CostBand, CostRange, MoneyError, Pence};
pub use party::{CategoryError, PartyCategory, StatedCategory};
pub use raw::{
    RawConfidentiality, RawContact, RawCost, RawProposer, RawRequirements, RawRouteQuestions, RawSipForm, RawTimescale,
    RawWindow,
};
pub use references::{ProvisionalReference, SipNumber, SipReference};
