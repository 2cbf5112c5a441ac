//! People and organisations, changed one by one.

use std::collections::BTreeMap;

use serde_json::json;

use super::super::acts::{answered, finish};
use super::super::app::App;
use super::super::call::Call;
use super::super::directory::token_hash;
use super::super::error::ServiceError;
use super::super::fields;
use super::super::settle::{Journalled, append};
use super::save::{check_offices, only_for_people_of, only_for_secas, save_parties, save_people};
use super::{known, known_party, known_person};
use crate::roster::{Contact, Difference, KnownPerson, PartiesPlan, PeoplePlan, PersonChange};
use crate::sip::{EmailAddress, Mend};
use crate::store::{self, PersonRecord, WriteTx};

/// What changes about a person; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonChanges {
    /// Their name.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// The offices they hold.
    pub offices: Option<Vec<String>>,
}

/// Changes what is known of a person. A contact who could not be reached can be again once the address is another.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS and people of their own Party; [`ServiceError::NotFound`] when there
/// is no such person; [`ServiceError::Wrong`] for what cannot be.
pub async fn change_person(
    app: &App,
    call: &Call<'_>,
    person: &str,
    changes: &PersonChanges,
) -> Result<(), ServiceError> {
    let tx = app.store.write().await?;
    if answered::<()>(&tx, call).await?.is_some() {
        return Ok(());
    }
    let record = of_mine(&tx, call, person).await?;
    let (person, differences) = changed(&tx, &record, changes).await?;
    if !differences.is_empty() {
        let changed = vec![PersonChange { person, differences }];
        save_people(&tx, call, &PeoplePlan { changed, ..PeoplePlan::default() }, &BTreeMap::new()).await?;
    }
    finish(tx, call, ()).await
}

async fn changed(
    tx: &WriteTx,
    record: &PersonRecord,
    changes: &PersonChanges,
) -> Result<(KnownPerson, Vec<Difference>), ServiceError> {
    let before = known_person(record.clone());
    let mut after = before.clone();
    if let Some(name) = &changes.name {
        after.name = fields::line("name", name)?;
    }
    if let Some(email) = &changes.email {
        let wrong = |error: crate::sip::EmailError| format!("{error}; {}", error.mend());
        let email = EmailAddress::parse(email).map_err(|error| ServiceError::wrong("email", wrong(error)))?;
        after.email = email.to_string();
        after.contact =
            known(tx).await?.people.iter().find(|one| one.id == before.id).map_or(Contact::No, |one| one.contact);
    }
    if let Some(offices) = &changes.offices {
        after.offices.clone_from(offices);
        check_offices(tx, &PersonRecord { roles: json!(offices), ..record.clone() }).await?;
    }
    let pairs = [
        ("Name", before.name, after.name.clone()),
        ("E-mail", before.email, after.email.clone()),
        ("Offices", before.offices.join(", "), after.offices.join(", ")),
    ];
    let differ = pairs.into_iter().filter(|(_, before, after)| before != after);
    let differences = differ.map(|(field, before, after)| Difference { field, before, after }).collect();
    Ok((after, differences))
}

/// Removes a person who has left. Their token signs nobody in any more, and they are told nothing; what they did stays in
/// the record under their id, which nobody else gets.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS and people of their own Party; [`ServiceError::NotFound`] when there
/// is no such person; [`ServiceError::Wrong`] for oneself.
pub async fn remove_person(app: &App, call: &Call<'_>, person: &str) -> Result<(), ServiceError> {
    let tx = app.store.write().await?;
    if answered::<()>(&tx, call).await?.is_some() {
        return Ok(());
    }
    let record = of_mine(&tx, call, person).await?;
    if record.id == call.actor.id {
        return Err(ServiceError::wrong("person", "this is you; let somebody else remove you"));
    }
    let removed = vec![known_person(record)];
    save_people(&tx, call, &PeoplePlan { removed, ..PeoplePlan::default() }, &BTreeMap::new()).await?;
    finish(tx, call, ()).await
}

/// Gives a person a token that signs them in; the one they had signs nobody in any more. For whoever operates Quorate.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone else; [`ServiceError::NotFound`] when there is no such person.
pub async fn issue_token(app: &App, call: &Call<'_>, person: &str, token: &str) -> Result<(), ServiceError> {
    if !call.actor.holds("system") {
        let could = "whoever operates Quorate".to_owned();
        return Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could });
    }
    let tx = app.store.write().await?;
    let record = of_mine(&tx, call, person).await?;
    let subject = format!("person/{}", record.id);
    store::update_person(&tx, &PersonRecord { token_hash: Some(token_hash(token)), ..record }).await?;
    append(&tx, call.actor, call.now, Journalled::new(subject, "token_issued", json!({}))).await?;
    Ok(tx.commit().await?)
}

async fn of_mine(tx: &WriteTx, call: &Call<'_>, person: &str) -> Result<PersonRecord, ServiceError> {
    let found = store::find_person(tx, person).await?;
    // Whoever may not see people of other Parties does not learn whether there is such a person.
    let party = found.as_ref().map_or("", |found| found.party_id.as_str());
    only_for_people_of(call, party)?;
    found.ok_or_else(|| ServiceError::NotFound { what: "person", name: person.to_owned() })
}

/// Removes an organisation for which nobody acts. What it did stays in the record under its id.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS; [`ServiceError::NotFound`] when there is none with this id;
/// [`ServiceError::Wrong`] while people act for it.
pub async fn remove_party(app: &App, call: &Call<'_>, party: &str) -> Result<(), ServiceError> {
    only_for_secas(call)?;
    let tx = app.store.write().await?;
    if answered::<()>(&tx, call).await?.is_some() {
        return Ok(());
    }
    let found = store::find_party(&tx, party).await?;
    let not_found = || ServiceError::NotFound { what: "organisation", name: party.to_owned() };
    let removed = vec![known_party(found.ok_or_else(not_found)?)?];
    if !store::people_of(&tx, party).await?.is_empty() {
        return Err(ServiceError::wrong("party", "people act for it; remove them first"));
    }
    save_parties(&tx, call, &PartiesPlan { removed, ..PartiesPlan::default() }).await?;
    finish(tx, call, ()).await
}
