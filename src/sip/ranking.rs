//! The order in which SIPs are taken: who put which where, and why (R23, R25).
//!
//! A [`PriorityList`] holds every SIP under consideration, once, at ranks 1 to n. It changes only by
//! [`rerank`], [`join`], [`join_by_score`] and [`leave`], each of which returns every rank that changed with the rank
//! before.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::errors::Mend;
use super::prioritisation::Score;
use super::references::SipReference;
use super::text::{Name, Reason};

/// The rank of one SIP and how it came to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranking {
    /// The SIP.
    pub sip: SipReference,
    /// Its rank; 1 is taken first.
    pub rank: usize,
    /// The rank before the latest change, if it had one.
    pub previous: Option<usize>,
    /// What the latest change was.
    pub cause: RankCause,
    /// Why it was made, by whom and when.
    pub judgement: Judgement,
    /// The latest time somebody placed this very SIP, which explains its rank for as long as it stands.
    pub placed: Option<Judgement>,
}

/// What changed a rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RankCause {
    /// It was put where its score belongs.
    Scored,
    /// Somebody placed this SIP.
    Placed,
    /// Another SIP joined or was placed, and this one made way or moved up.
    MadeWay {
        /// The SIP that joined or was placed.
        moved: SipReference,
    },
    /// Another SIP left the list, and this one moved up.
    MovedUp {
        /// The SIP that left.
        left: SipReference,
    },
}

impl Display for RankCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scored => f.write_str("it was put where its score belongs"),
            Self::Placed => f.write_str("it was placed here"),
            Self::MadeWay { moved } => write!(f, "{moved} joined or was placed"),
            Self::MovedUp { left } => write!(f, "{left} left the list"),
        }
    }
}

/// Why somebody decided something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// The reason, for publication.
    pub reason: Reason,
    /// Who decided.
    pub by: Name,
    /// When.
    pub at: DateTime<Utc>,
}

/// Every SIP under consideration in the order it is taken: ranks 1 to n, each SIP once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Ranking>", into = "Vec<Ranking>")]
pub struct PriorityList(Vec<Ranking>);

/// A list after a change, and the entries that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reranked {
    /// The whole list.
    pub list: PriorityList,
    /// Every entry whose rank changed or that was placed, with its previous rank.
    pub changes: Vec<Ranking>,
}

/// Why a list could not be changed or read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RankError {
    /// The SIP is not on the list.
    #[error("{sip} is not on the list")]
    Absent {
        /// The SIP.
        sip: SipReference,
    },
    /// The SIP is on the list already.
    #[error("{sip} is on the list already")]
    Present {
        /// The SIP.
        sip: SipReference,
    },
    /// There is no such rank.
    #[error("there is no rank {rank}")]
    NoSuchRank {
        /// The rank asked for.
        rank: usize,
        /// The last rank there is.
        last: usize,
    },
    /// The ranks read do not run from 1 upwards, each once.
    #[error("the ranks do not run from 1 to {count}")]
    Gaps {
        /// How many entries there are.
        count: usize,
    },
}

impl Mend for RankError {
    fn mend(&self) -> String {
        match self {
            Self::Absent { .. } => "add it to the list first".to_owned(),
            Self::Present { .. } => "move it instead, or leave it in once".to_owned(),
            Self::NoSuchRank { last, .. } => format!("choose a rank from 1 to {last}"),
            Self::Gaps { .. } => "give every entry its own rank without gaps".to_owned(),
        }
    }
}

impl PriorityList {
    /// The list in order of score, the highest first; equal scores stand in order of reference.
    ///
    /// # Errors
    ///
    /// [`RankError::Present`] when a SIP is given twice.
    pub fn by_score(scores: &[(SipReference, &Score)], judgement: &Judgement) -> Result<Self, RankError> {
        let mut sorted = scores.to_vec();
        sorted.sort_by(|(one, score), (other, than)| than.compare(score).then_with(|| one.cmp(other)));
        let entries = sorted.iter().zip(1..).map(|((sip, _), rank)| Ranking {
            sip: *sip,
            rank,
            previous: None,
            cause: RankCause::Scored,
            judgement: judgement.clone(),
            placed: None,
        });
        Self::try_from(entries.collect::<Vec<_>>())
    }

    /// The entries, rank 1 first.
    pub fn iter(&self) -> impl Iterator<Item = &Ranking> {
        self.0.iter()
    }

    /// How many SIPs are on the list.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entry of one SIP.
    pub fn find(&self, sip: SipReference) -> Option<&Ranking> {
        self.0.iter().find(|entry| entry.sip == sip)
    }

    fn order_without(&self, sip: SipReference) -> Vec<SipReference> {
        self.iter().map(|entry| entry.sip).filter(|other| *other != sip).collect()
    }
}

impl TryFrom<Vec<Ranking>> for PriorityList {
    type Error = RankError;

    fn try_from(mut entries: Vec<Ranking>) -> Result<Self, RankError> {
        let mut seen = BTreeSet::new();
        if let Some(twice) = entries.iter().find(|entry| !seen.insert(entry.sip)) {
            return Err(RankError::Present { sip: twice.sip });
        }
        entries.sort_by_key(|entry| entry.rank);
        if entries.iter().zip(1..).any(|(entry, rank)| entry.rank != rank) {
            return Err(RankError::Gaps { count: entries.len() });
        }
        Ok(Self(entries))
    }
}

impl From<PriorityList> for Vec<Ranking> {
    fn from(list: PriorityList) -> Self {
        list.0
    }
}

/// Moves one SIP to a rank and shifts those between.
///
/// Placing a SIP where it stands is recorded too: somebody has confirmed its rank and said why.
///
/// # Errors
///
/// [`RankError::Absent`] or [`RankError::NoSuchRank`].
pub fn rerank(list: &PriorityList, sip: SipReference, to: usize, judgement: &Judgement) -> Result<Reranked, RankError> {
    list.find(sip).ok_or(RankError::Absent { sip })?;
    place(list, (sip, RankCause::Placed), to, list.len(), judgement)
}

/// Adds a SIP at a rank and shifts those behind it.
///
/// # Errors
///
/// [`RankError::Present`] or [`RankError::NoSuchRank`].
pub fn join(
    list: &PriorityList,
    sip: SipReference,
    at_rank: usize,
    judgement: &Judgement,
) -> Result<Reranked, RankError> {
    if list.find(sip).is_some() {
        return Err(RankError::Present { sip });
    }
    place(list, (sip, RankCause::Placed), at_rank, list.len() + 1, judgement)
}

/// Adds a SIP where its score belongs: before the first SIP of a lower score, behind all others.
///
/// SIPs that somebody has placed are passed over in looking for that rank, so that one of them out of the order of
/// scores moves no other. `scores` holds those of the SIPs on the list.
///
/// # Errors
///
/// [`RankError::Present`].
pub fn join_by_score(
    list: &PriorityList,
    (sip, score): (SipReference, &Score),
    scores: &BTreeMap<SipReference, Score>,
    judgement: &Judgement,
) -> Result<Reranked, RankError> {
    if list.find(sip).is_some() {
        return Err(RankError::Present { sip });
    }
    let is_lower = |entry: &&Ranking| {
        let theirs = scores.get(&entry.sip).filter(|_| entry.placed.is_none());
        theirs.is_some_and(|theirs| theirs.compare(score) == Ordering::Less)
    };
    let rank = list.iter().find(is_lower).map_or(list.len() + 1, |entry| entry.rank);
    place(list, (sip, RankCause::Scored), rank, list.len() + 1, judgement)
}

/// Takes a SIP off the list and closes the gap.
///
/// # Errors
///
/// [`RankError::Absent`].
pub fn leave(list: &PriorityList, sip: SipReference, judgement: &Judgement) -> Result<Reranked, RankError> {
    list.find(sip).ok_or(RankError::Absent { sip })?;
    let shift = Shift { moved: None, others: RankCause::MovedUp { left: sip }, judgement };
    Ok(settle(list, &list.order_without(sip), &shift))
}

/// A change of the list: the SIP that is put somewhere and how, why the others move, and on whose judgement.
struct Shift<'a> {
    moved: Option<(SipReference, RankCause)>,
    others: RankCause,
    judgement: &'a Judgement,
}

impl Shift<'_> {
    /// How this SIP itself is put somewhere, if it is.
    fn puts(&self, sip: SipReference) -> Option<RankCause> {
        self.moved.filter(|(moved, _)| *moved == sip).map(|(_, cause)| cause)
    }
}

fn place(
    list: &PriorityList,
    (sip, cause): (SipReference, RankCause),
    rank: usize,
    lowest: usize,
    judgement: &Judgement,
) -> Result<Reranked, RankError> {
    if !(1..=lowest).contains(&rank) {
        return Err(RankError::NoSuchRank { rank, last: lowest });
    }
    let mut order = list.order_without(sip);
    order.insert(rank - 1, sip);
    let shift = Shift { moved: Some((sip, cause)), others: RankCause::MadeWay { moved: sip }, judgement };
    Ok(settle(list, &order, &shift))
}

/// Gives each SIP its rank in the new order and picks out the entries that changed.
fn settle(list: &PriorityList, order: &[SipReference], shift: &Shift<'_>) -> Reranked {
    let entries = order.iter().zip(1..).map(|(sip, rank)| {
        let before = list.find(*sip);
        match before {
            Some(entry) if entry.rank == rank && shift.puts(*sip).is_none() => (entry.clone(), false),
            _ => (changed(*sip, rank, before, shift), true),
        }
    });
    let entries: Vec<_> = entries.collect();
    let changes = entries.iter().filter(|(_, changed)| *changed).map(|(entry, _)| entry.clone()).collect();
    Reranked { list: PriorityList(entries.into_iter().map(|(entry, _)| entry).collect()), changes }
}

fn changed(sip: SipReference, rank: usize, before: Option<&Ranking>, shift: &Shift<'_>) -> Ranking {
    let cause = shift.puts(sip).unwrap_or(shift.others);
    let placed = match cause {
        RankCause::Placed => Some(shift.judgement.clone()),
        _ => before.and_then(|entry| entry.placed.clone()),
    };
    let previous = before.map(|entry| entry.rank);
    Ranking { sip, rank, previous, cause, judgement: shift.judgement.clone(), placed }
}
