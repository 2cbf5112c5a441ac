//! What people chose, and the links by which they stop what may be stopped.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use crate::notice::{Pace, Preferences, Topic};
use crate::service::app::App;
use crate::service::call::Call;
use crate::service::directory::directory;
use crate::service::error::ServiceError;
use crate::service::secret::secret;
use crate::store::{self, PreferencesRecord, Source, WriteTx};

/// What a person chose, as they see it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PreferencesView {
    /// The person's name.
    pub name: String,
    /// How often they are told of each topic.
    pub topics: Vec<TopicView>,
    /// Everything they chose, in the form in which it is sent back.
    #[schema(value_type = Object)]
    pub chosen: Preferences,
}

/// How often somebody is told of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TopicView {
    /// The word it is chosen by.
    pub topic: String,
    /// What it is.
    pub title: String,
    /// How often.
    #[schema(value_type = String)]
    pub pace: Pace,
}

/// What everybody chose, each with their token; those who are `offered` a link have one from now on.
pub(super) async fn with_tokens(
    tx: &WriteTx,
    offered: &[&str],
) -> Result<BTreeMap<String, (Preferences, String)>, ServiceError> {
    let kept = store::list_preferences(tx).await?;
    let mut chosen = BTreeMap::new();
    for record in kept {
        chosen.insert(record.person_id.clone(), (read(&record)?, record.token));
    }
    let mut first = Vec::new();
    for person in offered {
        if !chosen.contains_key(*person) {
            let token = secret()?;
            chosen.insert((*person).to_owned(), (Preferences::default(), token.clone()));
            first.push(PreferencesRecord { person_id: (*person).to_owned(), token, body: serde_json::json!({}) });
        }
    }
    store::begin_preferences(tx, &first).await?;
    Ok(chosen)
}

fn read(record: &PreferencesRecord) -> Result<Preferences, ServiceError> {
    serde_json::from_value(record.body.clone())
        .map_err(|error| ServiceError::damaged(format!("what {} chose", record.person_id), error))
}

/// What a person chose; the usual where they chose nothing.
pub(super) async fn chosen(source: &impl Source, person: &str) -> Result<Preferences, ServiceError> {
    match store::find_preferences(source, person).await? {
        Some(record) => read(&record),
        None => Ok(Preferences::default()),
    }
}

/// What the person who asks chose.
///
/// # Errors
///
/// [`ServiceError::NotFound`] for somebody who is not in the directory.
pub async fn own_preferences(app: &App, call: &Call<'_>) -> Result<PreferencesView, ServiceError> {
    let chosen = chosen(&app.store, &call.actor.id).await?;
    view(app, &app.store, &call.actor.id, chosen).await
}

/// Changes what the person who asks chose. It is kept apart from the journal: it is nobody else's business.
///
/// # Errors
///
/// [`ServiceError::Wrong`] for an hour that is none, a time away that ends before it begins, or a substitute who is not
/// of the same organisation.
pub async fn set_preferences(app: &App, call: &Call<'_>, chosen: Preferences) -> Result<PreferencesView, ServiceError> {
    let person = call.actor.id.as_str();
    chosen.check(person).map_err(|error| ServiceError::wrong("preferences", error.to_string()))?;
    let tx = app.store.write().await?;
    if let Some(away) = &chosen.away {
        stands_in(&tx, person, &away.substitute).await?;
    }
    keep(&tx, person, &chosen).await?;
    let seen = view(app, &tx, person, chosen).await?;
    tx.commit().await?;
    Ok(seen)
}

/// A substitute is of the same organisation: what a Party is told stays within it.
async fn stands_in(tx: &WriteTx, person: &str, substitute: &str) -> Result<(), ServiceError> {
    let own = store::find_person(tx, person).await?;
    let other = store::find_person(tx, substitute).await?;
    match (own, other) {
        (Some(own), Some(other)) if own.party_id == other.party_id => Ok(()),
        _ => {
            let what = format!("`{substitute}` is nobody of your organisation; give the id of a colleague");
            Err(ServiceError::wrong("away.substitute", what))
        }
    }
}

async fn keep(tx: &WriteTx, person: &str, chosen: &Preferences) -> Result<(), ServiceError> {
    let body: Json = serde_json::to_value(chosen).map_err(|error| ServiceError::damaged("preferences", error))?;
    let record = PreferencesRecord { person_id: person.to_owned(), token: secret()?, body };
    Ok(store::put_preferences(tx, &record).await?)
}

async fn view(
    app: &App,
    source: &impl Source,
    person: &str,
    chosen: Preferences,
) -> Result<PreferencesView, ServiceError> {
    let directory = directory(app, source).await?;
    let not_found = || ServiceError::NotFound { what: "person", name: person.to_owned() };
    let name = directory.name(person).ok_or_else(not_found)?.to_owned();
    let topic = |topic: Topic| TopicView {
        topic: topic.to_string(),
        title: topic.title().to_owned(),
        pace: chosen.pace(topic),
    };
    Ok(PreferencesView { name, topics: Topic::ALL.map(topic).into(), chosen })
}

/// What the owner of a token from a link in a notice chose.
///
/// # Errors
///
/// [`ServiceError::NotFound`] for a token that is nobody's.
pub async fn preferences_by_token(app: &App, token: &str) -> Result<PreferencesView, ServiceError> {
    let record = by_token(&app.store, token).await?;
    view(app, &app.store, &record.person_id, read(&record)?).await
}

/// Stops the notices of a topic that may be opted out of, for the owner of a token from a link in one of them.
///
/// # Errors
///
/// As [`preferences_by_token`].
pub async fn stop_topic(app: &App, token: &str, topic: Topic) -> Result<PreferencesView, ServiceError> {
    let tx = app.store.write().await?;
    let record = by_token(&tx, token).await?;
    let mut chosen = read(&record)?;
    chosen.topics.insert(topic, Pace::Never);
    keep(&tx, &record.person_id, &chosen).await?;
    let seen = view(app, &tx, &record.person_id, chosen).await?;
    tx.commit().await?;
    Ok(seen)
}

async fn by_token(source: &impl Source, token: &str) -> Result<PreferencesRecord, ServiceError> {
    let not_found = || ServiceError::NotFound { what: "link", name: "this one".to_owned() };
    store::find_preferences_by_token(source, token).await?.ok_or_else(not_found)
}
