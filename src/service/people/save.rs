//! Saves what was planned, in the transaction of the caller, and says who may.

use std::collections::BTreeMap;

use serde_json::json;

use super::super::call::Call;
use super::super::consultations::{ContactWish, Wished, settle_contacts};
use super::super::directory::{changed, token_hash};
use super::super::error::ServiceError;
use super::super::settle::{Journalled, append};
use super::{LEFT, known_party, left};
use crate::roster::{Contact, KnownParty, KnownPerson, Office, PartiesPlan, PeoplePlan, PersonChange, Scope};
use crate::store::{self, PartyRecord, PersonRecord, WriteTx};

/// Whose people somebody may see and change: SECAS and whoever operates Quorate everybody's, a Party's people their own.
pub(super) fn scope<'a>(call: &Call<'a>) -> Result<Scope<'a>, ServiceError> {
    if call.actor.holds("secas") || call.actor.holds("system") {
        return Ok(Scope::All);
    }
    match call.actor.party.as_deref().filter(|_| call.actor.holds("party")) {
        Some(own) => Ok(Scope::Own(own)),
        None => Err(not_allowed(call)),
    }
}

pub(super) fn covers(scope: Scope<'_>, party: &str) -> bool {
    match scope {
        Scope::All => true,
        Scope::Own(own) => own == party,
    }
}

/// Refuses anybody who may not change the people of an organisation.
pub(in crate::service) fn only_for_people_of(call: &Call<'_>, party: &str) -> Result<(), ServiceError> {
    if covers(scope(call)?, party) { Ok(()) } else { Err(not_allowed(call)) }
}

/// Refuses anybody but SECAS and whoever operates Quorate.
pub(in crate::service) fn only_for_secas(call: &Call<'_>) -> Result<(), ServiceError> {
    match scope(call)? {
        Scope::All => Ok(()),
        Scope::Own(_) => Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: "SECAS".to_owned() }),
    }
}

fn not_allowed(call: &Call<'_>) -> ServiceError {
    let could = "SECAS, or somebody of the Party itself".to_owned();
    ServiceError::NotAllowed { who: call.actor.name.clone(), could }
}

/// Refuses an office that people of the organisation cannot hold, and the id of somebody who left.
pub(in crate::service) async fn check_new(tx: &WriteTx, person: &PersonRecord) -> Result<(), ServiceError> {
    if left(tx).await?.contains(&person.id) {
        let what = "somebody who left had this id; choose another, for the record goes on naming them".to_owned();
        return Err(ServiceError::wrong("id", what));
    }
    check_offices(tx, person).await
}

/// Refuses an office that people of the organisation cannot hold.
pub(super) async fn check_offices(tx: &WriteTx, person: &PersonRecord) -> Result<(), ServiceError> {
    let party = store::find_party(tx, &person.party_id).await?;
    let not_found = || ServiceError::NotFound { what: "organisation", name: person.party_id.clone() };
    let party = known_party(party.ok_or_else(not_found)?)?;
    for held in person.roles.as_array().into_iter().flatten().filter_map(|office| office.as_str()) {
        let office = Office::ALL.into_iter().find(|office| office.as_str() == held);
        if !office.is_some_and(|office| office.suits(party.category)) {
            let what =
                format!("people of {} cannot hold `{held}`; theirs is `{}`", party.name, Office::usual(party.category));
            return Err(ServiceError::wrong("offices", what));
        }
    }
    Ok(())
}

/// Saves people as they were planned; `tokens` are the tokens of those who are new, by id.
pub(super) async fn save_people(
    tx: &WriteTx,
    call: &Call<'_>,
    plan: &PeoplePlan,
    tokens: &BTreeMap<String, String>,
) -> Result<(), ServiceError> {
    let mut wishes = Vec::new();
    for person in &plan.removed {
        remove(tx, call, person, &mut wishes).await?;
    }
    if !plan.removed.is_empty() {
        let mut left = left(tx).await?;
        left.extend(plan.removed.iter().map(|person| person.id.clone()));
        store::put_setting(tx, LEFT, json!(left)).await?;
    }
    for change in &plan.changed {
        update(tx, call, change, &mut wishes).await?;
    }
    for person in &plan.added {
        insert(tx, call, person, tokens.get(&person.id).map(String::as_str)).await?;
        wish(person, person.contact, &mut wishes);
    }
    settle_contacts(tx, call, &wishes).await?;
    changed(tx).await
}

async fn remove(
    tx: &WriteTx,
    call: &Call<'_>,
    person: &KnownPerson,
    wishes: &mut Vec<ContactWish>,
) -> Result<(), ServiceError> {
    wishes.push(ContactWish { party: person.party.clone(), person: person.id.clone(), wished: Wished::Gone });
    store::delete_person(tx, &person.id).await?;
    let payload = json!({ "party": person.party });
    append(tx, call.actor, call.now, Journalled::new(subject(person), "person_removed", payload)).await.map(|_| ())
}

async fn update(
    tx: &WriteTx,
    call: &Call<'_>,
    change: &PersonChange,
    wishes: &mut Vec<ContactWish>,
) -> Result<(), ServiceError> {
    let PersonChange { person, differences } = change;
    let fields: Vec<_> = differences.iter().map(|difference| difference.field).collect();
    if fields.contains(&"E-mail") && person.contact == Contact::Yes {
        let wished = Wished::AskedAnew;
        wishes.push(ContactWish { party: person.party.clone(), person: person.id.clone(), wished });
    } else if fields.contains(&"Contact") {
        wish(person, person.contact, wishes);
    }
    if fields == ["Contact"] {
        return Ok(());
    }
    let before = store::find_person(tx, &person.id).await?;
    let token_hash = before.and_then(|before| before.token_hash);
    store::update_person(tx, &record(person, token_hash)).await?;
    let payload = json!({ "party": person.party, "changed": fields, "offices": person.offices });
    append(tx, call.actor, call.now, Journalled::new(subject(person), "person_changed", payload)).await.map(|_| ())
}

async fn insert(tx: &WriteTx, call: &Call<'_>, person: &KnownPerson, token: Option<&str>) -> Result<(), ServiceError> {
    store::insert_person(tx, &record(person, token.map(token_hash))).await?;
    let payload = json!({ "party": person.party, "offices": person.offices });
    append(tx, call.actor, call.now, Journalled::new(subject(person), "person_added", payload)).await.map(|_| ())
}

fn wish(person: &KnownPerson, contact: Contact, wishes: &mut Vec<ContactWish>) {
    let wished = match contact {
        Contact::Yes => Wished::Asked,
        Contact::No => Wished::NotAsked,
        Contact::Unstated => return,
    };
    wishes.push(ContactWish { party: person.party.clone(), person: person.id.clone(), wished });
}

fn record(person: &KnownPerson, token_hash: Option<String>) -> PersonRecord {
    PersonRecord {
        id: person.id.clone(),
        party_id: person.party.clone(),
        name: person.name.clone(),
        email: person.email.clone(),
        roles: json!(person.offices),
        token_hash,
    }
}

fn subject(person: &KnownPerson) -> String {
    format!("person/{}", person.id)
}

/// Saves organisations as they were planned.
pub(super) async fn save_parties(tx: &WriteTx, call: &Call<'_>, plan: &PartiesPlan) -> Result<(), ServiceError> {
    for party in &plan.removed {
        store::delete_party(tx, &party.id).await?;
        enter(tx, call, party, "party_removed").await?;
    }
    for change in &plan.changed {
        let before = store::find_party(tx, &change.party.id).await?;
        let body = before.map_or_else(|| json!({}), |before| before.body);
        store::update_party(tx, &PartyRecord { body, ..party_record(&change.party) }).await?;
        enter(tx, call, &change.party, "party_changed").await?;
    }
    for party in &plan.added {
        store::insert_party(tx, &party_record(party)).await?;
        enter(tx, call, party, "party_added").await?;
    }
    Ok(())
}

fn party_record(party: &KnownParty) -> PartyRecord {
    let category = party.category.map(|category| category.to_string()).unwrap_or_default();
    PartyRecord { id: party.id.clone(), name: party.name.clone(), category, body: json!({}) }
}

async fn enter(tx: &WriteTx, call: &Call<'_>, party: &KnownParty, act: &'static str) -> Result<(), ServiceError> {
    let record = party_record(party);
    let payload = json!({ "name": record.name, "category": record.category });
    let entry = Journalled::new(format!("party/{}", party.id), act, payload);
    append(tx, call.actor, call.now, entry).await.map(|_| ())
}
