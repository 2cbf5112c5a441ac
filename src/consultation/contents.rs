//! What a consultation says of each SIP and of itself (R29 to R34, R38, R40, R66).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::category::Category;
use super::collation::Title;
use super::considered::Consideration;
use super::contacts::Agreed;
use super::ids::{PartyId, QuestionNumber, SipId};
use super::text::Statement;
use crate::calendar::RegulatoryYear;

/// What is said of one SIP. While the consultation is being prepared anything may still be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Proposal {
    /// Its title.
    pub title: Option<Statement>,
    /// Who proposed it (R29a).
    pub proposer: Option<Statement>,
    /// What it asks for (R29b).
    pub description: Option<Statement>,
    /// What is gained (R29c).
    pub benefits: Vec<Statement>,
    /// The SEC Parties it bears on (R29d).
    pub parties_impacted: Vec<Category>,
    /// Whether it adds to, amends or removes from what the SSI does (R29e).
    pub change: Option<Change>,
    /// The anticipated cost (R29f).
    pub cost: Option<Costs>,
    /// How long it is expected to take (R29g).
    pub timescales: Option<Timescales>,
    /// Why it stands where it does in the order of priorities (R25).
    pub prioritisation: Option<Statement>,
    /// When it is implemented, where that is narrower than the window of the batch (R31).
    pub implementation: Option<Span>,
    /// Planned Maintenance, asked and left (R66).
    pub maintenance: Option<Hours>,
    /// What Parties are asked about it.
    pub questions: Vec<Question>,
    /// What it does to the baseline, change by change, with what goes as `[-old-]` and what comes as `{+new+}`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub baseline: Vec<Statement>,
    /// Redlines and papers that belong to it.
    pub references: Vec<Reference>,
}

/// What a SIP does to the requirements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Adds.
    Add,
    /// Amends.
    Amend,
    /// Removes.
    Remove,
    /// More than one of these.
    Several,
}

/// An anticipated range of cost, in pence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// The least.
    pub low_pence: i64,
    /// The most.
    pub high_pence: i64,
}

/// How long developing and deploying are expected to take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timescales {
    /// To develop.
    pub develop: Statement,
    /// To deploy.
    pub deploy: Statement,
}

/// A span of days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// Minutes of Planned Maintenance for deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Minutes the deployment asks for; nought if none.
    pub asked_minutes: u32,
    /// Minutes that the month's allowance has left.
    pub left_minutes: u32,
}

/// Something Parties are asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question.
    pub text: Statement,
    /// What to write about, such as a rationale.
    pub prompt: Option<Statement>,
}

/// A document that belongs to the consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// What it is.
    pub title: Statement,
    /// Where it is found, or its number.
    pub reference: Statement,
}

/// What is said of the consultation as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Frame {
    /// Why there is a consultation and what became before it.
    pub background: Option<Statement>,
    /// What may later change without further consultation (R34).
    pub what_may_change: Option<Statement>,
    /// How the cost is recovered (R40).
    pub cost_recovery: Option<Statement>,
    /// What has been committed this Regulatory Year, against the budget (R40).
    pub spending: Option<Spending>,
    /// When the batch is implemented, within one Regulatory Year (R31).
    pub implementation: Option<Span>,
    /// What happens after it closes.
    pub next_steps: Option<Statement>,
    /// Where to send questions about it.
    pub contact: Option<Statement>,
    /// Who may read it, such as "Public".
    pub classification: Option<Statement>,
    /// The shorter window of an urgent timetable, where one was set (R38, R53).
    pub urgency: Option<Urgency>,
    /// Questions about no SIP in particular. They come after those about the SIPs.
    pub questions: Vec<Question>,
    /// The consultation that this one follows, if it is a second (R45, R46).
    pub follows: Option<Statement>,
}

/// What a Regulatory Year's changes have cost so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spending {
    /// The year.
    pub year: RegulatoryYear,
    /// Pence committed in it so far.
    pub committed_pence: i64,
    /// Pence it may cost; none where no budget has been set.
    pub budget_pence: Option<i64>,
}

/// A timetable shorter than the rule, and what gives way to it (R38, R53).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Urgency {
    /// The day the deciding body set for the close.
    pub closes_on: NaiveDate,
    /// Why it is urgent, in that body's words.
    pub reason: Statement,
    /// Which other timelines and costs move, and which approved items could be dropped.
    pub what_else_moves: Option<Statement>,
}

/// A question with its number, which never changes once the consultation is issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbered {
    /// Its number.
    pub number: QuestionNumber,
    /// The SIP it is about; none for one about the whole.
    pub sip: Option<SipId>,
    /// The question itself.
    pub question: Question,
}

/// What was issued, to whom: never changed afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Its reference and title, and the days it opens and closes as issued.
    pub title: Title,
    /// What it says as a whole.
    pub frame: Frame,
    /// The SIPs in their order, and what it says of each.
    pub sips: Vec<(SipId, Proposal)>,
    /// Every Party, with the contacts agreed for it or why it has none (R33).
    pub parties: Vec<Agreed>,
    /// What goes into the digest of the collation and is never published.
    pub salt: String,
}

/// The contents of one consultation, from its first draft to the responses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// What is to be said of the whole.
    pub frame: Frame,
    /// What is to be said of each SIP.
    pub proposals: BTreeMap<SipId, Proposal>,
    /// Parties that may go without a usable contact, and why (R33).
    pub waived: BTreeMap<PartyId, Statement>,
    /// What was issued.
    pub issued: Option<Issued>,
    /// SIPs that have left it since, and why (R32).
    pub left: BTreeMap<SipId, Statement>,
    /// What DCC made of the responses, the latest last (R35).
    pub considered: Vec<Consideration>,
    /// The digest of the collation that went to the deciding body, and when (R36).
    pub referred: Option<(String, DateTime<Utc>)>,
}

/// What happens to the contents of a consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentsEvent {
    /// What it says as a whole was written anew.
    FrameWritten(Box<Frame>),
    /// What it says of a SIP was written anew.
    ProposalWritten {
        /// The SIP.
        sip: SipId,
        /// What is said of it.
        proposal: Box<Proposal>,
    },
    /// A Party may go without a usable contact.
    ContactWaived {
        /// The Party.
        party: PartyId,
        /// Why.
        reason: Statement,
    },
    /// It was issued, and what it says is fixed.
    Issued(Box<Issued>),
    /// A SIP has left it.
    SipLeft {
        /// The SIP.
        sip: SipId,
        /// Why.
        reason: Statement,
    },
    /// DCC has considered the responses.
    Considered(Box<Consideration>),
    /// The collated responses went to the deciding body.
    Referred {
        /// The digest of the whole collation.
        digest: String,
    },
}

impl Contents {
    /// Applies what has happened.
    pub fn apply(&mut self, event: &ContentsEvent, at: DateTime<Utc>) {
        match event.clone() {
            ContentsEvent::FrameWritten(frame) => self.frame = *frame,
            ContentsEvent::ProposalWritten { sip, proposal } => {
                self.proposals.insert(sip, *proposal);
            }
            ContentsEvent::ContactWaived { party, reason } => {
                self.waived.insert(party, reason);
            }
            ContentsEvent::Issued(issued) => self.issued = Some(*issued),
            ContentsEvent::SipLeft { sip, reason } => {
                self.proposals.remove(&sip);
                if self.issued.is_some() {
                    self.left.insert(sip, reason);
                }
            }
            ContentsEvent::Considered(consideration) => self.considered.push(*consideration),
            ContentsEvent::Referred { digest } => self.referred = Some((digest, at)),
        }
    }
}

impl Proposal {
    /// What is written here, and what another draft says where nothing is.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            proposer: self.proposer.or(other.proposer),
            description: self.description.or(other.description),
            benefits: either(self.benefits, other.benefits),
            parties_impacted: either(self.parties_impacted, other.parties_impacted),
            change: self.change.or(other.change),
            cost: self.cost.or(other.cost),
            timescales: self.timescales.or(other.timescales),
            prioritisation: self.prioritisation.or(other.prioritisation),
            implementation: self.implementation.or(other.implementation),
            maintenance: self.maintenance.or(other.maintenance),
            questions: either(self.questions, other.questions),
            baseline: either(self.baseline, other.baseline),
            references: either(self.references, other.references),
        }
    }
}

impl Frame {
    /// What is written here, and what another draft says where nothing is.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            background: self.background.or(other.background),
            what_may_change: self.what_may_change.or(other.what_may_change),
            cost_recovery: self.cost_recovery.or(other.cost_recovery),
            spending: self.spending.or(other.spending),
            implementation: self.implementation.or(other.implementation),
            next_steps: self.next_steps.or(other.next_steps),
            contact: self.contact.or(other.contact),
            classification: self.classification.or(other.classification),
            urgency: self.urgency.or(other.urgency),
            questions: either(self.questions, other.questions),
            follows: self.follows.or(other.follows),
        }
    }
}

fn either<T>(one: Vec<T>, other: Vec<T>) -> Vec<T> {
    if one.is_empty() { other } else { one }
}

impl Issued {
    /// Every question with its number: those about each SIP in order, then those about the whole.
    pub fn questions(&self) -> Vec<Numbered> {
        let of_sips = self.sips.iter().flat_map(|(sip, proposal)| {
            proposal.questions.iter().map(move |question| (Some(sip.clone()), question.clone()))
        });
        let of_whole = self.frame.questions.iter().map(|question| (None, question.clone()));
        let numbered = |(number, (sip, question))| Numbered { number: QuestionNumber::new(number), sip, question };
        (1..).zip(of_sips.chain(of_whole)).map(numbered).collect()
    }

    /// What is said of a SIP.
    pub fn proposal(&self, sip: &SipId) -> Option<&Proposal> {
        self.sips.iter().find(|(id, _)| id == sip).map(|(_, proposal)| proposal)
    }

    /// What was agreed for a Party.
    pub fn party(&self, party: &PartyId) -> Option<&Agreed> {
        self.parties.iter().find(|agreed| agreed.respondent.party == *party)
    }
}

impl Span {
    /// Whether every day of it lies in one Regulatory Year (R31).
    pub fn in_one_regulatory_year(self) -> bool {
        RegulatoryYear::containing(self.from).contains(self.to)
    }
}
