//! Everything that stands in the way of issuing a consultation, item by item (R29 to R34, R40, R53).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::contacts::Agreed;
use super::contents::{Frame, Hours, Proposal, Span};
use super::cycle::FEWEST_WORKING_DAYS;
use super::ids::SipId;
use crate::calendar::{Calendar, RegulatoryYear, WorkingDays, date_words};

/// A consultation that somebody wants to issue.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// What it says as a whole.
    pub frame: &'a Frame,
    /// Its SIPs in order, and what it says of each.
    pub sips: &'a [(SipId, Proposal)],
    /// Every Party to be asked.
    pub parties: &'a [Agreed],
    /// The days it opens and closes, once they are chosen.
    pub window: Option<Span>,
}

/// One thing that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocking {
    /// The SIP it is about; none if it is about the whole.
    pub sip: Option<SipId>,
    /// What it is about.
    pub item: Item,
    /// What is wrong.
    pub why: String,
    /// How to mend it.
    pub mend: String,
}

/// What can stand in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// It carries no SIP.
    Sips,
    /// The title of a SIP.
    Title,
    /// The proposer of a SIP.
    Proposer,
    /// The description of a SIP.
    Description,
    /// The benefits of a SIP.
    Benefits,
    /// The SEC Parties a SIP bears on.
    PartiesImpacted,
    /// Whether a SIP adds, amends or removes.
    Change,
    /// The anticipated cost of a SIP.
    Cost,
    /// The timescales of a SIP.
    Timescales,
    /// The reason for the rank of a SIP.
    Prioritisation,
    /// The Planned Maintenance a SIP asks for.
    Maintenance,
    /// The questions.
    Questions,
    /// The implementation window.
    Implementation,
    /// How long it is open.
    Window,
    /// The background.
    Background,
    /// What may later change.
    WhatMayChange,
    /// How the cost is recovered.
    CostRecovery,
    /// What has been committed this Regulatory Year.
    Spending,
    /// What happens next.
    NextSteps,
    /// Where to send questions.
    Contact,
    /// Who may read it.
    Classification,
    /// What else an urgent timetable moves.
    Urgency,
    /// A Party that cannot be reached.
    Contacts,
}

/// Everything that stands in the way of issuing a consultation; nothing if it may be issued.
pub fn blocking(draft: &Draft<'_>, calendar: &Calendar) -> Vec<Blocking> {
    let mut found = Vec::new();
    if draft.sips.is_empty() {
        found.push(whole(Item::Sips, "it carries no SIP", "add SIPs from the backlog (R28)"));
    }
    for (sip, proposal) in draft.sips {
        let of_sip = of_proposal(proposal, draft.frame.implementation);
        found.extend(of_sip.into_iter().map(|blocking| Blocking { sip: Some(sip.clone()), ..blocking }));
    }
    found.extend(of_frame(draft.frame));
    found.extend(draft.frame.implementation.and_then(straddles));
    found.extend(of_window(draft, calendar));
    found.extend(draft.parties.iter().filter_map(unreachable));
    found
}

fn whole(item: Item, why: impl Into<String>, mend: impl Into<String>) -> Blocking {
    Blocking { sip: None, item, why: why.into(), mend: mend.into() }
}

/// Whether something that must be there is there.
type Needed = (bool, Item, &'static str, &'static str);

fn absent(needed: impl IntoIterator<Item = Needed>) -> impl Iterator<Item = Blocking> {
    needed.into_iter().filter(|(there, ..)| !there).map(|(_, item, why, mend)| whole(item, why, mend))
}

fn of_proposal(proposal: &Proposal, batch: Option<Span>) -> Vec<Blocking> {
    let needed = [
        (proposal.title.is_some(), Item::Title, "it has no title", "give the SIP a title"),
        (proposal.proposer.is_some(), Item::Proposer, "the proposer is missing", "name the proposer (R29a)"),
        (proposal.description.is_some(), Item::Description, "the description is missing", "say what is asked (R29b)"),
        (!proposal.benefits.is_empty(), Item::Benefits, "the benefits are missing", "say what is gained (R29c)"),
        (
            !proposal.parties_impacted.is_empty(),
            Item::PartiesImpacted,
            "the SEC Parties impacted are missing",
            "name at least one category of Party (R29d)",
        ),
        (
            proposal.change.is_some(),
            Item::Change,
            "it does not say whether the SIP adds, amends or removes",
            "choose add, amend, remove or several (R29e)",
        ),
        (
            proposal.cost.is_some_and(|cost| 0 <= cost.low_pence && cost.low_pence <= cost.high_pence),
            Item::Cost,
            "the anticipated cost range is missing or the wrong way round",
            "give the least and the most in pence (R29f)",
        ),
        (
            proposal.timescales.is_some(),
            Item::Timescales,
            "the anticipated timescales are missing",
            "say how long developing and deploying take (R29g)",
        ),
        (
            proposal.prioritisation.is_some(),
            Item::Prioritisation,
            "the reason for its priority is missing",
            "say why it stands where it does among the SIPs (R25)",
        ),
        (
            proposal.maintenance.is_some(),
            Item::Maintenance,
            "the Planned Maintenance is missing",
            "give the time asked and the time left, nought if none is asked (R66)",
        ),
        (!proposal.questions.is_empty(), Item::Questions, "no question is asked about it", "ask at least one question"),
    ];
    let mut found: Vec<Blocking> = absent(needed).collect();
    found.extend(proposal.maintenance.and_then(too_much));
    found.extend(proposal.implementation.and_then(|span| straddles(span).or_else(|| outside(span, batch))));
    found
}

fn of_frame(frame: &Frame) -> impl Iterator<Item = Blocking> {
    absent([
        (frame.background.is_some(), Item::Background, "the background is missing", "say why there is a consultation"),
        (
            frame.what_may_change.is_some(),
            Item::WhatMayChange,
            "it does not say what may later change",
            "say what may change without further consultation, or that nothing may (R34)",
        ),
        (
            frame.cost_recovery.is_some(),
            Item::CostRecovery,
            "it does not say how the cost is recovered",
            "say how the cost is recovered (R40)",
        ),
        (
            frame.spending.is_some(),
            Item::Spending,
            "the cost committed so far this Regulatory Year is missing",
            "give what has been committed, and the budget if there is one (R40)",
        ),
        (
            frame.implementation.is_some(),
            Item::Implementation,
            "the implementation window is missing",
            "give the first and the last day, both in one Regulatory Year (R31)",
        ),
        (frame.next_steps.is_some(), Item::NextSteps, "the next steps are missing", "say what happens after it closes"),
        (frame.contact.is_some(), Item::Contact, "no contact is given", "say where to send questions about it"),
        (
            frame.urgency.as_ref().is_none_or(|urgency| urgency.what_else_moves.is_some()),
            Item::Urgency,
            "it does not say what else its urgent timetable moves",
            "say which timelines and costs move and which approved items could be dropped, or that none are (R38)",
        ),
        (frame.classification.is_some(), Item::Classification, "it has no classification", "say who may read it"),
    ])
}

fn too_much(hours: Hours) -> Option<Blocking> {
    (hours.asked_minutes > hours.left_minutes).then(|| {
        let why = format!("it asks for {} minutes and {} are left", hours.asked_minutes, hours.left_minutes);
        whole(Item::Maintenance, why, "ask for less, or deploy in another month (R66)")
    })
}

fn straddles(span: Span) -> Option<Blocking> {
    let year = RegulatoryYear::containing(span.from);
    let (from, to) = (date_words(span.from), date_words(span.to));
    let why = if span.to < span.from {
        format!("the implementation window ends on {to}, before it begins on {from}")
    } else if span.in_one_regulatory_year() {
        return None;
    } else {
        format!("the implementation window from {from} to {to} lies in more than one Regulatory Year")
    };
    let mend = format!("end it by {}, or begin it on {} (R31)", date_words(year.ends()), next_first(year));
    Some(whole(Item::Implementation, why, mend))
}

fn next_first(year: RegulatoryYear) -> String {
    year.ends().succ_opt().map(date_words).unwrap_or_default()
}

fn outside(span: Span, batch: Option<Span>) -> Option<Blocking> {
    let batch = batch.filter(|batch| span.from < batch.from || batch.to < span.to)?;
    let (from, to) = (date_words(batch.from), date_words(batch.to));
    let why = format!("its own implementation window lies outside that of the batch, {from} to {to}");
    Some(whole(Item::Implementation, why, "choose days within the window of the batch, or leave its own out"))
}

fn of_window(draft: &Draft<'_>, calendar: &Calendar) -> Option<Blocking> {
    let mend = "give the day it opens and the day it closes (R30)";
    let Some(Span { from, to }) = draft.window else {
        return Some(whole(Item::Window, "the window is missing", mend));
    };
    let known = calendar.is_working_day(to).and_then(|_| calendar.add(from, WorkingDays::new(FEWEST_WORKING_DAYS)));
    let earliest = match known {
        Ok(earliest) => earliest,
        Err(error) => return Some(whole(Item::Window, error.to_string(), mend)),
    };
    if to >= earliest || (to > from && urgent(draft.frame, to)) {
        return None;
    }
    let days = calendar.between(from, to).unwrap_or(0);
    let why = format!("the window from {} to {} has {days} Working Days", date_words(from), date_words(to));
    let mend = match &draft.frame.urgency {
        Some(urgency) => format!(
            "close on {} or later; the urgent timetable allows {} and no earlier (R30, R53)",
            date_words(earliest),
            date_words(urgency.closes_on)
        ),
        None => format!("close on {} or later (R30)", date_words(earliest)),
    };
    Some(whole(Item::Window, why, mend))
}

/// Whether an urgent timetable allows a close as early as this.
fn urgent(frame: &Frame, closes: NaiveDate) -> bool {
    frame.urgency.as_ref().is_some_and(|urgency| closes >= urgency.closes_on)
}

fn unreachable(agreed: &Agreed) -> Option<Blocking> {
    if agreed.usable().next().is_some() || agreed.waived.is_some() {
        return None;
    }
    let why = format!("{} ({}) has no usable contact", agreed.respondent.name, agreed.respondent.party);
    Some(whole(Item::Contacts, why, "nominate a contact for it, or waive that with a reason (R33)"))
}
