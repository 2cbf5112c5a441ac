//! Whether a change set changes what the SSI does, or only how well it does it (R68).

use serde::{Deserialize, Serialize};

use super::super::changes::{Change, ChangeSet, Kind};

/// What kind of change a change set is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeNature {
    /// It changes or takes away what the SSI does or who may do it.
    Functional,
    /// It changes how well the SSI does it, or only how the document says it.
    NonFunctional,
}

impl ChangeNature {
    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Functional => "functional",
            Self::NonFunctional => "non-functional",
        }
    }
}

/// What kind of change a change set is: one that touches a single functional item, or takes anything away, is functional.
pub fn nature(set: &ChangeSet) -> ChangeNature {
    let functional = |kind: Kind| match kind {
        Kind::Domain | Kind::ProcessMap | Kind::Component | Kind::Requirement | Kind::Role | Kind::Access => true,
        Kind::Driver | Kind::NonFunctional | Kind::Term | Kind::Reference => false,
    };
    let takes_away = |change: &Change| matches!(change, Change::Remove(_) | Change::Retire(_));
    let any = set.changes.iter().any(|change| functional(change.kind()) || takes_away(change));
    if any { ChangeNature::Functional } else { ChangeNature::NonFunctional }
}
