//! Rehearsal: a script of people and days, played through the real use cases with a simulated clock.
//!
//! It is how the process is tested, taught, shown and tried out before a new version goes to the Panel. Architecture
//! invariant: a rehearsal calls [`crate::service`] like any other door; it decides nothing and reads no clock.

mod assess;
mod ballots;
mod baseline;
mod bodies;
mod consulting;
mod library;
mod meetings;
mod play;
mod report;
mod scenario;
mod steps;
mod world;

pub use bodies::{Delegated, establish};
pub use library::{SCENARIOS, Shipped, find as find_shipped};
pub use play::{Played, Rehearsal, Taken, play};
pub use report::{Line, Tone, coverage};
pub use scenario::{Scenario, Step};
pub use world::{Person, World};
