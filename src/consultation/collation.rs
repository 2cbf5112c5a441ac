//! Collating responses: copying them side by side, to the letter and in one order (R36).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answers::{Answer, Confidentiality, Effect};
use super::contents::{Issued, Numbered};
use super::ids::SipId;
use super::pack::{
    Aside, Audience, Collation, Comment, Felt, QuestionTable, Respondent, Row, Section, Shown, WhyAside,
};
use super::part::Part;
use super::response::{Response, Version};
use super::tally::tally;
use super::text::{Statement, Verbatim};

/// What a consultation is called, and when it is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The London day it opens.
    pub opens_on: NaiveDate,
    /// The London day it closes, at 17:00.
    pub closes_on: NaiveDate,
}

/// A response that counts, and whose it is.
struct Counted<'a> {
    respondent: &'a Respondent,
    version: &'a Version,
}

/// Puts the responses to a consultation side by side, for the body that decides.
///
/// Respondents stand in one order everywhere ([`Respondent::order`]). Each has a row in every table, blank where it said
/// nothing. The salt goes into the digest and into the whole copy only.
pub fn collate(
    issued: &Issued,
    left: &BTreeMap<SipId, Statement>,
    closes_on: NaiveDate,
    responses: &[Response],
) -> Collation {
    let counted = counted(responses);
    let mut collation = Collation {
        title: Title { closes_on, ..issued.title.clone() },
        audience: Audience::DecidingBody,
        sections: sections(issued, left, &counted),
        comments: counted.iter().map(comment).collect(),
        reasons: counted.iter().flat_map(reasons).collect(),
        aside: aside(responses),
        silent: silent(issued, responses),
        salt: Some(issued.salt.clone()),
        whole_digest: String::new(),
        digest: String::new(),
    };
    collation.digest = collation.recomputed();
    collation.whole_digest.clone_from(&collation.digest);
    collation
}

fn counted(responses: &[Response]) -> Vec<Counted<'_>> {
    let each = |response| {
        let response: &Response = response;
        Some(Counted { respondent: response.respondent.as_ref()?, version: response.counts()? })
    };
    let mut counted: Vec<_> = responses.iter().filter_map(each).collect();
    counted.sort_by(|one, other| one.respondent.order(other.respondent));
    counted
}

fn sections(issued: &Issued, left: &BTreeMap<SipId, Statement>, counted: &[Counted<'_>]) -> Vec<Section> {
    let questions = issued.questions();
    let about = |sip: Option<&SipId>| {
        let asked = questions.iter().filter(|question| question.sip.as_ref() == sip);
        asked.map(|question| table(question, counted)).collect::<Vec<_>>()
    };
    let of_sips = issued.sips.iter().map(|(sip, proposal)| Section {
        sip: Some(sip.clone()),
        title: proposal.title.as_ref().map(ToString::to_string).unwrap_or_default(),
        left: left.get(sip).cloned(),
        questions: about(Some(sip)),
        felt: counted.iter().map(|response| felt(sip, response)).collect(),
    });
    let of_whole = Section {
        sip: None,
        title: "The consultation as a whole".to_owned(),
        left: None,
        questions: about(None),
        felt: Vec::new(),
    };
    of_sips.chain((!of_whole.questions.is_empty()).then_some(of_whole)).collect()
}

fn table(question: &Numbered, counted: &[Counted<'_>]) -> QuestionTable {
    let rows: Vec<Row> = counted.iter().map(|response| row(question, response)).collect();
    QuestionTable { question: question.clone(), tally: tally(&rows), rows }
}

fn row(question: &Numbered, Counted { respondent, version }: &Counted<'_>) -> Row {
    let number = question.number;
    let blank = Answer::default();
    let answer = version.words.answers.get(&number).unwrap_or(&blank);
    let shown = |part| Showing { confidential: &version.words.confidential, part };
    Row {
        respondent: (*respondent).clone(),
        timing: version.timing,
        answer: shown(Part::Answer(number)).text(&answer.answer),
        rationale: shown(Part::Rationale(number)).text(&answer.rationale),
        attachments: shown(Part::Rationale(number)).value(answer.attachments.clone()),
    }
}

fn felt(sip: &SipId, Counted { respondent, version }: &Counted<'_>) -> Felt {
    let blank = Effect::default();
    let effect = version.words.sips.get(sip).unwrap_or(&blank);
    let shown = |part| Showing { confidential: &version.words.confidential, part };
    Felt {
        respondent: (*respondent).clone(),
        timing: version.timing,
        impact: shown(Part::Impact(sip.clone())).text(&effect.impact),
        cost: shown(Part::Cost(sip.clone())).text(&effect.cost),
    }
}

fn comment(Counted { respondent, version }: &Counted<'_>) -> Comment {
    let shown = |part| Showing { confidential: &version.words.confidential, part };
    Comment {
        respondent: (*respondent).clone(),
        timing: version.timing,
        comments: shown(Part::Comments).text(&version.words.comments),
        attachments: shown(Part::Attachments).value(version.words.attachments.clone()),
    }
}

/// How a part of a response is shown.
struct Showing<'a> {
    confidential: &'a Confidentiality,
    part: Part,
}

impl Showing<'_> {
    fn text(self, text: &Verbatim) -> Shown<String> {
        self.value(text.as_str().to_owned())
    }

    fn value<T>(self, value: T) -> Shown<T> {
        if self.confidential.covers(&self.part) { Shown::Confidential(value) } else { Shown::Given(value) }
    }
}

fn reasons(Counted { respondent, version }: &Counted<'_>) -> Vec<(Respondent, String, Statement)> {
    let each = |part: String, reason: &Statement| ((*respondent).clone(), part, reason.clone());
    match &version.words.confidential {
        Confidentiality::Nothing => Vec::new(),
        Confidentiality::Whole { reason } => vec![each("the whole response".to_owned(), reason)],
        Confidentiality::Parts(parts) => parts.iter().map(|(part, reason)| each(part.to_string(), reason)).collect(),
    }
}

fn aside(responses: &[Response]) -> Vec<Aside> {
    let of_response = |response: &Response| {
        let of_version = |(version, decision): (&Version, Option<&super::LateDecision>)| {
            Some(Aside {
                respondent: response.respondent.clone()?,
                received_at: version.at,
                why: decision
                    .map_or(WhyAside::Undecided, |decision| WhyAside::NotAdmitted { reason: decision.reason.clone() }),
            })
        };
        response.aside().filter_map(of_version).collect::<Vec<_>>()
    };
    let mut aside: Vec<Aside> = responses.iter().flat_map(of_response).collect();
    aside.sort_by(|one, other| {
        one.respondent.order(&other.respondent).then_with(|| one.received_at.cmp(&other.received_at))
    });
    aside
}

/// The Parties that were asked and from which nothing came, in time or late.
fn silent(issued: &Issued, responses: &[Response]) -> Vec<Respondent> {
    let heard: BTreeSet<_> =
        responses.iter().filter_map(|response| response.respondent.as_ref()).map(|one| &one.party).collect();
    let asked = issued.parties.iter().map(|agreed| &agreed.respondent);
    let mut silent: Vec<Respondent> = asked.filter(|one| !heard.contains(&one.party)).cloned().collect();
    silent.sort_by(Respondent::order);
    silent
}
