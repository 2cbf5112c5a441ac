//! The redline: what changed between two documents, found and shown.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests may fail")]

#[path = "redline/diff.rs"]
mod diff;
#[path = "redline/merge.rs"]
mod merge;
