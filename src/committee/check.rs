//! What makes terms of reference contradict themselves.

use std::collections::BTreeSet;

use super::ids::PersonId;
use super::terms::{ChairVote, Delegation, Member, Quorum, Terms, Voting};

const LONGEST: usize = 2_000;

/// Something wrong in one place of the terms.
pub(super) struct Finding {
    /// The place, as a path from the beginning of the document.
    pub(super) path: String,
    /// What is wrong, without a full stop.
    pub(super) what: String,
    /// How to mend it, as a sentence.
    pub(super) mend: &'static str,
}

/// The findings so far.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, path: impl Into<String>, what: impl Into<String>, mend: &'static str) {
        self.0.push(Finding { path: path.into(), what: what.into(), mend });
    }

    fn text(&mut self, path: impl Into<String>, text: &str) {
        if text.trim().is_empty() {
            self.add(path, "this is blank", "Fill it in.");
        } else if text.chars().count() > LONGEST {
            self.add(path, "this is longer than 2,000 characters", "Shorten it.");
        }
    }

    fn id(&mut self, path: impl Into<String>, id: &str) {
        if id.is_empty() {
            self.add(path, "this is blank", "Give an id.");
        }
    }
}

/// Everything that contradicts itself.
pub(super) fn findings(terms: &Terms) -> Vec<Finding> {
    let mut found = Findings::default();
    found.id("body", terms.body.as_str());
    found.text("title", &terms.title);
    found.text("version", &terms.version);
    found.text("approved_by", &terms.approved_by);
    members(terms, &mut found);
    presiding(terms, &mut found);
    quorum(terms, &mut found);
    if terms.sub_committee_of.as_ref() == Some(&terms.body) {
        found.add("sub_committee_of", format!("{} is the body itself", terms.body), "Name the body it belongs to.");
    }
    for (index, delegation) in terms.delegations.iter().enumerate() {
        delegated(terms, &format!("delegations[{index}]"), delegation, &mut found);
    }
    found.0
}

fn members(terms: &Terms, found: &mut Findings) {
    if terms.members.is_empty() {
        found.add("members", "nobody is a member", "Name at least one member.");
    }
    let people: BTreeSet<&PersonId> = terms.members.iter().map(|member| &member.person).collect();
    let mut seen = BTreeSet::new();
    for (index, member) in terms.members.iter().enumerate() {
        let path = format!("members[{index}]");
        found.id(format!("{path}.person"), member.person.as_str());
        found.text(format!("{path}.seat"), &member.seat);
        if !seen.insert(&member.person) {
            let what = format!("{} is there twice", member.person);
            found.add(format!("{path}.person"), what, "Give each person one seat.");
        }
        if let (Some(from), Some(until)) = (member.from, member.until)
            && until < from
        {
            let what = format!("{until} is before {from}");
            found.add(format!("{path}.until"), what, "Put the first day of the appointment before the last.");
        }
        alternates(&path, member, &people, found);
    }
}

fn alternates(path: &str, member: &Member, people: &BTreeSet<&PersonId>, found: &mut Findings) {
    let mut seen = BTreeSet::new();
    for (index, alternate) in member.alternates.iter().enumerate() {
        let path = format!("{path}.alternates[{index}]");
        found.id(path.clone(), alternate.as_str());
        if people.contains(alternate) {
            let what = format!("{alternate} is a member");
            found.add(path, what, "Name an alternate who has no seat of their own.");
        } else if !seen.insert(alternate) {
            found.add(path, format!("{alternate} is there twice"), "Name each alternate once.");
        }
    }
}

fn presiding(terms: &Terms, found: &mut Findings) {
    let seat = |person: &PersonId| terms.members.iter().find(|member| member.person == *person);
    match seat(&terms.chair) {
        None => {
            let what = format!("{} is no member", terms.chair);
            found.add("chair", what, "Name a member, or add the chair to the members.");
        }
        Some(chair) if chair.vote == Voting::NonVoting && terms.chair_vote == ChairVote::OrdinaryAndCasting => {
            let what = "the chair has an ordinary vote, but the seat has none";
            found.add("chair_vote", what, "Let the seat vote, or give the chair the casting vote only.");
        }
        Some(chair) if !chair.sits(terms.in_force_from) => {
            let what = format!("{} does not sit on {}", terms.chair, terms.in_force_from);
            found.add("chair", what, "Name a member who sits when the terms come into force.");
        }
        Some(_) => {}
    }
    let Some(deputy) = &terms.deputy else { return };
    if *deputy == terms.chair {
        found.add("deputy", format!("{deputy} is the chair"), "Name another member, or leave the deputy out.");
    } else if seat(deputy).is_none() {
        found.add("deputy", format!("{deputy} is no member"), "Name a member, or leave the deputy out.");
    }
}

fn quorum(terms: &Terms, found: &mut Findings) {
    let seats = terms.members.iter().filter(|member| terms.counts_for_quorum(member)).count();
    match terms.quorum {
        Some(Quorum::Number(0)) => {
            found.add("quorum", "nobody at all is no quorum", "Give at least 1.");
        }
        Some(Quorum::Number(number)) if usize::try_from(number).is_ok_and(|number| number > seats) => {
            let what = format!("a quorum of {number} cannot be met by the {seats} seats that count towards it");
            found.add("quorum", what, "Give a number no larger than the seats that count.");
        }
        Some(Quorum::Ratio(ratio)) if ratio.num == 0 || ratio.num > ratio.den => {
            let what = format!("{}/{} is no share", ratio.num, ratio.den);
            found.add("quorum", what, "Give a share above nought and up to one, such as num 1 and den 2.");
        }
        _ => {}
    }
}

fn delegated(terms: &Terms, path: &str, delegation: &Delegation, found: &mut Findings) {
    if terms.sub_committee_of.is_none() {
        let what = format!("{} is nobody's Sub-Committee, so nothing can be delegated to it", terms.body);
        found.add(path, what, "Say in sub_committee_of whose it is, or leave the delegation out.");
    }
    found.text(format!("{path}.point"), &delegation.point);
    found.text(format!("{path}.reasons"), &delegation.reasons);
    let Delegation { from, until, decided_on, review_by, .. } = delegation;
    if let Some(until) = until.filter(|until| until < from) {
        found.add(format!("{path}.until"), format!("{until} is before {from}"), "Put the first day before the last.");
    }
    if decided_on > from {
        let what = format!("it was decided on {decided_on}, after it began on {from}");
        found.add(format!("{path}.decided_on"), what, "Let it begin on the day it was decided, or later.");
    }
    if review_by < from {
        let what = format!("the review by {review_by} is before it begins on {from}");
        found.add(format!("{path}.review_by"), what, "Review it after it has begun, within a year.");
    } else if a_year_after(*from).is_some_and(|latest| *review_by > latest) {
        let what = format!("the review by {review_by} is more than a year after {from}");
        found.add(format!("{path}.review_by"), what, "Review it at least once a year.");
    }
}

fn a_year_after(date: chrono::NaiveDate) -> Option<chrono::NaiveDate> {
    date.checked_add_months(chrono::Months::new(12))
}
