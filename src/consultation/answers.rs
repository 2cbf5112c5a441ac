//! What a Party answers, as it arrives and as it is kept (R36, R37).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::contents::Issued;
use super::fault::Faults;
use super::ids::{QuestionNumber, SipId};
use super::part::Part;
use super::text::{Statement, Verbatim};

/// A response as somebody fills it in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawResponse {
    /// What is said to each question, by its number.
    pub answers: BTreeMap<String, RawAnswer>,
    /// What each SIP means for the Party, by the SIP's number.
    pub sips: BTreeMap<String, RawEffect>,
    /// Comments on the whole.
    pub comments: String,
    /// Attachments to the whole.
    pub attachments: Vec<Attachment>,
    /// What is confidential.
    pub confidential: RawConfidential,
}

/// What is said to a question, as filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawAnswer {
    /// The answer, in any words.
    pub answer: String,
    /// Why.
    pub rationale: String,
    /// Attachments to it.
    pub attachments: Vec<Attachment>,
}

/// What a SIP means for the Party, as filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawEffect {
    /// What it changes for the Party.
    pub impact: String,
    /// What it costs the Party.
    pub cost: String,
}

/// What is confidential, as filled in: the whole or parts, each with its reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawConfidential {
    /// Why the whole response is confidential.
    pub whole: Option<String>,
    /// Why each part is, such as `Q1.rationale`.
    pub parts: BTreeMap<String, String>,
}

/// A document sent with a response, by name and digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// The name of the file.
    pub name: Verbatim,
    /// Its SHA-256, in hexadecimal.
    pub digest: String,
}

/// What a Party said, to the letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// To each question.
    pub answers: BTreeMap<QuestionNumber, Answer>,
    /// Of each SIP.
    pub sips: BTreeMap<SipId, Effect>,
    /// Of the whole.
    pub comments: Verbatim,
    /// Attachments to the whole.
    pub attachments: Vec<Attachment>,
    /// What is confidential.
    pub confidential: Confidentiality,
}

/// What was said to a question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The answer: any text at all.
    pub answer: Verbatim,
    /// Why; it may be blank.
    pub rationale: Verbatim,
    /// Attachments to it.
    pub attachments: Vec<Attachment>,
}

/// What a SIP means for a Party.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// What it changes for the Party.
    pub impact: Verbatim,
    /// What it costs the Party.
    pub cost: Verbatim,
}

/// What a Party asked to be kept from the public, and why (R37).
///
/// Only this is a request: words in the text of a response, such as the disclaimer a mail system adds, are none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidentiality {
    /// Nothing.
    #[default]
    Nothing,
    /// All of it.
    Whole {
        /// Why.
        reason: Statement,
    },
    /// Some parts, each with its reason.
    Parts(BTreeMap<Part, Statement>),
}

impl Confidentiality {
    /// Whether a part is to be kept from the public: by itself, with its question, or with everything.
    pub fn covers(&self, part: &Part) -> bool {
        match self {
            Self::Nothing => false,
            Self::Whole { .. } => true,
            Self::Parts(parts) => parts.contains_key(part) || above(part).is_some_and(|all| parts.contains_key(&all)),
        }
    }
}

fn above(part: &Part) -> Option<Part> {
    match part {
        Part::Answer(number) | Part::Rationale(number) => Some(Part::Question(*number)),
        _ => None,
    }
}

impl Words {
    /// Reads a response to what was issued, without touching a letter of it.
    ///
    /// Questions about a SIP that has since left the consultation may be answered: what a Party says is kept.
    ///
    /// # Errors
    ///
    /// Everything that is wrong at once: questions and SIPs that are not in the consultation, texts too long or with
    /// control characters, a confidential part without a reason, or a response that says nothing.
    pub fn read(raw: &RawResponse, issued: &Issued) -> Result<Self, Faults> {
        let mut reader = Reader { issued, faults: Faults::default() };
        let words = Self {
            answers: raw.answers.iter().filter_map(|(number, answer)| reader.answer(number, answer)).collect(),
            sips: raw.sips.iter().filter_map(|(sip, effect)| reader.effect(sip, effect)).collect(),
            comments: reader.verbatim("comments", &raw.comments),
            attachments: reader.attachments("attachments", &raw.attachments),
            confidential: reader.confidential(&raw.confidential),
        };
        if words.says_nothing() && reader.faults.0.is_empty() {
            reader.faults.note("answers", "the response says nothing", "answer at least one question, or comment");
        }
        reader.faults.finish(words)
    }

    fn says_nothing(&self) -> bool {
        let answered = self
            .answers
            .values()
            .any(|answer| !answer.answer.is_blank() || !answer.rationale.is_blank() || !answer.attachments.is_empty());
        let felt = self.sips.values().any(|effect| !effect.impact.is_blank() || !effect.cost.is_blank());
        !answered && !felt && self.comments.is_blank() && self.attachments.is_empty()
    }
}

/// Reads a response and gathers what is wrong with it.
struct Reader<'a> {
    issued: &'a Issued,
    faults: Faults,
}

impl Reader<'_> {
    fn answer(&mut self, number: &str, raw: &RawAnswer) -> Option<(QuestionNumber, Answer)> {
        let place = format!("answers.{number}");
        let answer = Answer {
            answer: self.verbatim(&format!("{place}.answer"), &raw.answer),
            rationale: self.verbatim(&format!("{place}.rationale"), &raw.rationale),
            attachments: self.attachments(&format!("{place}.attachments"), &raw.attachments),
        };
        self.question(&place, number).map(|number| (number, answer))
    }

    fn effect(&mut self, sip: &str, raw: &RawEffect) -> Option<(SipId, Effect)> {
        let place = format!("sips.{sip}");
        let effect = Effect {
            impact: self.verbatim(&format!("{place}.impact"), &raw.impact),
            cost: self.verbatim(&format!("{place}.cost"), &raw.cost),
        };
        self.sip(&place, sip).map(|sip| (sip, effect))
    }

    fn verbatim(&mut self, place: &str, text: &str) -> Verbatim {
        let mend = "leave out what cannot be read, or attach it as a document";
        self.faults.keep(place, mend, Verbatim::parse(text)).unwrap_or_default()
    }

    fn attachments(&mut self, place: &str, given: &[Attachment]) -> Vec<Attachment> {
        for (index, attachment) in given.iter().enumerate() {
            let place = format!("{place}[{index}]");
            let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            if attachment.name.is_blank() {
                self.faults.note(&place, "the attachment has no name", "give the name of the file");
            }
            if attachment.digest.len() != 64 || !attachment.digest.bytes().all(hexadecimal) {
                self.faults.note(place, "the digest is not a SHA-256", "give 64 digits 0-9 and a-f");
            }
        }
        given.to_vec()
    }

    fn confidential(&mut self, raw: &RawConfidential) -> Confidentiality {
        if let Some(reason) = &raw.whole {
            if !raw.parts.is_empty() {
                let mend = "mark the whole or the parts";
                self.faults.note("confidential", "both the whole and parts of it are marked confidential", mend);
            }
            let reason = self.reason("confidential.whole", reason);
            return reason.map_or(Confidentiality::Nothing, |reason| Confidentiality::Whole { reason });
        }
        let parts: BTreeMap<Part, Statement> =
            raw.parts.iter().filter_map(|(part, reason)| self.part(part, reason)).collect();
        if parts.is_empty() { Confidentiality::Nothing } else { Confidentiality::Parts(parts) }
    }

    fn part(&mut self, part: &str, reason: &str) -> Option<(Part, Statement)> {
        let place = format!("confidential.parts.{part}");
        let reason = self.reason(&place, reason);
        let part: Part = self.faults.keep(&place, "name a part of the response", part.parse())?;
        match &part {
            Part::Question(number) | Part::Answer(number) | Part::Rationale(number) => {
                self.question(&place, &number.to_string())?;
            }
            Part::Impact(sip) | Part::Cost(sip) => {
                self.sip(&place, sip.as_str())?;
            }
            Part::Comments | Part::Attachments => {}
        }
        reason.map(|reason| (part, reason))
    }

    fn reason(&mut self, place: &str, reason: &str) -> Option<Statement> {
        let mend = "say why it should be kept from the public (R37)";
        self.faults.keep(place, mend, Statement::parse(reason))
    }

    fn question(&mut self, place: &str, number: &str) -> Option<QuestionNumber> {
        let asked = self.issued.questions().len();
        let mend = format!("use Q1 to Q{asked}");
        let number: QuestionNumber = self.faults.keep(place, &mend, number.parse())?;
        if self.issued.questions().iter().any(|question| question.number == number) {
            return Some(number);
        }
        self.faults.note(place, format!("there is no {number} in the consultation"), mend);
        None
    }

    fn sip(&mut self, place: &str, sip: &str) -> Option<SipId> {
        let names: Vec<&str> = self.issued.sips.iter().map(|(sip, _)| sip.as_str()).collect();
        let mend = format!("use one of {}", names.join(", "));
        let id = self.faults.keep(place, &mend, SipId::parse(sip))?;
        if self.issued.proposal(&id).is_some() {
            return Some(id);
        }
        self.faults.note(place, format!("{id} is not in the consultation"), mend);
        None
    }
}
