//! The parts of a response that can be confidential on their own (R37).

use std::fmt::{self, Display};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fault::excerpt;
use super::ids::{QuestionNumber, SipId};

/// A part of a response, written as `Q1`, `Q1.answer`, `Q1.rationale`, `SIP-0001.impact`, `SIP-0001.cost`, `comments` or
/// `attachments`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Part {
    /// Everything said to a question.
    Question(QuestionNumber),
    /// The answer to a question alone.
    Answer(QuestionNumber),
    /// The rationale of an answer alone.
    Rationale(QuestionNumber),
    /// What a SIP means for the Party.
    Impact(SipId),
    /// What a SIP costs the Party.
    Cost(SipId),
    /// The comments on the whole.
    Comments,
    /// The attachments to the whole.
    Attachments,
}

/// A text names no part of a response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no part of a response: write Q1, Q1.answer, Q1.rationale, SIP-0001.impact, SIP-0001.cost, comments or \
     attachments"
)]
pub struct PartError(String);

impl Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Question(number) => write!(f, "{number}"),
            Self::Answer(number) => write!(f, "{number}.answer"),
            Self::Rationale(number) => write!(f, "{number}.rationale"),
            Self::Impact(sip) => write!(f, "{sip}.impact"),
            Self::Cost(sip) => write!(f, "{sip}.cost"),
            Self::Comments => f.write_str("comments"),
            Self::Attachments => f.write_str("attachments"),
        }
    }
}

impl FromStr for Part {
    type Err = PartError;

    fn from_str(text: &str) -> Result<Self, PartError> {
        let part = match text.rsplit_once('.') {
            None if text == "comments" => Some(Self::Comments),
            None if text == "attachments" => Some(Self::Attachments),
            None => text.parse().ok().map(Self::Question),
            Some((of, "answer")) => of.parse().ok().map(Self::Answer),
            Some((of, "rationale")) => of.parse().ok().map(Self::Rationale),
            Some((of, "impact")) => SipId::parse(of).ok().map(Self::Impact),
            Some((of, "cost")) => SipId::parse(of).ok().map(Self::Cost),
            Some(_) => None,
        };
        part.ok_or_else(|| PartError(excerpt(text)))
    }
}

impl TryFrom<String> for Part {
    type Error = PartError;

    fn try_from(text: String) -> Result<Self, PartError> {
        text.parse()
    }
}

impl From<Part> for String {
    fn from(part: Part) -> Self {
        part.to_string()
    }
}
