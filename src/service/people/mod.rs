//! Organisations, people and contacts: taken over from lists, changed one by one, and written as lists (R33).
//!
//! Names and addresses are kept with the people and stay out of the journal, so that they can be erased without breaking
//! it. Whoever leaves is erased; their id stays in the record and is never anybody else's.

mod acts;
mod lists;
mod save;
mod setup;

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

pub use acts::{PersonChanges, change_person, issue_token, remove_party, remove_person};
pub use lists::{
    PartiesImported, PeopleImported, export_parties, export_people, import_parties, import_people, preview_parties,
    preview_people,
};
pub use setup::{SetUp, set_up};

pub(super) use save::{check_new, only_for_people_of, only_for_secas};

use super::app::App;
use super::call::Call;
use super::consultations::agreed;
use super::error::ServiceError;
use crate::roster::{Contact, Known, KnownParty, KnownPerson};
use crate::sip::PartyCategory;
use crate::store::{self, PartyRecord, PersonRecord, Source};

/// The setting that names everybody who left.
const LEFT: &str = "people_left";

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartyView {
    /// Its id.
    #[schema(example = "northwind")]
    pub id: String,
    /// Its name.
    #[schema(example = "Northwind Energy Supply")]
    pub name: String,
    /// Its Party category; none for an organisation that is not a Party.
    #[schema(example = "Large Supplier")]
    pub category: Option<String>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonView {
    /// Their id.
    #[schema(example = "northwind-2")]
    pub id: String,
    /// The id of their organisation.
    #[schema(example = "northwind")]
    pub party: String,
    /// Their name.
    #[schema(example = "Priya Nair")]
    pub name: String,
    /// Their e-mail address.
    #[schema(example = "priya.nair@northwind.example")]
    pub email: String,
    /// The offices they hold.
    #[schema(example = json!(["party"]))]
    pub offices: Vec<String>,
    /// Whether consultations reach the organisation through them: `yes`, `no`, or `unstated` where nobody asks it.
    #[schema(value_type = String, example = "yes")]
    pub contact: Contact,
}

impl From<KnownPerson> for PersonView {
    fn from(person: KnownPerson) -> Self {
        let KnownPerson { id, party, name, email, offices, contact } = person;
        Self { id, party, name, email, offices, contact }
    }
}

/// Every organisation, by name.
///
/// # Errors
///
/// The database cannot be read.
pub async fn parties(app: &App) -> Result<Vec<PartyView>, ServiceError> {
    let view = |party: KnownParty| PartyView {
        id: party.id,
        name: party.name,
        category: party.category.map(|category| category.to_string()),
    };
    Ok(known_parties(&app.store).await?.into_iter().map(view).collect())
}

/// The people of every organisation, for SECAS; of their own, for a Party's people.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone else.
pub async fn people(app: &App, call: &Call<'_>) -> Result<Vec<PersonView>, ServiceError> {
    let scope = save::scope(call)?;
    let known = known(&app.store).await?;
    Ok(known.people.into_iter().filter(|person| save::covers(scope, &person.party)).map(PersonView::from).collect())
}

async fn known_parties(source: &impl Source) -> Result<Vec<KnownParty>, ServiceError> {
    store::list_parties(source).await?.into_iter().map(known_party).collect()
}

fn known_party(record: PartyRecord) -> Result<KnownParty, ServiceError> {
    let category = Some(record.category.as_str()).filter(|category| !category.is_empty()).map(PartyCategory::parse);
    let category =
        category.transpose().map_err(|error| ServiceError::damaged(format!("party/{}", record.id), error))?;
    Ok(KnownParty { id: record.id, name: record.name, category })
}

/// Everybody there is.
async fn known(source: &impl Source) -> Result<Known, ServiceError> {
    let parties = known_parties(source).await?;
    let asked: BTreeSet<&str> =
        parties.iter().filter(|party| party.is_asked()).map(|party| party.id.as_str()).collect();
    let contacts = agreed(source).await?;
    let contacts: BTreeSet<(&str, &str)> = contacts
        .iter()
        .flat_map(|agreed| {
            agreed.contacts.iter().map(|contact| (agreed.respondent.party.as_str(), contact.person.as_str()))
        })
        .collect();
    let contact = |person: &PersonRecord| match (person.party_id.as_str(), person.id.as_str()) {
        key if contacts.contains(&key) => Contact::Yes,
        (party, _) if asked.contains(party) => Contact::No,
        _ => Contact::Unstated,
    };
    let people = store::list_people(source).await?;
    let people = people.into_iter().map(|person| KnownPerson { contact: contact(&person), ..known_person(person) });
    let people = people.collect();
    Ok(Known { people, left: left(source).await?, parties })
}

fn known_person(record: PersonRecord) -> KnownPerson {
    let offices = record.roles.as_array().into_iter().flatten().filter_map(|office| office.as_str());
    KnownPerson {
        offices: offices.map(str::to_owned).collect(),
        id: record.id,
        party: record.party_id,
        name: record.name,
        email: record.email,
        contact: Contact::Unstated,
    }
}

/// The ids of everybody who left.
async fn left(source: &impl Source) -> Result<BTreeSet<String>, ServiceError> {
    let Some(left) = store::find_setting(source, LEFT).await? else { return Ok(BTreeSet::new()) };
    serde_json::from_value(left).map_err(|error| ServiceError::damaged(LEFT, error))
}
