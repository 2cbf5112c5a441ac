//! Who is asked what, and when.

use std::collections::BTreeSet;

use super::super::app::App;
use super::super::dossiers;
use super::super::error::ServiceError;
use super::super::loaded::load;
use super::{closes_on, responses};
use crate::consultation::{Answered, Asked, AskedParty, Burden, Contents, burden as sum_up};

/// What every consultation issued so far asks of each Party.
///
/// # Errors
///
/// The database cannot be read.
pub async fn burden(app: &App) -> Result<Burden, ServiceError> {
    let mut asked = Vec::new();
    for kept in dossiers::all::<Contents>(&app.store).await? {
        let Some(issued) = kept.body.issued else { continue };
        let case = load(app, &app.store, &kept.id).await?;
        let given = responses::all(&app.store, &case).await?;
        let heard = given.iter().filter_map(|response| response.respondent.as_ref());
        let answered: BTreeSet<_> = heard.map(|respondent| &respondent.party).collect();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let parties = issued.parties.iter().map(|agreed| AskedParty {
            respondent: agreed.respondent.clone(),
            answered: if answered.contains(&agreed.respondent.party) { Answered::Yes } else { Answered::No },
        });
        asked.push(Asked {
            reference: issued.title.reference.clone(),
            opens_on: issued.title.opens_on,
            closes_on: closes_on(&case).unwrap_or(issued.title.closes_on),
            sips: count(issued.sips.len()),
            questions: count(issued.questions().len()),
            parties: parties.collect(),
        });
    }
    Ok(sum_up(&asked))
}
