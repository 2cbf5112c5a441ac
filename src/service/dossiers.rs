//! Dossiers: what is kept beside the cases, such as a ballot, a response or the terms of reference of a body.
//!
//! A dossier is what its events come to. A change is entered as one journal entry and saved in the same transaction; a
//! dossier that does not follow from its entries is found by [`differences`].

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::call::Call;
use super::committees::Committee;
use super::error::ServiceError;
use super::settle::{Journalled, append};
use crate::committee::Ballot;
use crate::committee::meeting::Meeting;
use crate::consultation::{Contacts, ContactsReview, Contents, Cycle, Response};
use crate::store::{self, DossierRecord, Entry, Source, WriteTx};

/// Something kept beside the cases.
pub(super) trait Dossier: Clone + Default + PartialEq + Serialize + DeserializeOwned {
    /// What it is, in one word. In the journal its subject is `KIND:id`.
    const KIND: &'static str;
    /// Who reads its journal entries in full.
    const EYES: Eyes;
    /// What can happen to it.
    type Event: Clone + Serialize + DeserializeOwned;

    /// Follows an event that happened at `at` by the act of `by`, a person's id.
    fn apply(&mut self, event: &Self::Event, at: DateTime<Utc>, by: &str);
}

/// Who reads the journal entries of a dossier in full. Whoever made an entry always does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Eyes {
    /// Everybody.
    Everybody,
    /// DCC, SECAS and the deciding bodies.
    Deciding,
    /// SECAS alone.
    Secretary,
}

/// A dossier as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kept<D> {
    pub(super) id: String,
    pub(super) parent: Option<String>,
    pub(super) revision: i64,
    pub(super) body: D,
}

/// Which dossier of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) id: String,
    /// What it belongs to; it never changes.
    pub(super) parent: Option<String>,
}

impl Key {
    pub(super) fn of(id: impl Into<String>) -> Self {
        Self { id: id.into(), parent: None }
    }

    pub(super) fn child(id: impl Into<String>, parent: impl Into<String>) -> Self {
        Self { id: id.into(), parent: Some(parent.into()) }
    }
}

/// What a journal entry of a dossier holds.
#[derive(Deserialize)]
struct Payload<E> {
    events: Vec<E>,
    revision: i64,
    parent: Option<String>,
}

/// The dossier of a kind with this id.
pub(super) async fn find<D: Dossier>(source: &impl Source, id: &str) -> Result<Option<Kept<D>>, ServiceError> {
    store::find_dossier(source, D::KIND, id).await?.map(read).transpose()
}

/// The dossiers of a kind that belong to `parent`, by id.
pub(super) async fn of_parent<D: Dossier>(source: &impl Source, parent: &str) -> Result<Vec<Kept<D>>, ServiceError> {
    store::dossiers_of(source, D::KIND, parent).await?.into_iter().map(read).collect()
}

/// Every dossier of a kind, by id.
pub(super) async fn all<D: Dossier>(source: &impl Source) -> Result<Vec<Kept<D>>, ServiceError> {
    store::list_dossiers(source, D::KIND).await?.into_iter().map(read).collect()
}

/// Lets events happen to a dossier, begun with them where there is none yet: entered in the journal and saved.
pub(super) async fn enter<D: Dossier>(
    tx: &WriteTx,
    call: &Call<'_>,
    key: &Key,
    act: &'static str,
    events: &[D::Event],
) -> Result<Kept<D>, ServiceError> {
    let before = find::<D>(tx, &key.id).await?;
    let (revision, parent) =
        before.as_ref().map_or((0, key.parent.clone()), |kept| (kept.revision, kept.parent.clone()));
    let mut body = before.map(|kept| kept.body).unwrap_or_default();
    for event in events {
        body.apply(event, call.now, &call.actor.id);
    }
    let kept = Kept { id: key.id.clone(), parent, revision: revision + 1, body };
    store::put_dossier(tx, &record(&kept, call.now)?).await?;
    let payload = json!({ "events": events, "revision": kept.revision, "parent": kept.parent });
    append(tx, call.actor, call.now, Journalled::new(subject(D::KIND, &kept.id), act, payload)).await?;
    Ok(kept)
}

fn subject(kind: &str, id: &str) -> String {
    format!("{kind}:{id}")
}

fn read<D: Dossier>(record: DossierRecord) -> Result<Kept<D>, ServiceError> {
    let DossierRecord { kind, id, parent, revision, body, .. } = record;
    let damaged = |error| ServiceError::damaged(subject(&kind, &id), error);
    let body = serde_json::from_value(body).map_err(damaged)?;
    Ok(Kept { id, parent, revision, body })
}

fn record<D: Dossier>(kept: &Kept<D>, updated_at: DateTime<Utc>) -> Result<DossierRecord, ServiceError> {
    let damaged = |error| ServiceError::damaged(subject(D::KIND, &kept.id), error);
    let body = serde_json::to_value(&kept.body).map_err(damaged)?;
    let (kind, id, parent, revision) = (D::KIND.to_owned(), kept.id.clone(), kept.parent.clone(), kept.revision);
    Ok(DossierRecord { kind, id, parent, revision, updated_at, body })
}

/// Declares the kinds of dossier there are: each is proved by [`differences`] and read with its own eyes.
macro_rules! kinds {
    ($($dossier:ty),* $(,)?) => {
        /// The dossiers that do not follow from the journal, and how.
        pub(super) async fn differences(source: &impl Source) -> Result<Vec<String>, ServiceError> {
            let known: BTreeSet<&str> = BTreeSet::from([$(<$dossier as Dossier>::KIND),*]);
            let kept = store::dossier_kinds(source).await?;
            let unknown = kept.iter().filter(|kind| !known.contains(kind.as_str()));
            let mut found: Vec<String> = unknown.map(|kind| format!("{kind}: nobody knows this kind of dossier")).collect();
            let begun = begun(source, &known).await?;
            $(found.extend(difference::<$dossier>(source, &begun).await?);)*
            Ok(found)
        }

        /// Who reads the journal entries about a subject in full, where it is a dossier.
        pub(super) fn eyes(subject: &str) -> Option<Eyes> {
            let (kind, _) = subject.split_once(':')?;
            $(if kind == <$dossier as Dossier>::KIND { return Some(<$dossier as Dossier>::EYES); })*
            None
        }
    };
}

kinds!(
    Ballot,
    Committee,
    Contents,
    Contacts,
    ContactsReview,
    Response,
    Cycle,
    Meeting,
    super::assessments::Assessments,
    super::baseline::BaselineVersion,
    super::baseline::ChangeFile,
    super::baseline::Shelf,
    super::budgets::Budget,
    super::material::ScopeFile,
);

/// The subjects of every dossier that the journal tells of.
async fn begun(source: &impl Source, kinds: &BTreeSet<&str>) -> Result<BTreeSet<String>, ServiceError> {
    let (mut begun, mut after) = (BTreeSet::new(), 0);
    loop {
        let page = store::journal_range(source, after, 1_000).await?;
        let Some(last) = page.last() else { return Ok(begun) };
        after = last.seq;
        let subjects = page.into_iter().map(|entry| entry.subject);
        begun.extend(subjects.filter(|subject| subject.split_once(':').is_some_and(|(kind, _)| kinds.contains(kind))));
    }
}

async fn difference<D: Dossier>(source: &impl Source, begun: &BTreeSet<String>) -> Result<Vec<String>, ServiceError> {
    let mut found = Vec::new();
    let mut missing: BTreeSet<&str> =
        begun.iter().filter(|subject| subject.starts_with(&format!("{}:", D::KIND))).map(String::as_str).collect();
    for stored in store::list_dossiers(source, D::KIND).await? {
        let subject = subject(&stored.kind, &stored.id);
        missing.remove(subject.as_str());
        match expected::<D>(&store::journal_of(source, &subject).await?, &stored.id) {
            Ok(Some(expected)) if expected == stored => {}
            Ok(Some(_)) => found.push(format!("{subject}: what is stored does not follow from its events")),
            Ok(None) => found.push(format!("{subject}: the journal knows nothing of it")),
            Err(error) => found.push(format!("{subject}: {error}")),
        }
    }
    found.extend(missing.iter().map(|subject| format!("{subject}: the journal has it, but it is not stored")));
    Ok(found)
}

/// The dossier as its journal entries give it.
fn expected<D: Dossier>(entries: &[Entry], id: &str) -> Result<Option<DossierRecord>, ServiceError> {
    let Some(last) = entries.last() else { return Ok(None) };
    let mut kept = Kept { id: id.to_owned(), parent: None, revision: 0, body: D::default() };
    for entry in entries {
        let damaged = |error| ServiceError::damaged(format!("journal entry {}", entry.seq), error);
        let payload: Payload<D::Event> = serde_json::from_str(&entry.payload).map_err(damaged)?;
        for event in &payload.events {
            kept.body.apply(event, entry.at, &entry.actor);
        }
        (kept.revision, kept.parent) = (payload.revision, payload.parent);
    }
    record(&kept, last.at).map(Some)
}
