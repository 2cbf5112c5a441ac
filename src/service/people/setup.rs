//! A fresh installation: the organisations and people it begins with.

use std::collections::BTreeMap;

use super::super::app::App;
use super::super::call::Call;
use super::super::error::ServiceError;
use super::known;
use super::save::{only_for_secas, save_parties, save_people};
use crate::roster::{Contact, Known, KnownParty, KnownPerson, PartiesPlan, PeoplePlan};

/// What setting an installation up came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetUp {
    /// It was fresh, and begins with them.
    Done,
    /// It has exactly these already; nothing was changed, and no token holds that did not before.
    AlreadySo,
}

/// Enters the organisations and people a fresh installation begins with; `tokens` sign them in, by person's id.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but whoever operates Quorate; [`ServiceError::Wrong`] when others are entered
/// already.
pub async fn set_up(
    app: &App,
    call: &Call<'_>,
    wanted: &Known,
    tokens: &BTreeMap<String, String>,
) -> Result<SetUp, ServiceError> {
    only_for_secas(call)?;
    let tx = app.store.write().await?;
    let found = known(&tx).await?;
    if same(&found, wanted) {
        return Ok(SetUp::AlreadySo);
    }
    if !found.people.is_empty() || !found.parties.is_empty() {
        let what = "it has other organisations or people already; change them with `quorate parties import` and \
                    `quorate people import`";
        return Err(ServiceError::wrong("the database", what));
    }
    let (parties, people) = (wanted.parties.clone(), wanted.people.clone());
    save_parties(&tx, call, &PartiesPlan { added: parties, ..PartiesPlan::default() }).await?;
    save_people(&tx, call, &PeoplePlan { added: people, ..PeoplePlan::default() }, tokens).await?;
    tx.commit().await?;
    Ok(SetUp::Done)
}

fn same(found: &Known, wanted: &Known) -> bool {
    let people = |known: &Known| -> BTreeMap<String, KnownPerson> {
        let plain = |person: &KnownPerson| KnownPerson { contact: Contact::Unstated, ..person.clone() };
        known.people.iter().map(|person| (person.id.clone(), plain(person))).collect()
    };
    let parties = |known: &Known| -> BTreeMap<String, KnownParty> {
        known.parties.iter().map(|party| (party.id.clone(), party.clone())).collect()
    };
    people(found) == people(wanted) && parties(found) == parties(wanted)
}
