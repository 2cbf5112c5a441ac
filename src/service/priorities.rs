//! The list of priorities: every SIP under consideration in the order it is taken (R23, R25).
//!
//! A SIP joins it on acceptance where its score belongs, moves when DCC ranks it by hand, and leaves when it ends. Each
//! change is made in the transaction that causes it and has its own entry in the journal, from which the whole list
//! follows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::app::App;
use super::call::Call;
use super::criteria;
use super::error::ServiceError;
use super::loaded::{Loaded, load};
use super::settle::{Journalled, append};
use crate::sip::prioritisation::Score;
use crate::sip::ranking::{Judgement, PriorityList, Ranking, Reranked, join_by_score, leave, rerank};
use crate::sip::text::{Name, Reason};
use crate::sip::{Mend, SipReference};
use crate::store::{self, Source, WriteTx};
use crate::workflow::{Event, Facts, Missing, Refusal, Value, Why, system};

const SETTING: &str = "priorities";

/// What a change of the list is entered as in the journal.
const ACT: &str = "ranked";

/// A change of the list, as the journal holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Change {
    /// The SIP that joined, was ranked or left.
    pub(super) sip: SipReference,
    /// Its rank before, if it had one.
    pub(super) previous: Option<usize>,
    /// Its rank now; none where it left.
    pub(super) rank: Option<usize>,
    /// Why, by whom and when.
    #[serde(flatten)]
    pub(super) judgement: Judgement,
    /// Every entry that changed, this SIP's own included.
    pub(super) changes: Vec<Ranking>,
}

/// The list as it stands.
pub(super) async fn stored(source: &impl Source) -> Result<PriorityList, ServiceError> {
    let Some(json) = store::find_setting(source, SETTING).await? else { return Ok(PriorityList::default()) };
    serde_json::from_value(json).map_err(|error| ServiceError::damaged(SETTING, error))
}

/// The list as it follows from the journal alone.
pub(super) async fn replayed(source: &impl Source) -> Result<PriorityList, ServiceError> {
    let mut entries: BTreeMap<SipReference, Ranking> = BTreeMap::new();
    for entry in store::journal_of(source, SETTING).await?.into_iter().filter(|entry| entry.act == ACT) {
        let damaged = |error| ServiceError::damaged(format!("journal entry {}", entry.seq), error);
        let change: Change = serde_json::from_str(&entry.payload).map_err(damaged)?;
        entries.extend(change.changes.into_iter().map(|ranking| (ranking.sip, ranking)));
        if change.rank.is_none() {
            entries.remove(&change.sip);
        }
    }
    let entries: Vec<Ranking> = entries.into_values().collect();
    PriorityList::try_from(entries).map_err(|error| ServiceError::damaged("the list of priorities", error))
}

/// Scores a SIP that joins the list, by the criteria in force.
pub(super) async fn score(tx: &WriteTx, values: &Facts) -> Result<Score, ServiceError> {
    criteria::score(tx, values).await?.map_err(|faults| criteria::refused(&faults))
}

/// Puts a SIP on the list where its score belongs. One that is on it already keeps its rank.
pub(super) async fn take_in(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    loaded: &Loaded,
    events: &[Event],
) -> Result<(), ServiceError> {
    let (list, sip) = (stored(tx).await?, reference(loaded)?);
    let Some(score) = loaded.body.score.as_ref().filter(|_| list.find(sip).is_none()) else { return Ok(()) };
    let mut scores = BTreeMap::new();
    for entry in list.iter() {
        scores.extend(load(app, tx, &entry.sip.to_string()).await?.body.score.map(|score| (entry.sip, score)));
    }
    let reason = format!("It scores {} of {} by criteria {}.", score.total, score.out_of, score.criteria);
    let judgement = judgement(call, loaded, events, &reason)?;
    let reranked = join_by_score(&list, (sip, score), &scores, &judgement);
    let reranked = reranked.map_err(|error| ServiceError::damaged(SETTING, error))?;
    save(tx, call, (sip, judgement), &list, reranked).await
}

/// Gives a SIP the rank DCC has chosen.
pub(super) async fn rank(
    tx: &WriteTx,
    call: &Call<'_>,
    loaded: &Loaded,
    events: &[Event],
    (rank, reason): (i64, &str),
) -> Result<(), ServiceError> {
    let (list, sip) = (stored(tx).await?, reference(loaded)?);
    let judgement = judgement(call, loaded, events, reason)?;
    let refused = |what: String| wrong_field("rank", what);
    let rank = usize::try_from(rank).map_err(|_| refused(format!("there is no rank {rank}")))?;
    let reranked = rerank(&list, sip, rank, &judgement);
    let reranked = reranked.map_err(|error| refused(format!("{error}; {}", error.mend())))?;
    save(tx, call, (sip, judgement), &list, reranked).await
}

/// Takes a SIP that has ended off the list, if it is on it, and closes the gap.
pub(super) async fn let_go(
    tx: &WriteTx,
    call: &Call<'_>,
    loaded: &Loaded,
    events: &[Event],
) -> Result<(), ServiceError> {
    if loaded.record.sip_number.is_none() {
        return Ok(());
    }
    let (list, sip) = (stored(tx).await?, reference(loaded)?);
    if list.find(sip).is_none() {
        return Ok(());
    }
    let state = loaded.definition.states.get(&loaded.case().state);
    let ends = state.and_then(|state| state.ends.clone()).unwrap_or_else(|| "It has ended.".to_owned());
    let judgement = judgement(call, loaded, events, &ends)?;
    let reranked = leave(&list, sip, &judgement).map_err(|error| ServiceError::damaged(SETTING, error))?;
    save(tx, call, (sip, judgement), &list, reranked).await
}

async fn save(
    tx: &WriteTx,
    call: &Call<'_>,
    (sip, judgement): (SipReference, Judgement),
    before: &PriorityList,
    reranked: Reranked,
) -> Result<(), ServiceError> {
    let rank = |list: &PriorityList| list.find(sip).map(|entry| entry.rank);
    let Reranked { list, changes } = reranked;
    let change = Change { sip, previous: rank(before), rank: rank(&list), judgement, changes };
    store::put_setting(tx, SETTING, json!(list)).await?;
    append(tx, call.actor, call.now, Journalled::new(SETTING, ACT, json!(change))).await?;
    Ok(())
}

fn reference(loaded: &Loaded) -> Result<SipReference, ServiceError> {
    SipReference::parse(loaded.known_as()).map_err(|error| ServiceError::damaged(loaded.known_as(), error))
}

/// Why, by whom and when. Whoever acted is named by office and id: names stay out of the journal.
fn judgement(call: &Call<'_>, loaded: &Loaded, events: &[Event], reason: &str) -> Result<Judgement, ServiceError> {
    let role = events.iter().rev().find_map(|event| match event {
        Event::ActionTaken { role, .. } => Some(role),
        _ => None,
    });
    let by = match role.filter(|role| **role != system()) {
        Some(role) => format!("{} ({})", loaded.definition.title_of(role.as_str()), call.actor.id),
        None => call.actor.id.clone(),
    };
    let reason = Reason::parse(reason).map_err(|error| wrong_field("rank_reason", said(&error)))?;
    let by = Name::parse(&by).map_err(|error| ServiceError::wrong("actor", said(&error)))?;
    Ok(Judgement { reason, by, at: call.now })
}

fn said(error: &impl Mend) -> String {
    format!("{error}; {}", error.mend())
}

fn wrong_field(field: &str, what: String) -> ServiceError {
    let missing = vec![Missing { field: Some(field.to_owned()), what }];
    Refusal { missing, ..Refusal::because(Why::Incomplete) }.into()
}

/// Whether the SIP is on the list and the rank given is one of the list's, and which ranks there are.
pub(super) async fn rank_exists(
    source: &impl Source,
    loaded: &Loaded,
    values: &Facts,
) -> Result<(bool, Option<String>), ServiceError> {
    let (list, sip) = (stored(source).await?, reference(loaded)?);
    if list.find(sip).is_none() {
        return Ok((false, Some(format!("{sip} is not on the list"))));
    }
    let rank = match values.get("rank") {
        Some(Value::Number(rank)) => usize::try_from(*rank).unwrap_or(0),
        _ => 0,
    };
    let there = (1..=list.len()).contains(&rank);
    let ranks = if list.len() == 1 {
        "there is rank 1 only".to_owned()
    } else {
        format!("there are ranks 1 to {}", list.len())
    };
    Ok((there, (!there).then_some(ranks)))
}
