//! Every test of what the system promises, in one binary: one link, one run.
#![allow(missing_docs)]

#[path = "assessment.rs"]
mod assessment;
#[path = "brd.rs"]
mod brd;
#[path = "calendar.rs"]
mod calendar;
#[path = "changes.rs"]
mod changes;
#[path = "cli.rs"]
mod cli;
#[path = "committee.rs"]
mod committee;
#[path = "consultation.rs"]
mod consultation;
#[path = "diagram.rs"]
mod diagram;
#[path = "document.rs"]
mod document;
#[path = "documents.rs"]
mod documents;
#[path = "house.rs"]
mod house;
#[path = "http.rs"]
mod http;
#[path = "intake.rs"]
mod intake;
#[path = "letters.rs"]
mod letters;
mod mail;
#[path = "priorities.rs"]
mod priorities;
#[path = "redline.rs"]
mod redline;
#[path = "rehearsal.rs"]
mod rehearsal;
#[path = "roster.rs"]
mod roster;
mod service;
#[path = "sip.rs"]
mod sip;
#[path = "sip_form.rs"]
mod sip_form;
mod store;
#[path = "supply_chain.rs"]
mod supply_chain;
#[path = "timeline.rs"]
mod timeline;

#[path = "workflow_check.rs"]
mod workflow_check;
#[path = "workflow_decide.rs"]
mod workflow_decide;
#[path = "workflow_diff.rs"]
mod workflow_diff;
#[path = "workflow_notices.rs"]
mod workflow_notices;
#[path = "yaml.rs"]
mod yaml;
