//! Documents made up from a seed, edits made up to them, and packages written from them by a writer of the tests' own.
//!
//! Everything works on [`model::Document`], so that a pair on which a promise fails shrinks to a small one.
#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    clippy::ptr_arg,
    clippy::type_complexity,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "what makes up documents is written to be read, and names its own files"
)]

pub(crate) mod documents;
pub(crate) mod edits;
pub(crate) mod model;
pub(crate) mod random;
pub(crate) mod shrink;
mod vocabulary;
mod walk;
pub(crate) mod write;
