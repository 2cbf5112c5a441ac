//! How often each answer was given, by Party category.

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

use super::category::Category;
use super::pack::{Row, Shown};

/// Answers that count as the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// "Yes" and nothing more, in any capitals.
    Yes,
    /// "No".
    No,
    /// "Neutral".
    Neutral,
    /// "Unknown".
    Unknown,
    /// "N/A".
    NotApplicable,
    /// Any other words: nobody reads a meaning into them.
    Other,
    /// Nothing.
    Blank,
    /// Not for this reader to know.
    Withheld,
}

/// How often one answer was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The answer.
    pub group: Group,
    /// How many Parties of each category gave it; categories that gave none are left out.
    pub counts: BTreeMap<Category, u32>,
}

impl Group {
    /// The group an answer belongs to: only its capitals and the spaces around it are overlooked.
    pub fn of(answer: &str) -> Self {
        match answer.trim().to_lowercase().as_str() {
            "yes" => Self::Yes,
            "no" => Self::No,
            "neutral" => Self::Neutral,
            "unknown" => Self::Unknown,
            "n/a" => Self::NotApplicable,
            "" => Self::Blank,
            _ => Self::Other,
        }
    }
}

impl Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Yes => "Yes",
            Self::No => "No",
            Self::Neutral => "Neutral",
            Self::Unknown => "Unknown",
            Self::NotApplicable => "N/A",
            Self::Other => "Other",
            Self::Blank => "No answer",
            Self::Withheld => "Withheld",
        })
    }
}

impl Tally {
    /// How many Parties gave the answer.
    pub fn total(&self) -> u32 {
        self.counts.values().sum()
    }

    /// The counts as printed, both kinds of network together, in the order of categories.
    pub fn printed(&self) -> Vec<(&'static str, u32)> {
        let mut printed: Vec<(&'static str, u32)> = Vec::new();
        for (category, count) in &self.counts {
            match printed.iter_mut().find(|(name, _)| *name == category.printed()) {
                Some((_, sum)) => *sum += count,
                None => printed.push((category.printed(), *count)),
            }
        }
        printed
    }
}

/// Counts the answers of a table.
pub(super) fn tally(rows: &[Row]) -> Vec<Tally> {
    let mut groups: BTreeMap<Group, BTreeMap<Category, u32>> = BTreeMap::new();
    for row in rows {
        let group = match &row.answer {
            Shown::Given(answer) | Shown::Confidential(answer) => Group::of(answer),
            Shown::Withheld => Group::Withheld,
        };
        *groups.entry(group).or_default().entry(row.respondent.category).or_default() += 1;
    }
    groups.into_iter().map(|(group, counts)| Tally { group, counts }).collect()
}
