//! The redline is right: what it is made of, what it shows, and that nothing is lost on the way.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    clippy::ptr_arg,
    clippy::type_complexity,
    clippy::format_push_string,
    clippy::format_collect,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "tests and what they stand on: what is not as expected has failed, and plain is better than fast"
)]

#[path = "redline/diff.rs"]
mod diff;
#[path = "redline/docx.rs"]
mod docx;
#[path = "redline/engine.rs"]
mod engine;
#[path = "redline/generate/mod.rs"]
mod generate;
#[path = "redline/generated.rs"]
mod generated;
#[path = "redline/hostile/mod.rs"]
mod hostile;
#[path = "redline/merge.rs"]
mod merge;
#[path = "redline/office/mod.rs"]
mod office;
#[path = "redline/package.rs"]
mod package;
#[path = "redline/promises.rs"]
mod promises;
#[path = "redline/properties.rs"]
mod properties;
#[path = "redline/realsize.rs"]
mod realsize;
#[path = "redline/report.rs"]
mod report;
#[path = "redline/resolve/mod.rs"]
mod resolve;
#[path = "redline/resolver.rs"]
mod resolver;
#[path = "redline/rules/mod.rs"]
mod rules;
#[path = "redline/tree.rs"]
mod tree;
#[path = "redline/words.rs"]
mod words;
#[path = "redline/xml.rs"]
mod xml;
