//! The small believable world that demonstrations and rehearsals begin with, from `fixtures/world.yaml`, and the wider
//! one of `fixtures/forty-parties.yaml`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::bodies::founding;
use crate::actor::Actor;
use crate::committee::Terms;
use crate::service::{self, App, Call, NewParty, NewPerson, ServiceError};
use crate::sip::PartyCategory;
use crate::workflow::RoleName;
use crate::yaml::{self, Limits};

const FILE: &str = "fixtures/world.yaml";
const TEXT: &str = include_str!("../../fixtures/world.yaml");
const MORE_FILE: &str = "fixtures/forty-parties.yaml";
const MORE_TEXT: &str = include_str!("../../fixtures/forty-parties.yaml");

/// Organisations and people.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    parties: Vec<Party>,
    /// The people, in the order of the file.
    pub people: Vec<Person>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Party {
    id: String,
    name: String,
    #[serde(default)]
    category: Option<String>,
}

/// A person of the world.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Id, by which scenarios name the person.
    pub id: String,
    /// Id of the organisation.
    pub party: String,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Offices held.
    pub offices: Vec<String>,
    /// Bearer token for the demonstration.
    pub token: String,
}

/// A person's own offices, and the bodies they are a member of.
fn offices<'a>(person: &Person, bodies: impl Iterator<Item = &'a Terms>) -> Vec<RoleName> {
    let own = person.offices.iter().map(String::as_str);
    own.chain(bodies.map(|body| body.body.as_str())).map(RoleName::new).collect()
}

impl World {
    /// The built-in world.
    ///
    /// # Errors
    ///
    /// The built-in file has problems.
    pub fn built_in() -> Result<Self, ServiceError> {
        Ok(yaml::load(FILE, TEXT, Limits::default())?.value)
    }

    /// The built-in world with forty Parties besides DCC.
    ///
    /// # Errors
    ///
    /// A built-in file has problems.
    pub fn wider() -> Result<Self, ServiceError> {
        let (mut world, more) = (Self::built_in()?, yaml::load::<Self>(MORE_FILE, MORE_TEXT, Limits::default())?.value);
        world.parties.extend(more.parties);
        world.people.extend(more.people);
        Ok(world)
    }

    /// The people as actors, by id.
    pub fn actors(&self) -> BTreeMap<String, Actor> {
        let bodies = founding().unwrap_or_default();
        let sits = |body: &Terms, id: &str| body.members.iter().any(|member| member.person.as_str() == id);
        let actor = |person: &Person| Actor {
            id: person.id.clone(),
            name: person.name.clone(),
            party: Some(person.party.clone()),
            offices: offices(person, bodies.iter().filter(|body| sits(body, &person.id))),
        };
        self.people.iter().map(|person| (person.id.clone(), actor(person))).collect()
    }

    /// Adds every organisation and person.
    ///
    /// # Errors
    ///
    /// One is faulty or there already.
    pub async fn add_to(&self, app: &App, now: DateTime<Utc>) -> Result<(), ServiceError> {
        let system = Actor::system();
        let call = Call::new(&system, now);
        for party in &self.parties {
            let category = party.category.as_deref().map(PartyCategory::parse).transpose();
            let category = category.map_err(|error| ServiceError::Wrong {
                field: format!("{FILE}: {}", party.id),
                what: error.to_string(),
            })?;
            let new = NewParty { id: party.id.clone(), name: party.name.clone(), category };
            service::add_party(app, &call, new).await?;
        }
        for person in self.people.iter().cloned() {
            let Person { id, party, name, email, offices, token } = person;
            let new = NewPerson { id, party, name, email, offices, token: Some(token) };
            service::add_person(app, &call, new).await?;
        }
        Ok(())
    }
}
