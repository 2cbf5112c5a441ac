//! Who a paragraph or a row is, when it says so: `SSI-FR-6a`, `UC_Login_001`, `BFD05`.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The identity of a requirement, a functional component or any other thing that is called by an id.
///
/// Ids that differ only in case, or in `_` for `-`, are the same. Each is shown as it was printed.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Capitals, and `-` between the steps.
    known_as: String,
    printed: String,
}

const LONGEST: usize = 40;

impl Identity {
    /// Reads `text` as an id and nothing else; blanks around it do not count.
    ///
    /// An id begins with two capitals and holds a digit, and is made of letters, digits, `-` and `_`: a number alone is
    /// none, for numbers are given anew whenever something is added before them.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = text.len() <= LONGEST
            && text.bytes().take(2).filter(u8::is_ascii_uppercase).count() == 2
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            && text.bytes().any(|byte| byte.is_ascii_digit());
        fits.then(|| Self { known_as: text.replace('_', "-").to_ascii_uppercase(), printed: text.to_owned() })
    }

    /// The id that `text` begins with: its first word, without what punctuates it.
    pub fn leading(text: &str) -> Option<Self> {
        let first = text.split_whitespace().next()?;
        Self::parse(first.trim_matches(|letter: char| !letter.is_ascii_alphanumeric()))
    }
}

impl PartialEq for Identity {
    fn eq(&self, other: &Self) -> bool {
        self.known_as == other.known_as
    }
}

impl Eq for Identity {}

impl Hash for Identity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.known_as.hash(state);
    }
}

impl PartialOrd for Identity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Identity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.known_as.cmp(&other.known_as)
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed)
    }
}
