//! The agreed contact list (R33). Until a Party has nominated anybody, its people in the directory are its contacts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::acts::{answered, finish};
use super::super::app::App;
use super::super::call::Call;
use super::super::dossiers::{self, Key};
use super::super::error::ServiceError;
use super::{contents_of, key, not_allowed, only_for, party_id};
use crate::consultation::{
    Agreed, Category, Contact, Contacts, ContactsEvent, ContentsEvent, PartyId, PersonId, Respondent, Standing,
    Statement,
};
use crate::service::loaded::load;
use crate::sip::PartyCategory;
use crate::store::{self, PartyRecord, PersonRecord, Source, WriteTx};

/// The id of the one list there is.
const AGREED: &str = "agreed";

/// A Party and its contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PartyContacts {
    /// The Party's id.
    pub party: String,
    /// Its name.
    pub name: String,
    /// Its category.
    pub category: String,
    /// Ids of the people who can be reached.
    pub usable: Vec<String>,
    /// Ids of the people who cannot, each with why.
    pub unusable: Vec<(String, String)>,
}

/// Every Party that consultations ask, with its contacts; for SECAS and DCC.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone else.
pub async fn contact_list(app: &App, call: &Call<'_>) -> Result<Vec<PartyContacts>, ServiceError> {
    only_for(call, &["secas", "dcc"], "SECAS or DCC")?;
    Ok(agreed(&app.store).await?.iter().map(party_contacts).collect())
}

pub(super) fn party_contacts(agreed: &Agreed) -> PartyContacts {
    let unusable = |contact: &Contact| match &contact.standing {
        Standing::Usable => None,
        Standing::Unusable { why, .. } => Some((contact.person.to_string(), why.to_string())),
    };
    PartyContacts {
        party: agreed.respondent.party.to_string(),
        name: agreed.respondent.name.clone(),
        category: agreed.respondent.category.to_string(),
        usable: agreed.usable().map(ToString::to_string).collect(),
        unusable: agreed.contacts.iter().filter_map(unusable).collect(),
    }
}

/// Nominates a person to be asked on behalf of a Party, or says that they can be reached again.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS and the Party's own people; [`ServiceError::Wrong`] for a person of
/// another organisation; [`ServiceError::NotFound`] when there is no such person.
pub async fn nominate_contact(app: &App, call: &Call<'_>, party: &str, person: &str) -> Result<(), ServiceError> {
    only_for_own_contacts(call, party)?;
    change(app, call, (party, person), "contact_nominated", |party, person| ContactsEvent::Nominated { party, person })
        .await
}

/// Says that a contact cannot be reached, and why.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS; otherwise as [`nominate_contact`].
pub async fn mark_contact(
    app: &App,
    call: &Call<'_>,
    party: &str,
    person: &str,
    why: &str,
) -> Result<(), ServiceError> {
    only_for(call, &["secas"], "SECAS")?;
    let why = statement("why", why)?;
    change(app, call, (party, person), "contact_unusable", |party, person| ContactsEvent::Unusable {
        party,
        person,
        why,
    })
    .await
}

/// Says that a contact cannot be reached because mail to them comes back, in the transaction of the caller. Somebody
/// who is no contact stays none.
pub(in super::super) async fn mail_comes_back(
    tx: &WriteTx,
    call: &Call<'_>,
    (party, person): (&str, &str),
    why: &str,
) -> Result<(), ServiceError> {
    let why = statement("why", why)?;
    let (id, found) = (party_id(party)?, of_party(tx, party, person).await?);
    let asked = agreed(tx).await?.into_iter().find(|agreed| agreed.respondent.party == id);
    if !asked.is_some_and(|agreed| agreed.speaks(person)) {
        return Ok(());
    }
    let unusable = |party| ContactsEvent::Unusable { party, person: found, why };
    enter(tx, call, party, "contact_unusable", unusable).await
}

/// Takes a person off the list.
///
/// # Errors
///
/// As [`nominate_contact`].
pub async fn remove_contact(app: &App, call: &Call<'_>, party: &str, person: &str) -> Result<(), ServiceError> {
    only_for_own_contacts(call, party)?;
    change(app, call, (party, person), "contact_removed", |party, person| ContactsEvent::Removed { party, person })
        .await
}

/// The contacts of a Party are a matter of SECAS and of the Party's own people.
pub(super) fn only_for_own_contacts(call: &Call<'_>, party: &str) -> Result<(), ServiceError> {
    let own = call.actor.party.as_deref() == Some(party) && call.actor.holds("party");
    if own || call.actor.holds("secas") {
        return Ok(());
    }
    Err(not_allowed(call.actor, "SECAS, or somebody of the Party itself"))
}

/// One change of the contacts of a Party, for one of its people.
async fn change(
    app: &App,
    call: &Call<'_>,
    (party, person): (&str, &str),
    act: &'static str,
    event: impl FnOnce(PartyId, PersonId) -> ContactsEvent,
) -> Result<(), ServiceError> {
    let tx = app.store.write().await?;
    if answered::<()>(&tx, call).await?.is_some() {
        return Ok(());
    }
    let found = of_party(&tx, party, person).await?;
    enter(&tx, call, party, act, |party| event(party, found)).await?;
    finish(tx, call, ()).await
}

/// Lets a consultation that is being prepared go without a usable contact of a Party, with a reason (R33).
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS; [`ServiceError::Wrong`] once it is issued, or without a reason.
pub async fn waive_contact(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    party: &str,
    reason: &str,
) -> Result<(), ServiceError> {
    only_for(call, &["secas"], "SECAS")?;
    let (reason, id) = (statement("reason", reason)?, party_id(party)?);
    let tx = app.store.write().await?;
    if answered::<()>(&tx, call).await?.is_some() {
        return Ok(());
    }
    let case = load(app, &tx, reference).await?;
    let contents = contents_of(&tx, &case).await?;
    if contents.issued.is_some() || case.record.closed_at.is_some() {
        return Err(super::not_now(&case, "waiving a contact", "contacts are waived before it is issued"));
    }
    if !agreed(&tx).await?.iter().any(|agreed| agreed.respondent.party == id) {
        return Err(ServiceError::NotFound { what: "Party that consultations ask", name: party.to_owned() });
    }
    let event = ContentsEvent::ContactWaived { party: id, reason };
    dossiers::enter::<crate::consultation::Contents>(&tx, call, &key(&case), "contact_waived", &[event]).await?;
    finish(tx, call, ()).await
}

/// Every Party to be asked, by category and name. DCC is not asked: consultations are issued on its behalf.
pub(in crate::service) async fn agreed(source: &impl Source) -> Result<Vec<Agreed>, ServiceError> {
    let list = dossiers::find::<Contacts>(source, AGREED).await?.map(|kept| kept.body).unwrap_or_default();
    let mut people: BTreeMap<String, Vec<PersonRecord>> = BTreeMap::new();
    for person in store::list_people(source).await? {
        people.entry(person.party_id.clone()).or_default().push(person);
    }
    let mut agreed = Vec::new();
    for party in store::list_parties(source).await? {
        let Some(respondent) = respondent(&party)? else { continue };
        let directory = || people.get(&party.id).map(Vec::as_slice).unwrap_or_default();
        let contacts = match list.of(&respondent.party) {
            Some(contacts) => contacts.to_vec(),
            None => directory().iter().filter(|person| acts(person)).filter_map(contact).collect(),
        };
        agreed.push(Agreed { respondent, contacts, waived: None });
    }
    agreed.sort_by(|one, other| one.respondent.order(&other.respondent));
    Ok(agreed)
}

fn acts(person: &PersonRecord) -> bool {
    person.roles.as_array().into_iter().flatten().any(|role| role.as_str() == Some("party"))
}

fn contact(person: &PersonRecord) -> Option<Contact> {
    Some(Contact { person: PersonId::parse(&person.id).ok()?, standing: Standing::Usable })
}

/// A Party as a respondent; nothing for an organisation that consultations do not ask.
fn respondent(party: &PartyRecord) -> Result<Option<Respondent>, ServiceError> {
    let category = match PartyCategory::parse(&party.category) {
        Ok(category) => category_of(category),
        Err(_) => return Ok(None),
    };
    if category == Category::Dcc {
        return Ok(None);
    }
    Ok(Some(Respondent { party: party_id(&party.id)?, name: party.name.clone(), category }))
}

/// The category of a Party as consultations know it.
pub(super) fn category_of(category: PartyCategory) -> Category {
    match category {
        PartyCategory::LargeSupplier => Category::LargeSupplier,
        PartyCategory::SmallSupplier => Category::SmallSupplier,
        PartyCategory::ElectricityNetworkOperator => Category::ElectricityNetworkOperator,
        PartyCategory::GasNetworkOperator => Category::GasNetworkOperator,
        PartyCategory::OtherSecParty => Category::OtherSecParty,
        PartyCategory::Dcc => Category::Dcc,
    }
}

async fn of_party(tx: &WriteTx, party: &str, person: &str) -> Result<PersonId, ServiceError> {
    let not_found = || ServiceError::NotFound { what: "person", name: person.to_owned() };
    let found = store::find_person(tx, person).await?.ok_or_else(not_found)?;
    if found.party_id != party {
        let what = format!("{person} does not belong to {party}; a Party's contacts are its own people");
        return Err(ServiceError::wrong("person", what));
    }
    PersonId::parse(person).map_err(|error| ServiceError::wrong("person", error.to_string()))
}

/// Enters a change of the list. A Party that never nominated anybody begins with its people in the directory.
async fn enter(
    tx: &WriteTx,
    call: &Call<'_>,
    party: &str,
    act: &'static str,
    event: impl FnOnce(PartyId) -> ContactsEvent,
) -> Result<(), ServiceError> {
    let id = party_id(party)?;
    let list = dossiers::find::<Contacts>(tx, AGREED).await?.map(|kept| kept.body).unwrap_or_default();
    let mut events = Vec::new();
    if list.of(&id).is_none() {
        let people = store::people_of(tx, party).await?;
        let known = people.iter().filter(|person| acts(person)).filter_map(contact);
        events.extend(known.map(|known| ContactsEvent::Nominated { party: id.clone(), person: known.person }));
    }
    events.push(event(id));
    dossiers::enter::<Contacts>(tx, call, &Key::of(AGREED), act, &events).await.map(|_| ())
}

/// What becomes of a person on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::service) struct ContactWish {
    /// The id of the Party.
    pub(in crate::service) party: String,
    /// The id of the person.
    pub(in crate::service) person: String,
    /// What becomes of them.
    pub(in crate::service) wished: Wished,
}

/// What becomes of a person on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::service) enum Wished {
    /// They are on it.
    Asked,
    /// They are on it, and can be reached again if they could not.
    AskedAnew,
    /// They are not on it.
    NotAsked,
    /// They have left.
    Gone,
}

/// Brings the list into line with what is wished, as one entry. The people are as they will be.
pub(in crate::service) async fn settle_contacts(
    tx: &WriteTx,
    call: &Call<'_>,
    wishes: &[ContactWish],
) -> Result<(), ServiceError> {
    if wishes.is_empty() {
        return Ok(());
    }
    let list = dossiers::find::<Contacts>(tx, AGREED).await?.map(|kept| kept.body).unwrap_or_default();
    let agreed: BTreeMap<_, _> =
        agreed(tx).await?.into_iter().map(|agreed| (agreed.respondent.party, agreed.contacts)).collect();
    let mut of_party: BTreeMap<PartyId, Vec<(PersonId, Wished)>> = BTreeMap::new();
    for wish in wishes {
        let person = PersonId::parse(&wish.person).map_err(|error| ServiceError::wrong("person", error.to_string()))?;
        of_party.entry(party_id(&wish.party)?).or_default().push((person, wish.wished));
    }
    let mut events = Vec::new();
    for (party, wishes) in of_party {
        let Some(contacts) = agreed.get(&party) else { continue };
        let changes: Vec<_> = wishes.into_iter().filter_map(|wish| change_of(&party, contacts, wish)).collect();
        if changes.is_empty() {
            continue;
        }
        if list.of(&party).is_none() {
            let known = contacts.iter().map(|contact| contact.person.clone());
            events.extend(known.map(|person| ContactsEvent::Nominated { party: party.clone(), person }));
        }
        events.extend(changes);
    }
    if !events.is_empty() {
        dossiers::enter::<Contacts>(tx, call, &Key::of(AGREED), "contacts_listed", &events).await?;
    }
    Ok(())
}

/// What has to happen for a wish to be so; nothing where it is.
fn change_of(party: &PartyId, contacts: &[Contact], (person, wished): (PersonId, Wished)) -> Option<ContactsEvent> {
    let standing = contacts.iter().find(|contact| contact.person == person).map(|contact| &contact.standing);
    let party = party.clone();
    match (wished, standing) {
        (Wished::Asked | Wished::AskedAnew, None) | (Wished::AskedAnew, Some(Standing::Unusable { .. })) => {
            Some(ContactsEvent::Nominated { party, person })
        }
        (Wished::NotAsked | Wished::Gone, Some(_)) => Some(ContactsEvent::Removed { party, person }),
        _ => None,
    }
}

/// A statement somebody gave.
pub(super) fn statement(field: &str, text: &str) -> Result<Statement, ServiceError> {
    Statement::parse(text).map_err(|error| ServiceError::wrong(field, error.to_string()))
}
