//! Every test of what the system promises, in one binary: one link, one run.
#![allow(missing_docs)]

#[path = "calendar.rs"]
mod calendar;
#[path = "sip.rs"]
mod sip;
mod store;
#[path = "workflow_check.rs"]
mod workflow_check;
#[path = "yaml.rs"]
mod yaml;

#[path = "workflow_diff.rs"]
mod workflow_diff;
#[path = "diagram.rs"]
mod diagram;
#[path = "timeline.rs"]
mod timeline;

#[path = "workflow_decide.rs"]
mod workflow_decide;
