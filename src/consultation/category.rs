//! The categories of SEC Party, as data and as consultations print them (R10).

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

/// A category of SEC Party. The order is the one in which respondents are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
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
    /// DCC, which is a Party too (R1).
    Dcc,
}

impl Category {
    /// Every category, in the order in which respondents are listed.
    pub const ALL: [Self; 6] = [
        Self::LargeSupplier,
        Self::SmallSupplier,
        Self::ElectricityNetworkOperator,
        Self::GasNetworkOperator,
        Self::OtherSecParty,
        Self::Dcc,
    ];

    /// What the tables of a collation print, where both kinds of network are one "Network Party".
    pub fn printed(self) -> &'static str {
        match self {
            Self::ElectricityNetworkOperator | Self::GasNetworkOperator => "Network Party",
            Self::LargeSupplier => "Large Supplier",
            Self::SmallSupplier => "Small Supplier",
            Self::OtherSecParty => "Other SEC Party",
            Self::Dcc => "DCC",
        }
    }
}

impl Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ElectricityNetworkOperator => "Electricity Network Operator",
            Self::GasNetworkOperator => "Gas Network Operator",
            other => other.printed(),
        })
    }
}
