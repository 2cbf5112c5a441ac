//! How each person is told: at once or in digests, by whom when away, and what nobody can opt out of.
//!
//! Architecture invariant: pure. Who is told of what is in the definitions; where a message goes is looked up when it is
//! sent.

mod preferences;
mod topic;

pub use preferences::{Away, Delivery, Invitations, Pace, Preferences, PreferencesError, Rhythm};
pub use topic::Topic;
