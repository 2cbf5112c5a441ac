//! Versions of the baseline: what is published, what differs between two, and where each item and word comes from.
//!
//! [`publish`] turns the change sets of a sprint into the next version once every duty is done and every conflict settled;
//! [`difference()`] compares any two versions; [`blame()`] says of an item since when, by which SIP and under which
//! determinations it is as it is.
//!
//! Architecture invariant: a publication holds everything it rests on, so that it can be explained from itself alone.

mod blame;
mod difference;
mod duties;
mod nature;
mod publication;

pub use blame::{Blame, By, Passage, blame};
pub use difference::{Before, Differing, How, difference};
pub use duties::{Answer, Checklist, Duty, Found};
pub use nature::{ChangeNature, nature};
pub use publication::{Determination, NotReady, Publication, PublishedSip, next_version, publish};
