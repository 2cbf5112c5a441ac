//! Who a sender is, by the address of a message.

use super::super::app::App;
use super::super::consultations;
use super::super::directory::{Directory, directory};
use super::super::error::ServiceError;
use crate::actor::Actor;
use crate::intake::SenderKnown;
use crate::store::{self, Source};
use crate::workflow::RoleName;

/// Who a sender is.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    pub(super) known: SenderKnown,
    /// On whose behalf a form of theirs is submitted: the person, for the Party they act for.
    pub(super) actor: Option<Actor>,
    /// The name of the Party they belong to, if they belong to one.
    pub(super) party: Option<String>,
}

/// Who this address belongs to. A Party's people may submit if they are contacts it nominated, or, while it has not
/// nominated any, if they act for it (R16).
pub(super) async fn known(app: &App, source: &impl Source, address: &str) -> Result<Sender, ServiceError> {
    let directory = directory(app, source).await?;
    let Some(person) = directory.by_address(address) else {
        return Ok(Sender { known: SenderKnown::Stranger, actor: None, party: None });
    };
    let party = store::find_party(source, &person.party_id).await?.map(|party| party.name);
    let agreed = consultations::agreed(source).await?;
    let theirs = agreed.iter().find(|agreed| agreed.respondent.party.as_str() == person.party_id);
    let nominated =
        theirs.is_some_and(|agreed| agreed.contacts.iter().any(|contact| contact.person.as_str() == person.id));
    let actor = Actor {
        id: person.id.clone(),
        name: person.name.clone(),
        party: Some(person.party_id.clone()),
        offices: Directory::held(person).map(RoleName::new).collect(),
    };
    let known = if nominated { SenderKnown::Nominated } else { SenderKnown::Known };
    Ok(Sender { known, actor: nominated.then_some(actor), party })
}
