//! Which SIP a change comes from.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

/// The longest name of a SIP, in characters.
const LONGEST: usize = 40;

/// A SIP by its number or reference, such as `SIP-0001`; in capitals, whatever was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SipName(String);

/// A text that names no SIP.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} names no SIP: write its number or reference, such as SIP-0001 or P-2026-0001")]
pub struct NotASip {
    /// The beginning of what was given.
    pub given: String,
}

impl SipName {
    /// Reads the number or reference of a SIP.
    ///
    /// # Errors
    ///
    /// [`NotASip`] for anything but 1 to 40 letters, digits and hyphens.
    pub fn parse(text: &str) -> Result<Self, NotASip> {
        let text = text.trim();
        let sound = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && (1..=LONGEST).contains(&text.len());
        if sound {
            Ok(Self(text.to_ascii_uppercase()))
        } else {
            Err(NotASip { given: text.chars().take(60).collect() })
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Display for SipName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for SipName {
    type Error = NotASip;

    fn try_from(text: String) -> Result<Self, NotASip> {
        Self::parse(&text)
    }
}

impl From<SipName> for String {
    fn from(name: SipName) -> Self {
        name.0
    }
}
