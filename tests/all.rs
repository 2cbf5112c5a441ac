//! Every test of what the system promises, in one binary: one link, one run.
#![allow(missing_docs)]

#[path = "workflow_check.rs"]
mod workflow_check;

#[path = "workflow_diff.rs"]
mod workflow_diff;
