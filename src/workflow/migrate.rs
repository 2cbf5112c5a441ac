//! Written in its own commit.
use super::names::{ClockName, StateName};
/// A move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Case.
    pub case: String,
    /// From.
    pub from: StateName,
    /// To.
    pub to: StateName,
    /// Renamed.
    pub renamed: Vec<(ClockName, ClockName)>,
}
