//! Party categories, as stated on a document and as understood (R10).

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::errors::{Mend, excerpt};
use super::text::Line;

/// The categories of SEC Party that documents use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyCategory {
    /// A Large Supplier.
    LargeSupplier,
    /// A Small Supplier.
    SmallSupplier,
    /// An Electricity Network Operator.
    ElectricityNetworkOperator,
    /// A Gas Network Operator.
    GasNetworkOperator,
    /// Any other SEC Party.
    OtherSecParty,
    /// The Data Communications Company, which is a Party too (R1).
    Dcc,
}

impl PartyCategory {
    /// Every category, in the order documents print them.
    pub const ALL: [Self; 6] = [
        Self::LargeSupplier,
        Self::SmallSupplier,
        Self::ElectricityNetworkOperator,
        Self::GasNetworkOperator,
        Self::OtherSecParty,
        Self::Dcc,
    ];

    /// Reads a category in any of the wordings documents use (`Gas Network Parties`).
    ///
    /// # Errors
    ///
    /// [`CategoryError`] for another wording, or for `Network Party`, which covers two categories.
    pub fn parse(text: &str) -> Result<Self, CategoryError> {
        match singular(text).as_str() {
            "large supplier" => Ok(Self::LargeSupplier),
            "small supplier" => Ok(Self::SmallSupplier),
            "electricity network" => Ok(Self::ElectricityNetworkOperator),
            "gas network" => Ok(Self::GasNetworkOperator),
            "other" | "other sec" => Ok(Self::OtherSecParty),
            "dcc" | "data communications company" => Ok(Self::Dcc),
            "network" => Err(CategoryError::EitherNetwork { given: excerpt(text) }),
            _ => Err(CategoryError::Unknown { given: excerpt(text) }),
        }
    }
}

impl Display for PartyCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LargeSupplier => "Large Supplier",
            Self::SmallSupplier => "Small Supplier",
            Self::ElectricityNetworkOperator => "Electricity Network Operator",
            Self::GasNetworkOperator => "Gas Network Operator",
            Self::OtherSecParty => "Other SEC Party",
            Self::Dcc => "DCC",
        })
    }
}

/// A category in the words of the document and as it was understood (R10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedCategory {
    /// What the document says.
    pub stated: Line<200>,
    /// Which category that is.
    pub category: PartyCategory,
}

impl StatedCategory {
    /// Reads a category and keeps its wording.
    ///
    /// # Errors
    ///
    /// As [`PartyCategory::parse`].
    pub fn parse(text: &str) -> Result<Self, CategoryError> {
        let category = PartyCategory::parse(text)?;
        let stated = Line::parse(text).map_err(|_| CategoryError::Unknown { given: excerpt(text) })?;
        Ok(Self { stated, category })
    }
}

/// Why a text is not a Party category.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CategoryError {
    /// The two network categories taken together.
    #[error("{given:?} may be either of two categories")]
    EitherNetwork {
        /// The beginning of what was given.
        given: String,
    },
    /// No category has this name.
    #[error("{given:?} is not a Party category")]
    Unknown {
        /// The beginning of what was given.
        given: String,
    },
}

impl Mend for CategoryError {
    fn mend(&self) -> String {
        match self {
            Self::EitherNetwork { .. } => "write Electricity Network Operator or Gas Network Operator".to_owned(),
            Self::Unknown { .. } => format!("write one of: {}", PartyCategory::ALL.map(|c| c.to_string()).join(", ")),
        }
    }
}

/// The wording in lower case and singular, without the nouns that add nothing.
fn singular(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c == '-' || c == '_').map(str::to_ascii_lowercase);
    let telling = words.filter(|word| !matches!(word.as_str(), "" | "operator" | "operators" | "party" | "parties"));
    let singular = telling.map(|word| match word.as_str() {
        "suppliers" => "supplier".to_owned(),
        "networks" => "network".to_owned(),
        _ => word,
    });
    singular.collect::<Vec<_>>().join(" ")
}
