//! What a committee paper is built from.

use std::fmt;

use chrono::NaiveDate;

use super::filing::{Filing, Sitting, day};

/// A paper that puts one SIP, or one other matter, before a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitteePaper {
    /// What it is filed under.
    pub filing: Filing,
    /// Its title.
    pub title: String,
    /// The body it is for.
    pub body: String,
    /// The meeting it is for; absent while it is on no agenda.
    pub sitting: Option<Sitting>,
    /// What the body is to do with it.
    pub action: Action,
    /// Why it comes to the body now, by paragraph.
    pub purpose: Vec<String>,
    /// What it is about.
    pub proposal: ProposalSummary,
    /// What Parties answered; absent where nobody has been consulted yet.
    pub responses: Option<ResponseSummary>,
    /// What it costs (R48).
    pub costs: Costs,
    /// What validation and the Impact Assessment found, by area.
    pub impacts: Vec<Impact>,
    /// What has changed since it was consulted on or assessed (R45).
    pub material_changes: Vec<MaterialChange>,
    /// What may be decided at this point: the options of the determination, in words.
    pub options: Vec<String>,
    /// What the body is asked to do.
    pub recommendations: Vec<Recommendation>,
    /// Who wrote it.
    pub author: Author,
    /// What stands in Appendix A: what happens when.
    pub timetable: Vec<Milestone>,
    /// The documents attached, which become the appendices from B on.
    pub appendices: Vec<Appendix>,
}

/// What a body is to do with a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// To decide.
    Decision,
    /// To discuss.
    Discussion,
    /// To take note of.
    Information,
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Decision => "For Decision",
            Self::Discussion => "For Discussion",
            Self::Information => "For Information",
        })
    }
}

/// What a paper is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalSummary {
    /// Its reference, such as `SIP-0012`.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Who raised it.
    pub raised_by: String,
    /// For whom: the Party and its category.
    pub organisation: String,
    /// Who leads the work on it; empty where nobody is named.
    pub lead: String,
    /// Where it stands, in words.
    pub stage: String,
    /// What it proposes, by paragraph.
    pub summary: Vec<String>,
    /// Where the public register shows it.
    pub link: Option<String>,
}

/// What Parties answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseSummary {
    /// The reference of the consultation.
    pub consultation: String,
    /// The London date on which it closed.
    pub closed_on: NaiveDate,
    /// How many Parties were asked.
    pub asked: u32,
    /// How many answered.
    pub responded: u32,
    /// The answers to each question.
    pub questions: Vec<QuestionCount>,
    /// The pack that holds every response unaltered (R36).
    pub pack: PackReference,
    /// What DCC made of the responses, by paragraph (R35).
    pub consideration: Vec<String>,
}

/// The answers to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionCount {
    /// The question, with its number.
    pub question: String,
    /// How often each answer was given, by category. Categories and answers are shown in the order in which they first
    /// appear.
    pub counts: Vec<AnswerCount>,
}

/// How often one answer was given within one Party category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerCount {
    /// The Party category.
    pub category: String,
    /// The answer.
    pub answer: String,
    /// How many Parties gave it.
    pub parties: u32,
}

/// A pack of responses, and the digest that shows it is unaltered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackReference {
    /// Its reference.
    pub reference: String,
    /// The SHA-256 of its content, in hexadecimal.
    pub digest: String,
}

/// What a SIP was thought to cost, and what it costs now. Amounts are in words, such as `£52,300`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Costs {
    /// The band or range that Parties were consulted on.
    pub original: String,
    /// The figure now.
    pub now: String,
    /// Every figure there has been, the oldest first.
    pub history: Vec<CostFigure>,
}

/// One figure in the history of a cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostFigure {
    /// The stage at which it was given.
    pub stage: String,
    /// The London date on which it was given.
    pub on: NaiveDate,
    /// The figure, band or range.
    pub figure: String,
    /// What it rests on.
    pub basis: String,
}

/// What an Impact Assessment found in one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impact {
    /// The area, such as `Security`.
    pub area: String,
    /// What it found.
    pub effect: String,
}

/// One way in which the scope or cost differs from what was before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaterialChange {
    /// The test that found it, in words.
    pub test: String,
    /// What it was.
    pub before: String,
    /// What it is now.
    pub now: String,
}

/// One thing a body is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// The verb, shown in capitals.
    pub verb: Verb,
    /// The rest of the sentence, without a full stop.
    pub text: String,
}

/// What a body is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// To agree.
    Agree,
    /// To approve.
    Approve,
    /// To decide between the options.
    Determine,
    /// To discuss.
    Discuss,
    /// To take note.
    Note,
    /// To provide views or information.
    Provide,
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Agree => "AGREE",
            Self::Approve => "APPROVE",
            Self::Determine => "DETERMINE",
            Self::Discuss => "DISCUSS",
            Self::Note => "NOTE",
            Self::Provide => "PROVIDE",
        })
    }
}

/// Who wrote a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Their name.
    pub name: String,
    /// Their team.
    pub team: String,
}

/// One line of a progression timetable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// What happens.
    pub action: String,
    /// When.
    pub when: When,
}

/// When something happens, as timetables print it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// On a London date.
    On(NaiveDate),
    /// From one London date to another.
    Between(NaiveDate, NaiveDate),
    /// In the week that begins on a London date.
    WeekOf(NaiveDate),
    /// Not known yet.
    Open,
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(date) => f.write_str(&day(*date)),
            Self::Between(from, until) => write!(f, "{} to {}", day(*from), day(*until)),
            Self::WeekOf(date) => write!(f, "Week beginning {}", day(*date)),
            Self::Open => f.write_str("To be confirmed"),
        }
    }
}

/// A document attached to a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appendix {
    /// Its reference; empty where it has none.
    pub reference: String,
    /// What it is.
    pub document: String,
}
