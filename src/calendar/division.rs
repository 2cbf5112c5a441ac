//! Which part of the United Kingdom a bank holiday must be kept in to count.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The part of the United Kingdom whose bank holidays are not Working Days.
///
/// The public text of the Code names no part, so this is a setting, shown on every deadline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Division {
    /// Bank holidays in England and Wales: the default.
    #[default]
    EnglandAndWales,
    /// Bank holidays in Scotland.
    Scotland,
    /// Bank holidays in Northern Ireland.
    NorthernIreland,
    /// Bank holidays in England and Wales, or in Scotland, or in both.
    #[serde(rename = "gb-union")]
    GreatBritain,
    /// Bank holidays in any part of the United Kingdom.
    Union,
}

/// A text that names no [`Division`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a division: write england-and-wales, scotland, northern-ireland, gb-union or union")]
pub struct UnknownDivision(String);

impl Division {
    /// Every division.
    pub const ALL: [Self; 5] =
        [Self::EnglandAndWales, Self::Scotland, Self::NorthernIreland, Self::GreatBritain, Self::Union];

    /// The name used in settings and files, such as `england-and-wales`.
    pub fn name(self) -> &'static str {
        match self {
            Self::EnglandAndWales => "england-and-wales",
            Self::Scotland => "scotland",
            Self::NorthernIreland => "northern-ireland",
            Self::GreatBritain => "gb-union",
            Self::Union => "union",
        }
    }

    /// The name as people say it, such as "England and Wales".
    pub fn title(self) -> &'static str {
        match self {
            Self::EnglandAndWales => "England and Wales",
            Self::Scotland => "Scotland",
            Self::NorthernIreland => "Northern Ireland",
            Self::GreatBritain => "either part of Great Britain",
            Self::Union => "any part of the United Kingdom",
        }
    }
}

impl fmt::Display for Division {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Division {
    type Err = UnknownDivision;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|division| division.name() == text)
            .ok_or_else(|| UnknownDivision(text.chars().take(40).collect()))
    }
}

/// One value for each [`Division`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ByDivision<T> {
    england_and_wales: T,
    scotland: T,
    northern_ireland: T,
    great_britain: T,
    union: T,
}

impl<T> ByDivision<T> {
    /// Makes the value of each division.
    pub(super) fn from_fn(mut make: impl FnMut(Division) -> T) -> Self {
        Self {
            england_and_wales: make(Division::EnglandAndWales),
            scotland: make(Division::Scotland),
            northern_ireland: make(Division::NorthernIreland),
            great_britain: make(Division::GreatBritain),
            union: make(Division::Union),
        }
    }

    /// The value of one division.
    pub(super) fn get(&self, division: Division) -> &T {
        match division {
            Division::EnglandAndWales => &self.england_and_wales,
            Division::Scotland => &self.scotland,
            Division::NorthernIreland => &self.northern_ireland,
            Division::GreatBritain => &self.great_britain,
            Division::Union => &self.union,
        }
    }
}
