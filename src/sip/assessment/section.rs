//! The sections of an Impact Assessment, numbered as the documents in use number them.

use std::fmt::{self, Display};

use serde::Serialize;

/// A section: its number, and its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its number, such as `7.1`, or the letter of an appendix.
    pub number: &'static str,
    /// Its title.
    pub title: &'static str,
}

/// Declares the sections by name, and the list of them all in order.
macro_rules! sections {
    ($($name:ident = $number:literal $title:literal;)+) => {
        impl Section {
            $(
                #[doc = concat!("Section ", $number, ", ", $title, ".")]
                pub const $name: Self = Self { number: $number, title: $title };
            )+
            /// Every section in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
        }
    };
}

sections! {
    SUMMARY = "1" "Executive Summary";
    HISTORY = "2" "Document History";
    REVISIONS = "2.1" "Revision History";
    DOCUMENTS = "2.2" "Associated Documents";
    INFORMATION = "2.3" "Document Information";
    REQUIREMENTS = "3" "Solution Requirements";
    CURRENT = "3.1" "Current Arrangements";
    BUSINESS = "3.2" "Business Requirements";
    BASELINE = "3.3" "Requirements of the Baseline";
    CASE = "3.4" "Business Case";
    SOLUTION = "4" "Solution Overview";
    OVERVIEW = "4.1" "Solution";
    SEC_CHANGES = "4.2" "SEC Changes";
    DELIVERABLES = "4.3" "Deliverables";
    COMPONENTS = "4.4" "Impact on Components";
    IMPACTS = "5" "Impact on DCC Systems, Processes and People";
    TOTAL_SYSTEM = "5.11" "Risk to the DCC Total System";
    TESTING = "6" "Testing Considerations";
    PIT = "6.1" "Pre-Integration Testing";
    SIT = "6.2" "Systems Integration Testing";
    UIT = "6.3" "User Integration Testing";
    TIMESCALES = "7" "Implementation Timescales, Releases and Costs";
    LEAD_TIMES = "7.1" "Lead Times and Timelines";
    RELEASE = "7.2" "Release Allocation and Other Changes";
    COSTS = "7.3" "Costs and Charges";
    SUPPORT = "7.4" "Application Support Costs";
    PRICE = "7.5" "Price of this Assessment";
    CONTRACTS = "7.6" "Impact on Contracts and Schedules";
    RAID = "A" "Risks, Assumptions, Issues and Dependencies";
    GLOSSARY = "B" "Glossary";
}

impl Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.number.starts_with(|c: char| c.is_ascii_digit()) { "section" } else { "appendix" };
        write!(f, "{kind} {} ({})", self.number, self.title)
    }
}
