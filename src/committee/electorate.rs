//! Who may take part in a ballot, settled when it opens and never again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{Category, PersonId};
use super::terms::{Terms, Voting};

/// The seats of a body on one day, with their alternates, the chair and the deputy.
///
/// A ballot keeps its own, so that terms of reference adopted while it is open, or an appointment that ends, change
/// neither who may vote nor what the result is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Electorate {
    /// The seats, in the order of the terms.
    pub seats: Vec<Seat>,
    /// Who presides, where the chair was appointed on that day.
    pub chair: Option<PersonId>,
    /// Who presides in place of the chair, where a deputy was appointed on that day.
    pub deputy: Option<PersonId>,
    /// How many seats must take part; absent while the terms set no quorum (R50).
    pub quorum: Option<u32>,
}

/// One seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The member.
    pub member: PersonId,
    /// The Party category stood for.
    pub category: Category,
    /// The seat, or the organisation that holds it.
    pub seat: String,
    /// Whether it has an ordinary vote.
    pub vote: Voting,
    /// Whether a quorum is counted from it.
    pub quorum: InQuorum,
    /// Who may act for the member while the member is absent.
    pub alternates: Vec<PersonId>,
}

/// Whether a quorum is counted from a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InQuorum {
    /// It is one of those counted.
    Counts,
    /// It is not.
    DoesNotCount,
}

impl Electorate {
    /// Who may take part under these terms on a London date.
    pub fn of(terms: &Terms, on: NaiveDate) -> Self {
        let seats: Vec<Seat> = terms.sitting(on).map(|member| seat(terms, member)).collect();
        let sits = |person: &PersonId| seats.iter().any(|seat| seat.member == *person);
        let counted = seats.iter().filter(|seat| seat.quorum == InQuorum::Counts).count();
        let counted = u32::try_from(counted).unwrap_or(u32::MAX);
        Self {
            chair: Some(terms.chair.clone()).filter(|chair| sits(chair)),
            deputy: terms.deputy.clone().filter(|deputy| sits(deputy)),
            quorum: terms.quorum.map(|quorum| quorum.of(counted)),
            seats,
        }
    }

    /// The seat of a member.
    pub fn seat_of(&self, member: &PersonId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.member == *member)
    }

    /// The seats with an ordinary vote.
    pub fn voting(&self) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(|seat| seat.vote == Voting::Voting)
    }

    /// The seats a quorum is counted from.
    pub fn counted(&self) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(|seat| seat.quorum == InQuorum::Counts)
    }

    /// Whether a person is a member or an alternate.
    pub fn knows(&self, person: &PersonId) -> bool {
        self.seats.iter().any(|seat| seat.member == *person || seat.alternates.contains(person))
    }
}

fn seat(terms: &Terms, member: &super::terms::Member) -> Seat {
    let quorum = if terms.counts_for_quorum(member) { InQuorum::Counts } else { InQuorum::DoesNotCount };
    Seat {
        member: member.person.clone(),
        category: member.category.clone(),
        seat: member.seat.clone(),
        vote: terms.votes(member),
        quorum,
        alternates: member.alternates.clone(),
    }
}
