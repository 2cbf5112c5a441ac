//! Consultations: what they say, whom they ask, what is answered, and how it reaches the deciding body (R17, R28 to R40).
//!
//! The case of a consultation has its states and clocks; what it says and what is answered are dossiers beside it, all
//! known by the same reference.

mod burden;
mod collations;
mod contacts;
mod contents;
mod cycle;
mod defaults;
mod drafts;
mod issue;
mod papers;
mod responses;
mod reviews;
mod summary;
mod urgency;
mod view;

pub use burden::burden;
pub use collations::{CollationFormat, collation, collation_file};
pub use contacts::{PartyContacts, contact_list, mark_contact, nominate_contact, remove_contact, waive_contact};
pub use contents::{blocking_list, write_contents, write_frame};
pub use cycle::{CycleView, SlotView, consultation_cycle, set_consultation_cycle};
pub use drafts::{SavedDraft, response_draft, save_response_draft};
pub use papers::issue_paper;
pub use responses::{OwnResponse, ResponseReceipt, consider_responses, decide_late, own_response, submit_response};
pub use reviews::{ContactReview, contact_reviews, review_contacts};
pub use view::{ConsultationView, PartyStanding, SipPut, consultation_seen};

pub(super) use collations::{fill_in, late_responses_decided, responses_referred};
pub(super) use contacts::{ContactWish, Wished, agreed, mail_comes_back, settle_contacts};
pub(super) use cycle::to_prepare;
pub(super) use issue::{all_at_once, follow, nothing_missing, told};
pub(super) use summary::{responses_before, responses_to};
pub(super) use urgency::closes_on;

use chrono::{DateTime, Utc};

use super::app::App;
use super::batches::CONSULTATION_PROCESS;
use super::call::Call;
use super::dossiers::{self, Dossier, Eyes, Key};
use super::error::ServiceError;
use super::loaded::{Loaded, load};
use crate::actor::Actor;
use crate::consultation::{
    Contacts, ContactsEvent, Contents, ContentsEvent, Cycle, Faults, Issued, PartyId, Response, ResponseEvent, SipId,
};
use crate::store::Source;
use crate::workflow::{Missing, Refusal, Why};

impl Dossier for Contents {
    const KIND: &'static str = "consultation";
    const EYES: Eyes = Eyes::Deciding;
    type Event = ContentsEvent;

    fn apply(&mut self, event: &ContentsEvent, at: DateTime<Utc>, _: &str) {
        Contents::apply(self, event, at);
    }
}

impl Dossier for Contacts {
    const KIND: &'static str = "contacts";
    const EYES: Eyes = Eyes::Secretary;
    type Event = ContactsEvent;

    fn apply(&mut self, event: &ContactsEvent, at: DateTime<Utc>, _: &str) {
        Contacts::apply(self, event, at);
    }
}

impl Dossier for Response {
    const KIND: &'static str = "response";
    const EYES: Eyes = Eyes::Deciding;
    type Event = ResponseEvent;

    fn apply(&mut self, event: &ResponseEvent, at: DateTime<Utc>, by: &str) {
        Response::apply(self, event, at, by);
    }
}

impl Dossier for Cycle {
    const KIND: &'static str = "consultation-cycle";
    const EYES: Eyes = Eyes::Everybody;
    type Event = Cycle;

    fn apply(&mut self, event: &Cycle, _: DateTime<Utc>, _: &str) {
        self.clone_from(event);
    }
}

/// The case of a consultation and what it says.
async fn find(app: &App, source: &impl Source, reference: &str) -> Result<(Loaded, Contents), ServiceError> {
    let case = load(app, source, reference).await?;
    let contents = contents_of(source, &case).await?;
    Ok((case, contents))
}

/// What a consultation says; nothing of it is written yet where nobody began.
async fn contents_of(source: &impl Source, case: &Loaded) -> Result<Contents, ServiceError> {
    if case.record.process != CONSULTATION_PROCESS {
        let name = case.record.reference.clone();
        return Err(ServiceError::NotFound { what: "consultation", name });
    }
    let kept = dossiers::find::<Contents>(source, &case.record.reference).await?;
    Ok(kept.map(|kept| kept.body).unwrap_or_default())
}

/// What was issued, or that nothing was.
fn issued(case: &Loaded, contents: &Contents) -> Result<Issued, ServiceError> {
    contents
        .issued
        .clone()
        .ok_or_else(|| ServiceError::wrong("reference", format!("{} has not been issued yet", case.record.reference)))
}

fn key(case: &Loaded) -> Key {
    Key::of(&case.record.reference)
}

/// Refuses anybody who holds none of the offices.
fn only_for(call: &Call<'_>, offices: &[&str], could: &str) -> Result<(), ServiceError> {
    if offices.iter().any(|office| call.actor.holds(office)) {
        return Ok(());
    }
    Err(not_allowed(call.actor, could))
}

fn not_allowed(actor: &Actor, could: &str) -> ServiceError {
    ServiceError::NotAllowed { who: actor.name.clone(), could: could.to_owned() }
}

/// Everything that is wrong with what was filled in.
fn refused(faults: Faults) -> ServiceError {
    let missing = faults
        .0
        .into_iter()
        .map(|fault| Missing { field: Some(fault.place), what: format!("{}; {}", fault.what, fault.mend) });
    Refusal { missing: missing.collect(), ..Refusal::because(Why::Incomplete) }.into()
}

/// It cannot be done in this state of the consultation.
fn not_now(case: &Loaded, what: &str, when: &str) -> ServiceError {
    let state = case.definition.states.get(&case.case().state).map(|state| state.title.clone()).unwrap_or_default();
    ServiceError::wrong("reference", format!("{what} is not possible now ({state}); {when}"))
}

fn party_id(party: &str) -> Result<PartyId, ServiceError> {
    PartyId::parse(party).map_err(|error| ServiceError::wrong("party", error.to_string()))
}

fn sip_id(sip: &str) -> Result<SipId, ServiceError> {
    SipId::parse(sip).map_err(|error| ServiceError::wrong("sip", error.to_string()))
}
