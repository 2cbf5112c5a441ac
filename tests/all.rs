//! Every test of what the system promises, in one binary: one link, one run.
#![allow(missing_docs)]

#[path = "diagram.rs"]
mod diagram;
#[path = "timeline.rs"]
mod timeline;
