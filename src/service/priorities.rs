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
use crate::sip::ranking::{Judgement, PriorityList, RankError, Ranking, Reranked, join_by_score, leave, rerank};
use crate::sip::text::{Name, Reason};
use crate::sip::{Mend, SipReference};
use crate::store::{self, Source, WriteTx};
use crate::workflow::{Event, Facts, Missing, Refusal, RoleName, Value, Why, system};

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

/// How the list that is stored differs from what follows from the journal, if it does.
pub(super) async fn difference(source: &impl Source) -> Result<Option<String>, ServiceError> {
    match (stored(source).await, replayed(source).await) {
        (Ok(stored), Ok(replayed)) if stored == replayed => Ok(None),
        (Ok(_), Ok(_)) => Ok(Some("the list stored does not follow from its entries".to_owned())),
        (Err(ServiceError::Damaged { what, .. }), _) | (_, Err(ServiceError::Damaged { what, .. })) => {
            Ok(Some(format!("the list cannot be read ({what})")))
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

/// The list as it follows from the journal alone.
async fn replayed(source: &impl Source) -> Result<PriorityList, ServiceError> {
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

/// Brings the list into line with what happened to a SIP: it joined, it was ranked, or it has ended.
pub(super) async fn follow(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    loaded: &Loaded,
    events: &[Event],
) -> Result<(), ServiceError> {
    let cause = Cause { tx, call, role: role(events), loaded };
    for event in events {
        match event {
            Event::PrioritiesJoined => cause.take_in(app).await?,
            Event::Reranked { rank, reason } => cause.rank(*rank, reason).await?,
            _ => {}
        }
    }
    let is_numbered = loaded.record.sip_number.is_some();
    if is_numbered && loaded.record.closed_at.is_some() { cause.let_go().await } else { Ok(()) }
}

/// The role in which somebody acted; none where the process itself did.
fn role(events: &[Event]) -> Option<&RoleName> {
    let taken = events.iter().rev().find_map(|event| match event {
        Event::ActionTaken { role, .. } => Some(role),
        _ => None,
    });
    taken.filter(|role| **role != system())
}

/// What causes a change of the list: somebody, in a role, because of a SIP.
struct Cause<'a> {
    tx: &'a WriteTx,
    call: &'a Call<'a>,
    role: Option<&'a RoleName>,
    loaded: &'a Loaded,
}

impl Cause<'_> {
    /// Puts the SIP on the list where its score belongs. One that is on it already keeps its rank.
    async fn take_in(&self, app: &App) -> Result<(), ServiceError> {
        let (list, sip) = (stored(self.tx).await?, reference(self.loaded)?);
        let score = self.loaded.body.score.as_ref().filter(|_| list.find(sip).is_none());
        let Some(score) = score else { return Ok(()) };
        let mut scores = BTreeMap::new();
        for entry in list.iter() {
            let other = load(app, self.tx, &entry.sip.to_string()).await?;
            scores.extend(other.body.score.map(|score| (entry.sip, score)));
        }
        let reason = format!("It scores {} of {} by criteria {}.", score.total, score.out_of, score.criteria);
        let judgement = self.judgement(&reason)?;
        let joined = join_by_score(&list, (sip, score), &scores, &judgement);
        self.save(sip, judgement, &list, joined.map_err(|error| ServiceError::damaged(SETTING, error))?).await
    }

    /// Gives the SIP the rank somebody has chosen.
    async fn rank(&self, rank: i64, reason: &str) -> Result<(), ServiceError> {
        let (list, sip) = (stored(self.tx).await?, reference(self.loaded)?);
        let judgement = self.judgement(reason)?;
        let refused = |error: RankError| faulty("rank", said(&error));
        let reranked = rerank(&list, sip, usize::try_from(rank).unwrap_or(0), &judgement).map_err(refused)?;
        self.save(sip, judgement, &list, reranked).await
    }

    /// Takes the SIP off the list, if it is on it, and closes the gap.
    async fn let_go(&self) -> Result<(), ServiceError> {
        let (list, sip) = (stored(self.tx).await?, reference(self.loaded)?);
        if list.find(sip).is_none() {
            return Ok(());
        }
        let state = self.loaded.definition.states.get(&self.loaded.case().state);
        let ends = state.and_then(|state| state.ends.as_deref()).filter(|ends| Reason::parse(ends).is_ok());
        let judgement = self.judgement(ends.unwrap_or("It has ended."))?;
        let left = leave(&list, sip, &judgement).map_err(|error| ServiceError::damaged(SETTING, error))?;
        self.save(sip, judgement, &list, left).await
    }

    /// Why, by whom and when. Whoever acted is named by office and id: names stay out of the journal.
    fn judgement(&self, reason: &str) -> Result<Judgement, ServiceError> {
        let id = &self.call.actor.id;
        let by = match self.role {
            Some(role) => format!("{} ({id})", self.loaded.definition.title_of(role.as_str())),
            None => id.clone(),
        };
        let reason = Reason::parse(reason).map_err(|error| faulty("rank_reason", said(&error)))?;
        let by = Name::parse(&by).map_err(|error| ServiceError::wrong("actor", said(&error)))?;
        Ok(Judgement { reason, by, at: self.call.now })
    }

    async fn save(
        &self,
        sip: SipReference,
        judgement: Judgement,
        before: &PriorityList,
        Reranked { list, changes }: Reranked,
    ) -> Result<(), ServiceError> {
        let rank = |list: &PriorityList| list.find(sip).map(|entry| entry.rank);
        let change = Change { sip, previous: rank(before), rank: rank(&list), judgement, changes };
        store::put_setting(self.tx, SETTING, json!(list)).await?;
        let act = Journalled::new(SETTING, ACT, json!(change));
        append(self.tx, self.call.actor, self.call.now, act).await.map(|_| ())
    }
}

fn reference(loaded: &Loaded) -> Result<SipReference, ServiceError> {
    let no_sip = |_| ServiceError::wrong("case", format!("{} is not a SIP; only SIPs have ranks", loaded.known_as()));
    SipReference::parse(loaded.known_as()).map_err(no_sip)
}

fn said(error: &impl Mend) -> String {
    format!("{error}; {}", error.mend())
}

fn faulty(field: &str, what: String) -> ServiceError {
    let missing = vec![Missing { field: Some(field.to_owned()), what }];
    Refusal { missing, ..Refusal::because(Why::Incomplete) }.into()
}

/// Whether the SIP is on the list and the rank given is one of the list's, and which ranks there are.
pub(super) async fn rank_exists(
    source: &impl Source,
    loaded: &Loaded,
    values: &Facts,
) -> Result<(bool, Option<String>), ServiceError> {
    let list = stored(source).await?;
    if reference(loaded).ok().and_then(|sip| list.find(sip)).is_none() {
        return Ok((false, Some(format!("{} is not on the list", loaded.known_as()))));
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
