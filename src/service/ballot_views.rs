//! Ballots as people see them. Everybody reads counts and reasoning once a ballot is over; who voted how is for the
//! members of the body and its secretary, and while it is open nobody but the secretary and the voter knows a vote.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::app::App;
use super::ballots::find_ballot;
use super::directory::directory;
use super::dossiers;
use super::error::ServiceError;
use super::loaded::load;
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::committee::{Ballot, Mode, Outcome, PersonId, Phase, Reader, Sees, explain, standing, tally};
use crate::store::Source;

/// A ballot as somebody may see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BallotView {
    /// Its reference.
    pub reference: String,
    /// The body that is asked.
    pub body: String,
    /// The case it is about: its number, or its reference before it has one.
    pub case: String,
    /// The point at which it is decided.
    pub point: String,
    /// The question.
    pub question: String,
    /// What may be chosen.
    pub options: Vec<BallotOptionView>,
    /// The papers before the body.
    pub papers: Vec<String>,
    /// The meeting it is held at; absent by correspondence.
    pub meeting: Option<String>,
    /// The London date on which it closes at 17:00; absent at a meeting.
    pub closes_on: Option<NaiveDate>,
    /// When it was opened (UTC).
    pub opened_at: Option<DateTime<Utc>>,
    /// `voting`, `casting_vote`, `closed` or `void`.
    pub phase: String,
    /// The version of the terms of reference it is held under.
    pub terms: String,
    /// Who has voted or abstained so far.
    pub voted: Vec<String>,
    /// While it is open: whose votes are still to come.
    pub waiting_for: Vec<String>,
    /// While it is open: how many more seats must take part for a quorum.
    pub short_of_quorum: u32,
    /// Who is to give the casting vote.
    pub casting_vote_by: Option<String>,
    /// Who voted how, as far as it is for the reader.
    pub votes: Vec<VoteView>,
    /// What came of it.
    pub result: Option<ResultView>,
    /// Why that is the result, sentence by sentence; of a ballot that is void, why it is.
    pub reasoning: Vec<String>,
    /// The reasons recorded for what was chosen.
    pub reasons: Vec<String>,
    /// The conditions recorded for what was chosen.
    pub conditions: Vec<String>,
}

/// An option of a ballot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BallotOptionView {
    /// Its name.
    pub name: String,
    /// Its name for readers.
    pub title: String,
    /// What is filled in if it is chosen.
    #[schema(value_type = Object)]
    pub proposed: BTreeMap<String, serde_json::Value>,
}

/// A vote that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VoteView {
    /// The member whose seat it is.
    pub seat: String,
    /// Who gave it.
    pub by: String,
    /// The option, `against` or `abstain`.
    pub choice: String,
    /// Why, where the voter said so.
    pub reason: Option<String>,
}

/// What came of a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResultView {
    /// The option chosen; absent where no determination was formed.
    pub option: Option<String>,
    /// Votes for each choice.
    pub votes: BTreeMap<String, u32>,
    /// How many abstained.
    pub abstained: u32,
    /// Why, in one word: `majority`, `casting_vote`, `not_quorate`, `no_majority` and so on.
    pub because: String,
}

/// A determination, formed or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeterminationView {
    /// The ballot that formed it.
    pub ballot: String,
    /// The body.
    pub body: String,
    /// The case.
    pub case: String,
    /// The point.
    pub point: String,
    /// The option chosen; absent where no determination was formed.
    pub option: Option<String>,
    /// London date of the count.
    pub counted_on: Option<NaiveDate>,
    /// Why that is the result, sentence by sentence.
    pub reasoning: Vec<String>,
}

/// A ballot, as `viewer` may see it.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is none.
pub async fn ballot(app: &App, reference: &str, viewer: Option<&Actor>) -> Result<BallotView, ServiceError> {
    let kept = find_ballot(&app.store, reference).await?;
    ballot_view(app, &app.store, &kept.body, viewer).await
}

/// Every ballot, or those on one case, as `viewer` may see them; the earliest first.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such case.
pub async fn ballots(app: &App, case: Option<&str>, viewer: Option<&Actor>) -> Result<Vec<BallotView>, ServiceError> {
    let mut views = Vec::new();
    for kept in kept(app, case).await? {
        views.push(ballot_view(app, &app.store, &kept, viewer).await?);
    }
    Ok(views)
}

async fn kept(app: &App, case: Option<&str>) -> Result<Vec<Ballot>, ServiceError> {
    let kept = match case {
        Some(case) => {
            let case = load(app, &app.store, case).await?;
            dossiers::of_parent::<Ballot>(&app.store, &case.record.reference).await?
        }
        None => dossiers::all::<Ballot>(&app.store).await?,
    };
    Ok(kept.into_iter().map(|kept| kept.body).collect())
}

/// What every ballot that was counted came to, or those on one case; the earliest first.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such case.
pub async fn determinations(app: &App, case: Option<&str>) -> Result<Vec<DeterminationView>, ServiceError> {
    let mut found = Vec::new();
    for ballot in kept(app, case).await?.into_iter().filter(|ballot| matches!(ballot.phase, Phase::Closed(_))) {
        let view = ballot_view(app, &app.store, &ballot, None).await?;
        found.push(DeterminationView {
            ballot: view.reference,
            body: view.body,
            case: view.case,
            point: view.point,
            option: view.result.and_then(|result| result.option),
            counted_on: ballot.ended_at.map(london_date),
            reasoning: view.reasoning,
        });
    }
    Ok(found)
}

/// Who somebody is towards a ballot.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Towards {
    Secretary,
    Member,
    Public,
}

fn towards(ballot: &Ballot, viewer: Option<&Actor>) -> Towards {
    let takes_part = |actor: &&Actor| super::ballots::people(ballot).any(|person| person.as_str() == actor.id);
    match viewer {
        Some(actor) if actor.holds("secas") => Towards::Secretary,
        Some(actor) if takes_part(&actor) => Towards::Member,
        _ => Towards::Public,
    }
}

/// How much of a ballot that is over `viewer` reads.
pub(super) fn sees(ballot: &Ballot, viewer: Option<&Actor>) -> Sees {
    match towards(ballot, viewer) {
        Towards::Secretary | Towards::Member => Sees::Votes,
        Towards::Public => Sees::Numbers,
    }
}

/// A ballot in the shape `viewer` may see.
pub(super) async fn ballot_view(
    app: &App,
    source: &impl Source,
    ballot: &Ballot,
    viewer: Option<&Actor>,
) -> Result<BallotView, ServiceError> {
    let directory = directory(app, source).await?;
    let name = |person: &PersonId| directory.name(person.as_str()).unwrap_or(person.as_str()).to_owned();
    let case = load(app, source, &ballot.opening.matter.case).await?.known_as().to_owned();
    let (opening, still, tally) = (&ballot.opening, standing(ballot), tally(ballot));
    let towards = towards(ballot, viewer);
    let sees = sees(ballot, viewer);
    let over = !ballot.is_open();
    let voted = tally.seats.iter().filter(|seat| seat.choice.is_some()).map(|seat| seat.member.to_string());
    let result = match &ballot.phase {
        Phase::Closed(outcome) => Some(result_view(&tally, outcome)),
        _ => None,
    };
    let chosen = result.as_ref().and_then(|result| result.option.clone()).unwrap_or_default();
    let given = ballot.reasons_for(&chosen).filter(|_| over);
    let given: Vec<_> = given.collect();
    Ok(BallotView {
        reference: opening.reference.clone(),
        body: opening.body.to_string(),
        case,
        point: opening.matter.point.clone(),
        question: opening.matter.question.clone(),
        options: option_views(ballot),
        papers: opening.papers.iter().map(|paper| paper.reference.clone()).collect(),
        meeting: match &opening.mode {
            Mode::Meeting { reference } => Some(reference.clone()),
            Mode::Correspondence { .. } => None,
        },
        closes_on: match &opening.mode {
            Mode::Meeting { .. } => None,
            Mode::Correspondence { closes_on } => Some(*closes_on),
        },
        opened_at: ballot.opened_at,
        phase: phase(ballot).to_owned(),
        terms: opening.terms.version.clone(),
        voted: voted.collect(),
        waiting_for: still.waiting_for.iter().map(ToString::to_string).collect(),
        short_of_quorum: still.short_of_quorum,
        casting_vote_by: still.casting_vote_by.map(|person| person.to_string()),
        votes: votes(ballot, towards, viewer),
        result,
        reasoning: if over { explain(ballot, &tally, Reader { sees, name: &name }) } else { Vec::new() },
        reasons: given.iter().map(|given| given.reasons.clone()).collect(),
        conditions: given.iter().filter_map(|given| given.conditions.clone()).collect(),
    })
}

fn option_views(ballot: &Ballot) -> Vec<BallotOptionView> {
    let option = |option: &crate::committee::BallotOption| BallotOptionView {
        name: option.name.clone(),
        title: option.title.clone(),
        proposed: option.proposed.clone(),
    };
    ballot.opening.options.iter().map(option).collect()
}

fn phase(ballot: &Ballot) -> &'static str {
    match ballot.phase {
        Phase::Unopened => "unopened",
        Phase::Voting => "voting",
        Phase::CastingVote => "casting_vote",
        Phase::Closed(_) => "closed",
        Phase::Void(_) => "void",
    }
}

/// The votes a reader may see: the secretary all, a voter their own, and members all once it is over.
fn votes(ballot: &Ballot, towards: Towards, viewer: Option<&Actor>) -> Vec<VoteView> {
    let seats = ballot.opening.electorate.seats.iter();
    let counting = seats.filter_map(|seat| ballot.vote_of(&seat.member));
    let for_reader = counting.filter(|vote| match towards {
        Towards::Secretary => true,
        Towards::Member => !ballot.is_open() || viewer.is_some_and(|actor| actor.id == vote.by.as_str()),
        Towards::Public => false,
    });
    let view = |vote: &crate::committee::Vote| VoteView {
        seat: vote.seat.to_string(),
        by: vote.by.to_string(),
        choice: vote.choice.to_string(),
        reason: vote.reason.clone(),
    };
    for_reader.map(view).collect()
}

fn result_view(tally: &crate::committee::Tally, outcome: &Outcome) -> ResultView {
    let word = |value: serde_json::Result<serde_json::Value>| {
        value.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    };
    let (option, because) = match outcome {
        Outcome::Formed { option, how } => (Some(option.clone()), word(serde_json::to_value(how))),
        Outcome::CastingVoteNeeded { .. } => (None, "casting_vote_needed".to_owned()),
        Outcome::NotQuorate { .. } => (None, "not_quorate".to_owned()),
        Outcome::NotFormed { why } => (None, word(serde_json::to_value(why))),
    };
    let votes = tally.votes.iter().map(|(choice, votes)| (choice.to_string(), *votes)).collect();
    ResultView { option, votes, abstained: tally.abstained, because }
}
