//! Working Days.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number of Working Days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkingDays(u16);

impl WorkingDays {
    /// So many Working Days.
    pub fn new(days: u16) -> Self {
        Self(days)
    }

    /// The number.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl Serialize for WorkingDays {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{}wd", self.0))
    }
}

impl<'de> Deserialize<'de> for WorkingDays {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.trim_end_matches("wd").parse().map(Self).map_err(serde::de::Error::custom)
    }
}
