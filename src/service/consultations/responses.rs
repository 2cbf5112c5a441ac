//! Responses: submitting and amending one, deciding on late ones, and what DCC makes of them all (R35, R36).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::acts::{answered, finish, up_to_date};
use super::super::app::App;
use super::super::call::Call;
use super::super::dossiers::{self, Key};
use super::super::error::ServiceError;
use super::super::loaded::{Loaded, load};
use super::contacts::statement;
use super::{collations, contents_of, drafts, issued, key, not_allowed, not_now, only_for, party_id, refused};
use crate::consultation::{
    Admitted, Agreed, Contents, ContentsEvent, Issued, PartyId, RawConsideration, RawResponse, Response, ResponseEvent,
    Timing, Version, Words, consider,
};
use crate::store::{self, Source};

/// What became of a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResponseReceipt {
    /// The consultation.
    pub consultation: String,
    /// On whose behalf: the Party's id.
    pub party: String,
    /// Which version of its response this is, from 1.
    pub version: u32,
    /// Whether it came after the close; it then counts only if that is decided.
    pub late: bool,
    /// When it was received (UTC).
    pub received_at: DateTime<Utc>,
}

/// The response of one Party, for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnResponse {
    /// The consultation.
    pub consultation: String,
    /// The Party's id.
    pub party: String,
    /// Which version counts now; none where none was in time or admitted.
    pub counts: Option<u32>,
    /// Every version, the first first, each with what it says.
    #[schema(value_type = Vec<Object>)]
    pub versions: Vec<Version>,
}

/// Submits the response of the caller's Party, or another version of it.
///
/// It may be amended until the close; every version is kept. One that comes after the close, while responses are being
/// collated, is kept and marked late.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but a contact agreed for the Party; [`ServiceError::Wrong`] before it opens and
/// once the responses are referred; [`ServiceError::Refused`] with everything wrong with what is said.
pub async fn submit_response(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    raw: &RawResponse,
) -> Result<ResponseReceipt, ServiceError> {
    let tx = app.store.write().await?;
    if let Some(receipt) = answered(&tx, call).await? {
        return Ok(receipt);
    }
    let (tx, case) = up_to_date(app, tx, call, reference).await?;
    let contents = contents_of(&tx, &case).await?;
    let timing = timing(&case)?;
    let issued = issued(&case, &contents)?;
    let agreed = spoken_for(call, &issued)?;
    let words = Words::read(raw, &issued).map_err(refused)?;
    let respondent = agreed.respondent.clone();
    let party = respondent.party.clone();
    let event = ResponseEvent::Submitted { respondent, timing, words: Box::new(words) };
    let key = response_key(&case, &party);
    let kept = dossiers::enter::<Response>(&tx, call, &key, "response_submitted", &[event]).await?;
    let version = kept.body.versions.last().map_or(0, |version| version.number);
    store::delete_draft(&tx, &drafts::owner(&party), &drafts::subject(&case)).await?;
    let receipt = ResponseReceipt {
        consultation: case.record.reference.clone(),
        party: party.to_string(),
        version,
        late: timing == Timing::Late,
        received_at: call.now,
    };
    finish(tx, call, receipt).await
}

/// The response of the caller's own Party, with every version.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but a contact agreed for the Party; [`ServiceError::NotFound`] where it has
/// not responded.
pub async fn own_response(app: &App, call: &Call<'_>, reference: &str) -> Result<OwnResponse, ServiceError> {
    let (case, contents) = super::find(app, &app.store, reference).await?;
    let issued = issued(&case, &contents)?;
    let party = spoken_for(call, &issued)?.respondent.party.clone();
    let key = response_key(&case, &party);
    let kept = dossiers::find::<Response>(&app.store, &key.id).await?;
    let response = kept.ok_or(ServiceError::NotFound { what: "response", name: key.id })?.body;
    Ok(OwnResponse {
        consultation: case.record.reference,
        party: party.to_string(),
        counts: response.counts().map(|version| version.number),
        versions: response.versions,
    })
}

/// Records whether a late response counts; the latest late version of the Party is meant.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS; [`ServiceError::Wrong`] once the responses are referred, without a
/// reason, or where the Party sent nothing late.
pub async fn decide_late(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    party: &str,
    (admitted, reason): (Admitted, &str),
) -> Result<(), ServiceError> {
    only_for(call, &["secas"], "SECAS")?;
    let (reason, id) = (statement("reason", reason)?, party_id(party)?);
    let tx = app.store.write().await?;
    if answered::<()>(&tx, call).await?.is_some() {
        return Ok(());
    }
    let case = load(app, &tx, reference).await?;
    contents_of(&tx, &case).await?;
    if !collating(&case) {
        return Err(not_now(&case, "deciding on a late response", "it is decided while responses are collated"));
    }
    let key = response_key(&case, &id);
    let kept = dossiers::find::<Response>(&tx, &key.id).await?;
    let late = |version: &&Version| version.timing == Timing::Late;
    let version = kept.as_ref().and_then(|kept| kept.body.versions.iter().rev().find(late)).map(|late| late.number);
    let Some(version) = version else {
        return Err(ServiceError::wrong("party", format!("{party} has sent no late response")));
    };
    let event = ResponseEvent::LateDecided { version, admitted, reason };
    dossiers::enter::<Response>(&tx, call, &key, "late_decided", &[event]).await?;
    finish(tx, call, ()).await
}

/// Records what DCC made of the responses: its refinements with the responses behind each, or why there are none (R35).
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but DCC; [`ServiceError::Wrong`] before the close;
/// [`ServiceError::Refused`] with everything wrong with what is said.
pub async fn consider_responses(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    raw: &RawConsideration,
) -> Result<(), ServiceError> {
    only_for(call, &["dcc"], "DCC")?;
    let tx = app.store.write().await?;
    if answered::<()>(&tx, call).await?.is_some() {
        return Ok(());
    }
    let (tx, case) = up_to_date(app, tx, call, reference).await?;
    let contents = contents_of(&tx, &case).await?;
    if !collating(&case) && contents.referred.is_none() {
        return Err(not_now(&case, "considering the responses", "they are considered once it has closed"));
    }
    let collation = collations::collated(&tx, &case, &contents).await?;
    let consideration = consider(raw, &collation).map_err(refused)?;
    let event = ContentsEvent::Considered(Box::new(consideration));
    dossiers::enter::<Contents>(&tx, call, &key(&case), "responses_considered", &[event]).await?;
    finish(tx, call, ()).await
}

/// Every response to a consultation.
pub(super) async fn all(source: &impl Source, case: &Loaded) -> Result<Vec<Response>, ServiceError> {
    let kept = dossiers::of_parent::<Response>(source, &case.record.reference).await?;
    Ok(kept.into_iter().map(|kept| kept.body).collect())
}

/// Whether a response that comes now is in time.
fn timing(case: &Loaded) -> Result<Timing, ServiceError> {
    match case.record.state.as_str() {
        "open" => Ok(Timing::InTime),
        "collating" => Ok(Timing::Late),
        "referred" => Err(not_now(case, "responding", "the responses have gone to the deciding body")),
        _ => Err(not_now(case, "responding", "Parties respond once it is open")),
    }
}

pub(super) fn collating(case: &Loaded) -> bool {
    case.record.state == "collating"
}

/// The Party that the caller speaks for.
pub(super) fn spoken_for<'a>(call: &Call<'_>, issued: &'a Issued) -> Result<&'a Agreed, ServiceError> {
    let own = call.actor.party.as_deref().and_then(|party| PartyId::parse(party).ok());
    let agreed = own.and_then(|party| issued.party(&party));
    let Some(agreed) = agreed else { return Err(not_allowed(call.actor, "a contact of a SEC Party that is asked")) };
    if agreed.speaks(&call.actor.id) {
        return Ok(agreed);
    }
    Err(not_allowed(call.actor, &format!("a contact agreed for {} when it was issued", agreed.respondent.name)))
}

fn response_key(case: &Loaded, party: &PartyId) -> Key {
    Key::child(format!("{}/{party}", case.record.reference), &case.record.reference)
}
