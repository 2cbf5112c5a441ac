//! The scenarios, forms, Impact Assessments and baseline that come with the program.

/// A scenario that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// Its name.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! scenarios {
    ($($name:literal),* $(,)?) => {
        &[$(Shipped { name: $name, text: include_str!(concat!("../../fixtures/scenarios/", $name, ".yaml")) }),*]
    };
}

macro_rules! forms {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../fixtures/sip-forms/", $name, ".yaml")))),*]
    };
}

/// Every scenario that comes with the program, in the order a newcomer should see them.
pub const SCENARIOS: &[Shipped] = scenarios![
    "sip-g", "sip-a", "sip-b", "sip-d", "sip-e", "sip-f", "sip-h", "sip-i", "sip-j", "sip-k", "sip-l", "sip-c",
    "ballots", "meeting", "baseline", "quarter", "demo",
];

const FORMS: &[(&str, &str)] =
    forms!["sip-a", "sip-b", "sip-c", "sip-d", "sip-e", "sip-f", "sip-g", "sip-h", "sip-i", "sip-j", "sip-k", "sip-l",];

const ASSESSMENTS: &[(&str, &str)] = &[
    ("bulk-return", include_str!("../../fixtures/assessments/bulk-return.yaml")),
    ("coverage-download", include_str!("../../fixtures/assessments/coverage-download.yaml")),
    ("quick", include_str!("../../fixtures/assessments/quick.yaml")),
];

/// The baseline that comes with the program: the name of its file, and its text.
pub(super) const BASELINE: (&str, &str) =
    ("fixtures/brd/baseline.yaml", include_str!("../../fixtures/brd/baseline.yaml"));

const CHANGES: &[(&str, &str)] = &[
    ("multi-factor", include_str!("../../fixtures/brd/changes/multi-factor.yaml")),
    ("portal-requirements", include_str!("../../fixtures/brd/changes/portal-requirements.yaml")),
    ("service-domains", include_str!("../../fixtures/brd/changes/service-domains.yaml")),
];

/// The scenario of this name.
pub fn find(name: &str) -> Option<&'static Shipped> {
    SCENARIOS.iter().find(|shipped| shipped.name == name)
}

/// The text of the SIP form of this name.
pub(super) fn form(name: &str) -> Option<&'static str> {
    FORMS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The text of the Impact Assessment of this name.
pub(super) fn assessment(name: &str) -> Option<&'static str> {
    ASSESSMENTS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The text of the change set of this name.
pub(super) fn changes(name: &str) -> Option<&'static str> {
    CHANGES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
