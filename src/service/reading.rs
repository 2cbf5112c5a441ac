//! Who may read what: the register is open to everybody, personal data and what a proposer keeps from publication are
//! not (R37).

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::accounts;
use super::app::App;
use super::dossiers::{self, Eyes};
use super::editions::{Affected, preview_edition};
use super::error::ServiceError;
use super::loaded::load;
use super::queries::{happenings_up_to, history_of, notices_of_case};
use super::views::{self, HistoryEntry};
use crate::actor::Actor;
use crate::sip::{ConfidentialPart, Confidentiality, SipForm};
use crate::store::NoticeRecord;

/// Most journal entries on one page.
const MOST: u32 = 1_000;

/// The offices that handle a SIP and see everything.
const KEEPERS: [&str; 2] = ["dcc", "secas"];

/// The bodies that decide, whose copy is not redacted (R37); a person's address is not part of what they decide on.
const DECIDING: [&str; 2] = ["panel", "operations_group"];

/// What stands in a form instead of a person's name and address.
const PERSONAL: &str = "withheld: personal data";
/// What stands in a form instead of what the proposer keeps from publication.
const CONFIDENTIAL: &str = "withheld: confidential";
/// What stands in a response instead of what it says, which is for those who decide until it is published.
const FOR_THE_BODY: &str = "withheld: for the deciding body";

/// How much of a case somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// What the register shows to everybody.
    Public,
    /// What is kept from publication too: for the deciding bodies.
    Deciding,
    /// All of it: for the proposer's organisation, DCC and SECAS.
    Full,
}

impl Sight {
    pub(super) fn of(viewer: Option<&Actor>, proposer: Option<&str>) -> Self {
        let Some(viewer) = viewer else { return Self::Public };
        let own = proposer.is_some() && viewer.party.as_deref() == proposer;
        let holds_one = |offices: [&str; 2]| offices.iter().any(|office| viewer.holds(office));
        match (own || holds_one(KEEPERS), holds_one(DECIDING)) {
            (true, _) => Self::Full,
            (false, true) => Self::Deciding,
            (false, false) => Self::Public,
        }
    }

    /// Takes out of a journal entry what is not for these eyes: of the form, and of what was stated for the record, such
    /// as a response. Everybody sees what they wrote themselves.
    fn apply_to_entry(self, entry: &mut HistoryEntry, viewer: Option<&Actor>) {
        self.apply_to_form(entry.payload.get_mut("form"));
        let own = viewer.is_some_and(|viewer| viewer.id == entry.actor);
        let events = entry.payload.get_mut("events").filter(|_| self == Self::Public && !own);
        for event in events.and_then(Json::as_array_mut).into_iter().flatten() {
            let stated = event.pointer_mut("/stated/values").and_then(Json::as_object_mut);
            for (_, value) in stated.into_iter().flatten().filter(|(field, _)| *field != "sip") {
                *value = Json::from(FOR_THE_BODY);
            }
        }
    }

    /// Takes out of a SIP form, in JSON, what is not for these eyes, leaving a mark in each place.
    fn apply_to_form(self, form: Option<&mut Json>) {
        let Some(form) = form.filter(|form| self != Self::Full && form.is_object()) else { return };
        if self == Self::Public {
            for pointer in confidential(form) {
                withhold(form, pointer, CONFIDENTIAL);
            }
        }
        withhold(form, "/proposer/contact", PERSONAL);
    }
}

/// A SIP form, in JSON, as far as it is for these eyes, with a mark in each place where something is withheld.
pub(super) fn form_seen(form: &SipForm, sight: Sight) -> Json {
    let mut seen = serde_json::to_value(form).unwrap_or_default();
    sight.apply_to_form(Some(&mut seen));
    seen
}

fn withhold(whole: &mut Json, pointer: &str, mark: &str) {
    if let Some(part) = whole.pointer_mut(pointer).filter(|part| !part.is_null()) {
        *part = Json::from(mark);
    }
}

/// Where in a form the parts are that its proposer keeps from publication. A claim that cannot be read covers the whole.
fn confidential(form: &Json) -> Vec<&'static str> {
    const WHOLE: &[ConfidentialPart] = &[
        ConfidentialPart::Description,
        ConfidentialPart::Benefits,
        ConfidentialPart::Requirements,
        ConfidentialPart::Systems,
        ConfidentialPart::Timescale,
        ConfidentialPart::UrgencyReason,
        ConfidentialPart::AnticipatedCost,
    ];
    const OTHERS: &[&str] =
        &["/impacted_parties", "/domain", "/other_domains", "/depends_on", "/resubmission_of", "/access_changes"];
    let claim = form.get("confidentiality").cloned().unwrap_or_default();
    match serde_json::from_value(claim) {
        Ok(Confidentiality::None) => Vec::new(),
        Ok(Confidentiality::Part { parts, .. }) => parts.iter().flat_map(|part| places(*part)).copied().collect(),
        Ok(Confidentiality::Whole { .. }) | Err(_) => {
            WHOLE.iter().flat_map(|part| places(*part)).chain(OTHERS).copied().collect()
        }
    }
}

fn places(part: ConfidentialPart) -> &'static [&'static str] {
    match part {
        ConfidentialPart::Contact => &["/proposer/contact"],
        ConfidentialPart::Description => &["/description"],
        ConfidentialPart::Benefits => &["/benefits"],
        ConfidentialPart::Requirements => {
            &["/change/amend", "/change/remove", "/change/add", "/change/functional_components"]
        }
        ConfidentialPart::Systems => &["/systems"],
        ConfidentialPart::Timescale => &["/timescale"],
        ConfidentialPart::UrgencyReason => &["/urgency/claimed/reason"],
        ConfidentialPart::AnticipatedCost => &["/anticipated_cost"],
    }
}

/// A case as somebody sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The process it follows.
    pub process: String,
    /// Its revision.
    pub revision: i64,
    /// How much of it is shown.
    pub sight: Sight,
    /// The case in the shape of [`CaseView`](super::CaseView), with marks where something is withheld.
    pub view: Json,
}

/// A case, by reference or number, as `viewer` sees it at `now`.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is none.
pub async fn case_seen(
    app: &App,
    viewer: Option<&Actor>,
    reference: &str,
    now: DateTime<Utc>,
) -> Result<Seen, ServiceError> {
    let loaded = load(app, &app.store, reference).await?;
    let sight = Sight::of(viewer, loaded.record.proposer_party.as_deref());
    let view = views::view(&loaded, now)?;
    let mut view = serde_json::to_value(view).map_err(|error| ServiceError::damaged(reference, error))?;
    sight.apply_to_form(view.get_mut("form"));
    Ok(Seen { process: loaded.record.process, revision: loaded.record.revision, sight, view })
}

/// Everything that happened to a case, oldest first, as `viewer` sees it.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such case.
pub async fn history_seen(
    app: &App,
    viewer: Option<&Actor>,
    reference: &str,
) -> Result<Vec<HistoryEntry>, ServiceError> {
    let loaded = load(app, &app.store, reference).await?;
    let sight = Sight::of(viewer, loaded.record.proposer_party.as_deref());
    let mut entries = history_of(app, &loaded).await?;
    for entry in &mut entries {
        sight.apply_to_entry(entry, viewer);
    }
    Ok(entries)
}

/// A journal entry with the case it is about.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct JournalEntry {
    /// What the case is known by that the entry is about or belongs to; the subject of the entry where there is none.
    pub known_as: String,
    /// The title of the case; empty where it is about no case.
    pub title: String,
    /// The process of the case; empty where it is about no case.
    pub process: String,
    /// The entry.
    #[serde(flatten)]
    pub entry: HistoryEntry,
}

/// A page of the journal, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct JournalPage {
    /// The entries.
    pub entries: Vec<JournalEntry>,
    /// Give this as `after` for the next page; none where there are no more entries yet.
    pub next: Option<i64>,
}

/// The journal after entry number `after` (from the start where absent), at most `limit` entries (100 where absent), as
/// `viewer` sees it.
///
/// # Errors
///
/// [`ServiceError::Wrong`] for a limit outside 1 to 1,000 or a negative `after`.
pub async fn journal_page(
    app: &App,
    viewer: Option<&Actor>,
    after: Option<i64>,
    limit: Option<u32>,
) -> Result<JournalPage, ServiceError> {
    let (after, limit) = (after.unwrap_or(0), limit.unwrap_or(100));
    if !(1..=MOST).contains(&limit) {
        return Err(ServiceError::wrong("limit", format!("give a number from 1 to {MOST}")));
    }
    if after < 0 {
        return Err(ServiceError::wrong("after", "give the number of an entry, or 0 for the start"));
    }
    let mut entries = Vec::new();
    for happening in happenings_up_to(app, after, limit).await? {
        let mut entry = happening.entry;
        Sight::of(viewer, happening.proposer.as_deref()).apply_to_entry(&mut entry, viewer);
        dossier_seen(&mut entry, &happening.subject, viewer);
        let (known_as, title, process) = (happening.known_as, happening.title, happening.process);
        entries.push(JournalEntry { known_as, title, process, entry });
    }
    let full = entries.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
    let next = entries.last().filter(|_| full).map(|entry| entry.entry.seq);
    Ok(JournalPage { entries, next })
}

/// Takes out of an entry about a dossier what is not for these eyes. Everybody sees what they did themselves.
fn dossier_seen(entry: &mut HistoryEntry, subject: &str, viewer: Option<&Actor>) {
    let holds = |offices: &[&str]| viewer.is_some_and(|viewer| offices.iter().any(|office| viewer.holds(office)));
    let seen = match dossiers::eyes(subject) {
        None | Some(Eyes::Everybody) => true,
        Some(Eyes::Deciding) => holds(&KEEPERS) || holds(&DECIDING),
        Some(Eyes::Secretary) => holds(&["secas"]),
    };
    let own = viewer.is_some_and(|viewer| viewer.id == entry.actor);
    if !seen && !own {
        withhold(&mut entry.payload, "/events", FOR_THE_BODY);
        entry.happened.truncate(1);
        entry.happened.iter_mut().for_each(|sentence| *sentence = accounts::neutral(&entry.act));
    }
}

/// A notice that was queued, with how its sending stands.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NoticeView {
    /// Its id.
    pub id: String,
    /// Id of the person it is for.
    pub recipient: String,
    /// The template it is written from.
    pub template: String,
    /// When it was queued (UTC).
    pub queued_at: DateTime<Utc>,
    /// `queued`, `claimed`, `sent`, `failed` or `unknown`.
    pub status: String,
    /// How often sending was tried.
    pub attempts: i64,
    /// When it is tried again (UTC).
    pub next_at: Option<DateTime<Utc>>,
    /// When it was settled (UTC).
    pub settled_at: Option<DateTime<Utc>>,
    /// The mail server's answer, or why it failed.
    pub answer: Option<String>,
    /// What it says, as data.
    #[schema(value_type = Object)]
    pub body: Json,
}

/// Every notice queued about a case, oldest first; for DCC and SECAS, since it names people.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone else; [`ServiceError::NotFound`] when there is no such case.
pub async fn notices_seen(app: &App, viewer: &Actor, reference: &str) -> Result<Vec<NoticeView>, ServiceError> {
    for_the_keepers(viewer)?;
    Ok(notices_of_case(app, reference).await?.into_iter().map(notice_view).collect())
}

/// Every due date of an open case that an edition of bank holidays would move; for DCC and SECAS.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone else; otherwise as [`preview_edition`].
pub async fn preview_edition_seen(app: &App, viewer: &Actor, edition: &str) -> Result<Vec<Affected>, ServiceError> {
    for_the_keepers(viewer)?;
    app.edition(&app.store, edition).await?;
    preview_edition(app, edition).await
}

pub(super) fn for_the_keepers(viewer: &Actor) -> Result<(), ServiceError> {
    if viewer.holds("secas") || viewer.holds("dcc") {
        return Ok(());
    }
    Err(ServiceError::NotAllowed { who: viewer.name.clone(), could: "SECAS or DCC".to_owned() })
}

fn notice_view(notice: NoticeRecord) -> NoticeView {
    NoticeView {
        id: notice.id,
        recipient: notice.recipient,
        template: notice.template,
        queued_at: notice.queued_at,
        status: notice.status.as_str().to_owned(),
        attempts: notice.attempts,
        next_at: notice.next_at,
        settled_at: notice.settled_at,
        answer: notice.answer,
        body: notice.body,
    }
}
