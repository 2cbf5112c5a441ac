//! Organisations and people: who belongs where, holds which office, and is told what.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::acts::{answered, finish};
use super::app::{App, hex};
use super::call::Call;
use super::committees::Committee;
use super::dossiers;
use super::error::ServiceError;
use super::fields;
use super::people::{check_new, only_for_people_of, only_for_secas};
use super::settle::{Journalled, append};
use crate::actor::Actor;
use crate::sip::{EmailAddress, PartyCategory};
use crate::store::{self, PartyRecord, PersonRecord};
use crate::workflow::RoleName;

/// Everybody, read once and again after a change.
#[derive(Debug)]
pub(super) struct Directory {
    people: Vec<PersonRecord>,
    bodies: BTreeMap<String, Committee>,
    /// The change after which it was read.
    as_of: Option<Json>,
}

/// The setting that names the last change of the directory, by which every node sees that it has changed.
const LAST_CHANGE: &str = "directory";

/// The longest id, in characters.
const ID_LIMIT: usize = 64;

/// An organisation to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewParty {
    /// Its id, in lower case with hyphens.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its Party category; none for SECAS, which is not a Party.
    pub category: Option<PartyCategory>,
}

/// A person to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// The person's id, in lower case with hyphens.
    pub id: String,
    /// The organisation's id.
    pub party: String,
    /// The person's name.
    pub name: String,
    /// The person's e-mail address.
    pub email: String,
    /// Offices held: `party`, `dcc` or `secas`. Membership of a body is in its terms of reference.
    pub offices: Vec<String>,
    /// The bearer token that signs this person in, if any; only its hash is kept.
    pub token: Option<String>,
}

impl Directory {
    /// The ids of the people a role stands for; `proposer` is the organisation that brought the case.
    pub(super) fn told(&self, role: &RoleName, proposer: Option<&str>, on: NaiveDate) -> BTreeSet<&str> {
        let is_told = |person: &&PersonRecord| match role.as_str() {
            "proposer" => Some(person.party_id.as_str()) == proposer,
            office => offices(person).any(|held| held == office) || self.sits(office, &person.id, on),
        };
        self.people.iter().filter(is_told).map(|person| person.id.as_str()).collect()
    }
}

impl Directory {
    /// The person who is written to at an address, whatever the case of its letters.
    pub(super) fn by_address(&self, address: &str) -> Option<&PersonRecord> {
        self.people.iter().find(|person| person.email.eq_ignore_ascii_case(address))
    }

    /// Everybody who holds an office.
    pub(super) fn holders<'a>(&'a self, office: &'a str) -> impl Iterator<Item = &'a PersonRecord> {
        self.people.iter().filter(move |person| offices(person).any(|held| held == office))
    }

    /// The offices a person holds of their own.
    pub(super) fn held(person: &PersonRecord) -> impl Iterator<Item = &str> {
        offices(person)
    }

    /// The name of a person.
    pub(super) fn name(&self, id: &str) -> Option<&str> {
        self.people.iter().find(|person| person.id == id).map(|person| person.name.as_str())
    }

    /// Whether somebody is a member of a body on a London date.
    fn sits(&self, body: &str, person: &str, on: NaiveDate) -> bool {
        let terms = self.bodies.get(body).and_then(|committee| committee.terms_on(on));
        terms.is_some_and(|terms| terms.sitting(on).any(|member| member.person.as_str() == person))
    }

    /// The offices somebody holds on a London date: their own, and the bodies they are a member of.
    fn offices_of(&self, person: &PersonRecord, on: NaiveDate) -> Vec<RoleName> {
        let bodies = self.bodies.keys().filter(|body| self.sits(body, &person.id, on));
        offices(person).chain(bodies.map(String::as_str)).map(RoleName::new).collect()
    }
}

/// Lets every node read the directory anew.
pub(super) async fn changed(tx: &store::WriteTx) -> Result<(), ServiceError> {
    let head = store::journal_head(tx).await?;
    Ok(store::put_setting(tx, LAST_CHANGE, json!(head.seq)).await?)
}

fn offices(person: &PersonRecord) -> impl Iterator<Item = &str> {
    person.roles.as_array().into_iter().flatten().filter_map(|role| role.as_str())
}

/// The directory, read from the store where it has changed, on this node or another.
pub(super) async fn directory(app: &App, source: &impl store::Source) -> Result<Arc<Directory>, ServiceError> {
    let as_of = store::find_setting(source, LAST_CHANGE).await?;
    if let Some(known) = app.directory.read().await.as_ref().filter(|known| known.as_of == as_of) {
        return Ok(known.clone());
    }
    let bodies = dossiers::all::<Committee>(source).await?;
    let bodies = bodies.into_iter().map(|kept| (kept.id, kept.body)).collect();
    let read = Arc::new(Directory { people: store::list_people(source).await?, bodies, as_of });
    *app.directory.write().await = Some(read.clone());
    Ok(read)
}

/// An id as it may stand in the record, in addresses and in the heads of messages.
fn id(given: String) -> Result<String, ServiceError> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if (1..=ID_LIMIT).contains(&given.len()) && given.chars().all(allowed) {
        return Ok(given);
    }
    let what = format!("use 1 to {ID_LIMIT} small letters, digits and hyphens, as in `northwind-2`");
    Err(ServiceError::wrong("id", what))
}

/// Adds an organisation.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS; the id is none, or the name is empty or in use.
pub async fn add_party(app: &App, call: &Call<'_>, party: NewParty) -> Result<(), ServiceError> {
    let name = fields::line("name", &party.name)?;
    let category = party.category.map(|category| category.to_string()).unwrap_or_default();
    let record = PartyRecord { id: id(party.id)?, name, category, body: json!({}) };
    only_for_secas(call)?;
    let tx = app.store.write().await?;
    if answered::<()>(&tx, call).await?.is_some() {
        return Ok(());
    }
    store::insert_party(&tx, &record).await?;
    let payload = json!({ "name": record.name, "category": record.category });
    append(&tx, call.actor, call.now, Journalled::new(format!("party/{}", record.id), "party_added", payload)).await?;
    finish(tx, call, ()).await
}

/// Adds a person to an organisation.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS and people of the same Party; the id is none or was somebody's who
/// left, the name is empty, the address is no e-mail address, an office does not suit the organisation, or there is no
/// such organisation.
pub async fn add_person(app: &App, call: &Call<'_>, person: NewPerson) -> Result<(), ServiceError> {
    let name = fields::line("name", &person.name)?;
    let email = EmailAddress::parse(&person.email).map_err(|error| ServiceError::wrong("email", error.to_string()))?;
    let record = PersonRecord {
        id: id(person.id)?,
        party_id: person.party,
        name,
        email: email.to_string(),
        roles: json!(person.offices),
        token_hash: person.token.as_deref().map(token_hash),
    };
    only_for_people_of(call, &record.party_id)?;
    let tx = app.store.write().await?;
    if answered::<()>(&tx, call).await?.is_some() {
        return Ok(());
    }
    check_new(&tx, &record).await?;
    store::insert_person(&tx, &record).await?;
    // Names and addresses stay out of the journal, so that they can be erased without breaking it.
    let payload = json!({ "party": record.party_id, "offices": record.roles });
    let added = Journalled::new(format!("person/{}", record.id), "person_added", payload);
    let entry = append(&tx, call.actor, call.now, added).await?;
    store::put_setting(&tx, LAST_CHANGE, json!(entry.seq)).await?;
    finish(tx, call, ()).await
}

/// Whoever a bearer token signs in, if anyone, with the offices held on a London date.
///
/// # Errors
///
/// The database cannot be read.
pub async fn authenticate(app: &App, token: &str, on: NaiveDate) -> Result<Option<Actor>, ServiceError> {
    let person = store::find_person_by_token_hash(&app.store, &token_hash(token)).await?;
    let directory = directory(app, &app.store).await?;
    Ok(person.map(|person| Actor {
        offices: directory.offices_of(&person, on),
        id: person.id,
        name: person.name,
        party: Some(person.party_id),
    }))
}

/// The hash under which a token is kept. Tokens are long and random, so one round of SHA-256 is enough.
pub fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}
