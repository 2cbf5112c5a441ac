//! Placeholder.
pub mod workdays;
