//! The Baseline Requirements Document as data.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, reason = "tests may fail")]

#[path = "brd/any.rs"]
mod any;
#[path = "brd/baseline.rs"]
mod baseline;
#[path = "brd/file.rs"]
mod file;
#[path = "brd/ids.rs"]
mod ids;
#[path = "brd/import.rs"]
mod import;
#[path = "brd/lint.rs"]
mod lint;
#[path = "brd/render.rs"]
mod render;
#[path = "brd/shapes.rs"]
mod shapes;
#[path = "brd/words.rs"]
mod words;
