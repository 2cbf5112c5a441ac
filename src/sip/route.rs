//! Which route a proposal must take: this one, or a Section D Modification (R26).

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A change that may lie outside this route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessChange {
    /// How Users connect to the SSI.
    Connection,
    /// The access rights granted to Users.
    AccessRights,
    /// The tables of job type roles or Business Functional Domains.
    RoleAndDomainTables,
}

/// Where this route ends, which moves with the legal text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boundary {
    /// The first day on which the role and domain tables stand in the SSI Functions and Roles Policy and no longer in
    /// SEC Appendix AH; nothing while the move has no date.
    pub tables_leave_appendix_ah: Option<NaiveDate>,
}

/// The route of a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// An SSI Improvement Proposal.
    Ssi,
    /// A Modification Proposal under SEC Section D.
    SectionD {
        /// Why; at least one reason.
        reasons: Vec<SectionDReason>,
    },
}

/// Why a proposal needs a Section D Modification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionDReason {
    /// It changes how Users connect.
    ChangesConnection,
    /// It changes access rights.
    ChangesAccessRights,
    /// It changes tables that are still SEC text.
    ChangesAppendixAh {
        /// When the tables leave SEC text, if that is known.
        until: Option<NaiveDate>,
    },
}

/// The route of a proposal with these changes on a given London date.
///
/// Connection and access rights always need a Modification; the role and domain tables do until they leave Appendix AH.
pub fn route(changes: &BTreeSet<AccessChange>, on: NaiveDate, boundary: Boundary) -> Route {
    let reasons: Vec<_> = changes.iter().filter_map(|change| reason(*change, on, boundary)).collect();
    if reasons.is_empty() { Route::Ssi } else { Route::SectionD { reasons } }
}

fn reason(change: AccessChange, on: NaiveDate, boundary: Boundary) -> Option<SectionDReason> {
    let until = boundary.tables_leave_appendix_ah;
    match change {
        AccessChange::Connection => Some(SectionDReason::ChangesConnection),
        AccessChange::AccessRights => Some(SectionDReason::ChangesAccessRights),
        AccessChange::RoleAndDomainTables if until.is_some_and(|until| on >= until) => None,
        AccessChange::RoleAndDomainTables => Some(SectionDReason::ChangesAppendixAh { until }),
    }
}

impl Display for SectionDReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ChangesConnection => f.write_str("It changes how Users connect to the SSI."),
            Self::ChangesAccessRights => f.write_str("It changes the access rights granted to Users."),
            Self::ChangesAppendixAh { until } => {
                f.write_str("It changes the role or domain tables, which are text of SEC Appendix AH")?;
                match until {
                    Some(until) => write!(f, " until {}.", until.format("%-d %B %Y")),
                    None => f.write_str("."),
                }
            }
        }
    }
}

impl Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::SectionD { reasons } = self else {
            return f.write_str("This is an SSI Improvement Proposal.");
        };
        f.write_str("This needs a Modification Proposal under SEC Section D.")?;
        reasons.iter().try_for_each(|reason| write!(f, " {reason}"))
    }
}
