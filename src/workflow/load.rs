//! Reads a definition and proves it sound; the rest of the engine takes only what comes from here.

use std::sync::OnceLock;

use super::check::check;
use super::definition::Definition;
use crate::yaml::{self, Limits, Problems};

/// The definitions that come with the program: the name of each file and what it says.
pub const BUILT_IN: [(&str, &str); 7] = [
    ("workflows/ssi-change-governance.yaml", include_str!("../../workflows/ssi-change-governance.yaml")),
    ("workflows/improvement-consultation.yaml", include_str!("../../workflows/improvement-consultation.yaml")),
    ("workflows/governance-process-change.yaml", include_str!("../../workflows/governance-process-change.yaml")),
    ("workflows/consultation-review.yaml", include_str!("../../workflows/consultation-review.yaml")),
    ("workflows/committee.yaml", include_str!("../../workflows/committee.yaml")),
    ("workflows/committee-ballot.yaml", include_str!("../../workflows/committee-ballot.yaml")),
    ("workflows/committee-meeting.yaml", include_str!("../../workflows/committee-meeting.yaml")),
];

/// Reads a definition and runs every check; `file` is only the name used in problems.
///
/// # Errors
///
/// Everything wrong with it, each with its place. Where the text cannot be read as a definition only those problems
/// are given, since there is nothing yet to check.
pub fn load(file: &str, text: &str) -> Result<Definition, Problems> {
    let document = yaml::load::<Definition>(file, text, Limits::default())?;
    let findings = check(&document.value);
    if findings.is_empty() {
        return Ok(document.value);
    }
    let place =
        |finding: super::check::Finding| document.spans.problem(&finding.path, finding.what, Some(finding.mend));
    Err(Problems::new(findings.into_iter().map(place).collect()))
}

/// The definitions that come with the program, read and proved once: the lifecycle of a SIP, its consultation,
/// the change of the process itself, the review of how consultations work, and the bodies with their ballots and meetings.
///
/// # Errors
///
/// Everything wrong with the first of them that is not sound.
pub fn built_in() -> Result<&'static [Definition], &'static Problems> {
    static LOADED: OnceLock<Result<Vec<Definition>, Problems>> = OnceLock::new();
    let read = || BUILT_IN.iter().map(|(file, text)| load(file, text)).collect();
    LOADED.get_or_init(read).as_deref()
}
