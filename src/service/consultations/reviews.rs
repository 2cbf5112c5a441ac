//! The yearly review of contact lists: who said that theirs is right, and whose statement is too old (R33).

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::acts::{answered, finish};
use super::super::app::App;
use super::super::call::Call;
use super::super::dossiers::{self, Dossier, Eyes, Key};
use super::super::error::ServiceError;
use super::contacts::{agreed, only_for_own_contacts};
use super::{not_allowed, party_id};
use crate::calendar::{date_words, london_date};
use crate::consultation::{ContactsReview, ReviewEvent};

/// How a Party's list of contacts stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ContactReview {
    /// The Party's id.
    #[schema(example = "northwind")]
    pub party: String,
    /// Its name.
    pub name: String,
    /// The London date on which it was last said to be right, as `2026-02-06`.
    pub reviewed_on: Option<String>,
    /// How many days ago that was.
    pub days_ago: Option<i64>,
    /// Whether it is to be looked at: it never was, or not for a year.
    pub due: bool,
    /// The same in words.
    #[schema(example = "said to be right on Friday 6 February 2026, 12 days ago")]
    pub words: String,
}

impl Dossier for ContactsReview {
    const KIND: &'static str = "contacts-review";
    const EYES: Eyes = Eyes::Secretary;
    type Event = ReviewEvent;

    fn apply(&mut self, event: &ReviewEvent, at: DateTime<Utc>, by: &str) {
        ContactsReview::apply(self, event, at, by);
    }
}

/// States that the contact list of a Party is right as it stands.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS and the Party's own people; [`ServiceError::NotFound`] for a Party
/// that consultations do not ask; [`ServiceError::Wrong`] when nobody on the list can be reached.
pub async fn review_contacts(app: &App, call: &Call<'_>, party: &str) -> Result<(), ServiceError> {
    only_for_own_contacts(call, party)?;
    let id = party_id(party)?;
    let tx = app.store.write().await?;
    if answered::<()>(&tx, call).await?.is_some() {
        return Ok(());
    }
    let asked = agreed(&tx).await?.into_iter().find(|agreed| agreed.respondent.party == id);
    let not_found = || ServiceError::NotFound { what: "Party that consultations ask", name: party.to_owned() };
    let asked = asked.ok_or_else(not_found)?;
    if asked.usable().next().is_none() {
        let what = "nobody on its list can be reached; nominate a contact first";
        return Err(ServiceError::wrong("party", what));
    }
    let events = [ReviewEvent::Reviewed { contacts: asked.usable().cloned().collect() }];
    dossiers::enter::<ContactsReview>(&tx, call, &Key::of(party), "contacts_reviewed", &events).await?;
    finish(tx, call, ()).await
}

/// How the contact list of each Party stands, those to be looked at first; for SECAS and DCC all, for a Party its own.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone else.
pub async fn contact_reviews(app: &App, call: &Call<'_>) -> Result<Vec<ContactReview>, ServiceError> {
    let all = call.actor.holds("secas") || call.actor.holds("dcc");
    let own = call.actor.party.as_deref().filter(|_| call.actor.holds("party"));
    if !all && own.is_none() {
        return Err(not_allowed(call.actor, "SECAS, DCC, or somebody of a Party"));
    }
    let mut reviews = Vec::new();
    for agreed in agreed(&app.store).await? {
        let party = agreed.respondent.party.as_str();
        if all || own == Some(party) {
            let kept = dossiers::find::<ContactsReview>(&app.store, party).await?;
            let review = kept.map(|kept| kept.body).unwrap_or_default();
            reviews.push(view(party, &agreed.respondent.name, &review, call.now));
        }
    }
    reviews.sort_by_key(|review| !review.due);
    Ok(reviews)
}

fn view(party: &str, name: &str, review: &ContactsReview, now: DateTime<Utc>) -> ContactReview {
    let today = london_date(now);
    let on = review.latest().map(london_date);
    let days_ago = on.map(|on| (today - on).num_days());
    let said = on.zip(days_ago).map(|(on, days)| format!("said to be right on {}, {days} days ago", date_words(on)));
    ContactReview {
        party: party.to_owned(),
        name: name.to_owned(),
        reviewed_on: on.map(|on| on.to_string()),
        days_ago,
        due: review.is_due(today),
        words: said.unwrap_or_else(|| "never said to be right".to_owned()),
    }
}
