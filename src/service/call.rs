//! Who asks, when, and whether the same request may have come before.

use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actor::Actor;

/// The circumstances of a request.
#[derive(Debug, Clone)]
pub struct Call<'a> {
    /// Who asks.
    pub actor: &'a Actor,
    /// When (UTC, to the microsecond).
    pub now: DateTime<Utc>,
    /// The key under which the request is done at most once, if the caller gave one.
    pub once: Option<Once>,
}

/// A key chosen by the caller: the same key with the same request is done once, and answered alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// The key.
    pub key: String,
    /// Hash of the request; the same key with another request is a mistake.
    pub request_hash: String,
}

/// What a change came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// The reference of the case.
    pub reference: String,
    /// Its number, once it has one (R20).
    pub number: Option<String>,
    /// Its state now.
    pub state: String,
    /// Its revision now.
    pub revision: i64,
    /// The journal entry that records the change.
    pub journal_seq: i64,
}

impl<'a> Call<'a> {
    /// A request by `actor` at `now`.
    pub fn new(actor: &'a Actor, now: DateTime<Utc>) -> Self {
        Self { actor, now: now.trunc_subsecs(6), once: None }
    }

    /// The same request, done at most once under a key.
    #[must_use]
    pub fn once(self, once: Option<Once>) -> Self {
        Self { once, ..self }
    }
}
