//! What is put to every SEC Party, what they answer, and how the answers reach the deciding body unaltered.
//!
//! A [`Contents`] is what a consultation says; [`blocking()`] lists everything that stands in the way of issuing it. A
//! [`Response`] keeps every version that a Party sent. [`collate`] puts the responses side by side as a [`Collation`]
//! whose digest shows that no word was altered, and [`Collation::public`] is the same with confidential parts withheld.
//!
//! Architecture invariant: what a Party wrote is copied and never edited, here or anywhere.

mod answers;
mod blocking;
mod burden;
mod category;
mod collated;
mod collation;
mod considered;
mod contacts;
mod contents;
mod cycle;
mod fault;
mod ids;
mod pack;
mod paper;
mod part;
mod response;
mod review;
mod seal;
mod tally;
mod text;

pub use answers::{
    Answer, Attachment, Confidentiality, Effect, RawAnswer, RawConfidential, RawEffect, RawResponse, Words,
};
pub use blocking::{Blocking, Draft, Item, blocking};
pub use burden::{Answered, Asked, AskedParty, Burden, Line, Load, burden};
pub use category::Category;
pub use collation::{Title, collate};
pub use considered::{Consideration, RawConsideration, RawRefinement, Refinement, Source, consider};
pub use contacts::{Agreed, Contact, Contacts, ContactsEvent, Standing};
pub use contents::{
    Change, Contents, ContentsEvent, Costs, Frame, Hours, Issued, Numbered, Proposal, Question, Reference, Span,
    Spending, Timescales, Urgency,
};
pub use cycle::{Cycle, CycleError, RawCycle, Slot};
pub use fault::{Fault, Faults};
pub use ids::{IdError, PartyId, PersonId, QuestionNumber, SipId};
pub use pack::{
    Aside, Audience, Collation, Comment, Felt, QuestionTable, Respondent, Row, Section, Shown, Timing, WhyAside,
};
pub use part::{Part, PartError};
pub use response::{Admitted, LateDecision, Response, ResponseEvent, Version};
pub use review::{ContactsReview, ReviewEvent};
pub use seal::Verified;
pub use tally::{Group, Tally};
pub use text::{Statement, TextError, Verbatim};
