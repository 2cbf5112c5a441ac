//! What SIPs do to the baseline: change sets, where they meet, and what they come to together.
//!
//! A [`ChangeSet`] says what one SIP adds, amends, moves, removes and retires, each change with what it was drafted
//! against. [`draft()`] gives ids and shows what is left to do, [`apply()`] applies one set whole or not at all,
//! [`collisions`] says where two meet, and [`merge()`] brings those of a sprint together. What is changed is a table of
//! items with fields, alike for every kind, so that each rule is written once.
//!
//! Architecture invariant: nothing is guessed. Where SIPs contradict each other the baseline stays as it is until a
//! person's [`Settlement`] is given to the merge.

mod apply;
mod bridge;
mod change;
mod collide;
mod conflict;
mod draft;
mod edits;
mod field;
mod item;
mod items;
mod listing;
mod merge;
mod numbers;
mod problem;
mod sip;
mod telling;
mod traces;
mod words;

pub use apply::apply;
pub use change::{Add, Amend, Change, ChangeSet, Dependents, Edit, Move, Remove, Retire};
pub use collide::{Collision, collisions};
pub use conflict::{Conflict, Decision, Settlement, Side};
pub use draft::{Drafted, Finding, Reserved, draft};
pub use field::{Field, Fields, Nature};
pub use item::{ItemName, Kind, NotAnItem};
pub use listing::{Listed, Retired, find, listing};
pub use merge::{Merged, Notice, Touched, Unmergeable, merge};
pub use problem::Problem;
pub use sip::{NotASip, SipName};
pub use telling::Told;
pub use words::{Origin, Word};

pub(in crate::brd) use bridge::table;
pub(in crate::brd) use items::Item;
pub(in crate::brd) use words::{Stage, attribute};
