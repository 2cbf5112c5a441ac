//! The single document into which all responses are collated (R36): what it holds and who may see which of it (R37).

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::answers::Attachment;
use super::category::Category;
use super::collation::Title;
use super::contents::Numbered;
use super::ids::{PartyId, SipId};
use super::part::Part;
use super::tally::{Tally, tally};
use super::text::Statement;

/// A Party that is asked or has answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Respondent {
    /// Its id.
    pub party: PartyId,
    /// Its name.
    pub name: String,
    /// Its category.
    pub category: Category,
}

/// Whether a response was in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// Before the close.
    InTime,
    /// After it.
    Late,
}

/// Whom a collation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The body that decides, which sees every word.
    DecidingBody,
    /// Everybody, from whom confidential parts are withheld.
    Public,
}

/// Something a Party wrote, as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown<T> {
    /// To the letter.
    Given(T),
    /// To the letter, and not for the public.
    Confidential(T),
    /// Withheld as confidential. Nothing tells what or how much stood here, or whether anything did.
    Withheld,
}

/// All responses to one consultation side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collation {
    /// The consultation.
    pub title: Title,
    /// Whom it is for.
    pub audience: Audience,
    /// One section for each SIP in its order, then one for the questions about the whole.
    pub sections: Vec<Section>,
    /// What respondents said of the whole.
    pub comments: Vec<Comment>,
    /// Why parts are confidential; the public is not told.
    pub reasons: Vec<(Respondent, String, Statement)>,
    /// Late responses that do not count.
    pub aside: Vec<Aside>,
    /// The Parties that were asked and did not respond.
    pub silent: Vec<Respondent>,
    /// A secret that only the whole holds, so that nobody can guess a withheld word and test it by the digest.
    pub salt: Option<String>,
    /// The digest of the whole, stated in every copy of it.
    pub whole_digest: String,
    /// The digest of this copy.
    pub digest: String,
}

/// What was asked and answered about one SIP, or about the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The SIP; none for the whole.
    pub sip: Option<SipId>,
    /// Its title.
    pub title: String,
    /// Why the SIP left the consultation, if it did.
    pub left: Option<Statement>,
    /// A table for each question.
    pub questions: Vec<QuestionTable>,
    /// What the SIP means for each respondent.
    pub felt: Vec<Felt>,
}

/// A question and every answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionTable {
    /// The question.
    pub question: Numbered,
    /// A row for each respondent, in the same order everywhere.
    pub rows: Vec<Row>,
    /// How often each answer was given, by Party category.
    pub tally: Vec<Tally>,
}

/// What one respondent said to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Who.
    pub respondent: Respondent,
    /// Whether in time.
    pub timing: Timing,
    /// The answer.
    pub answer: Shown<String>,
    /// Why; a blank rationale is listed blank.
    pub rationale: Shown<String>,
    /// What was attached.
    pub attachments: Shown<Vec<Attachment>>,
}

/// What a SIP means for one respondent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Felt {
    /// Who.
    pub respondent: Respondent,
    /// Whether in time.
    pub timing: Timing,
    /// What it changes for the Party.
    pub impact: Shown<String>,
    /// What it costs the Party.
    pub cost: Shown<String>,
}

/// What one respondent said of the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Who.
    pub respondent: Respondent,
    /// Whether in time.
    pub timing: Timing,
    /// The comments.
    pub comments: Shown<String>,
    /// What was attached.
    pub attachments: Shown<Vec<Attachment>>,
}

/// A late response that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// Whose.
    pub respondent: Respondent,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// Why it does not count.
    pub why: WhyAside,
}

/// Why a late response does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyAside {
    /// It was decided so.
    NotAdmitted {
        /// Why.
        reason: Statement,
    },
    /// Nobody has decided yet.
    Undecided,
}

impl Respondent {
    /// The order of respondents in every table: by category, then by name, then by id.
    pub fn order(&self, other: &Self) -> Ordering {
        let key = |respondent: &Self| (respondent.category, respondent.name.to_lowercase(), respondent.party.clone());
        key(self).cmp(&key(other))
    }
}

impl<T> Shown<T> {
    /// What a reader sees, unless it is withheld.
    pub fn shown(&self) -> Option<&T> {
        match self {
            Self::Given(value) | Self::Confidential(value) => Some(value),
            Self::Withheld => None,
        }
    }

    fn public(self) -> Self {
        match self {
            Self::Confidential(_) => Self::Withheld,
            other => other,
        }
    }
}

impl Shown<String> {
    /// The text, or the mark that stands in its place.
    pub fn text(&self) -> &str {
        self.shown().map_or("[withheld: confidential]", String::as_str)
    }
}

impl Collation {
    /// The same for the public: confidential parts withheld, with a mark where they stood, and the reasons left out.
    #[must_use]
    pub fn public(&self) -> Self {
        let mut copy = self.clone();
        copy.audience = Audience::Public;
        copy.salt = None;
        copy.reasons = Vec::new();
        copy.sections = copy.sections.into_iter().map(Section::public).collect();
        copy.comments = copy.comments.into_iter().map(Comment::public).collect();
        copy.digest = copy.recomputed();
        copy
    }

    /// What was said by a Party to a part, if the Party's response counts and this copy shows that part.
    pub fn says(&self, party: &PartyId, part: &Part) -> bool {
        let by = |respondent: &Respondent| respondent.party == *party;
        match part {
            Part::Question(number) | Part::Answer(number) | Part::Rationale(number) => self
                .sections
                .iter()
                .flat_map(|section| &section.questions)
                .any(|table| table.question.number == *number && table.rows.iter().any(|row| by(&row.respondent))),
            Part::Impact(sip) | Part::Cost(sip) => self
                .sections
                .iter()
                .any(|section| section.sip.as_ref() == Some(sip) && section.felt.iter().any(|row| by(&row.respondent))),
            Part::Comments | Part::Attachments => self.comments.iter().any(|comment| by(&comment.respondent)),
        }
    }
}

impl Section {
    fn public(mut self) -> Self {
        for table in &mut self.questions {
            table.rows = std::mem::take(&mut table.rows).into_iter().map(Row::public).collect();
            table.tally = tally(&table.rows);
        }
        let public = |felt: Felt| Felt { impact: felt.impact.public(), cost: felt.cost.public(), ..felt };
        self.felt = self.felt.into_iter().map(public).collect();
        self
    }
}

impl Row {
    fn public(self) -> Self {
        Self {
            answer: self.answer.public(),
            rationale: self.rationale.public(),
            attachments: self.attachments.public(),
            ..self
        }
    }
}

impl Comment {
    fn public(self) -> Self {
        Self { comments: self.comments.public(), attachments: self.attachments.public(), ..self }
    }
}
