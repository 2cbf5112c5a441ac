//! By which way each person is told: what they chose, and who stands in for them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::addressed::Addressed;
use super::body::link;
use super::preferences;
use crate::calendar::london_date;
use crate::notice::{Delivery, Preferences};
use crate::service::app::App;
use crate::service::directory::{Directory, directory};
use crate::service::error::ServiceError;
use crate::store::{Way, WriteTx};
use crate::workflow::Statutory;

/// What everybody chose, and the links by which they choose otherwise.
pub(super) struct Chosen {
    of: BTreeMap<String, (Preferences, String)>,
}

impl Chosen {
    /// What a person chose; the usual where they chose nothing.
    pub(super) fn of(&self, person: &str) -> Preferences {
        self.of.get(person).map(|(chosen, _)| chosen.clone()).unwrap_or_default()
    }

    fn token(&self, person: &str) -> Option<&str> {
        self.of.get(person).map(|(_, token)| token.as_str())
    }
}

/// Lets each letter go the way its recipient chose. What the process obliges us to tell goes at once, whatever they
/// chose; while somebody is away it goes to them and to whoever stands in, and anything else to the latter alone.
pub(super) async fn choose(
    app: &App,
    tx: &WriteTx,
    letters: Vec<Addressed>,
    now: DateTime<Utc>,
) -> Result<(Vec<Addressed>, Chosen), ServiceError> {
    let directory = directory(app, tx).await?;
    let optional = |letter: &&Addressed| letter.form.statutory != Statutory::Yes;
    let offered: Vec<&str> = letters.iter().filter(optional).map(|letter| letter.recipient.as_str()).collect();
    let chosen = Chosen { of: preferences::with_tokens(tx, &offered).await? };
    let mut going = BTreeMap::new();
    for letter in letters {
        for letter in stood_in_for(&directory, &chosen, letter, now) {
            let Some(letter) = sent(app, &chosen, letter, now)? else { continue };
            going.entry((letter.form.notice.clone(), letter.recipient.clone())).or_insert(letter);
        }
    }
    Ok((going.into_values().collect(), chosen))
}

/// The letter to whoever is told, the person in question first.
fn stood_in_for(directory: &Directory, chosen: &Chosen, letter: Addressed, now: DateTime<Utc>) -> Vec<Addressed> {
    let away = chosen.of(&letter.recipient);
    let Some(substitute) = away.substitute(london_date(now)).filter(|id| directory.name(id).is_some()) else {
        return vec![letter];
    };
    let mut passed_on = letter.clone();
    if let Some(name) = directory.name(&letter.recipient) {
        passed_on.says.why.because = Some(format!("you stand in for {name}"));
    }
    substitute.clone_into(&mut passed_on.recipient);
    match letter.form.statutory {
        Statutory::Yes => vec![letter, passed_on],
        Statutory::No => vec![passed_on],
    }
}

/// The letter by the way its recipient chose; nothing where they do not want it.
fn sent(
    app: &App,
    chosen: &Chosen,
    mut letter: Addressed,
    now: DateTime<Utc>,
) -> Result<Option<Addressed>, ServiceError> {
    let base = app.settings.base_url.trim_end_matches('/');
    if letter.form.statutory == Statutory::Yes {
        return Ok(Some(letter));
    }
    match chosen.of(&letter.recipient).delivery(letter.form.topic, now) {
        Delivery::AtOnce => {}
        Delivery::Digest(at) => (letter.way, letter.send_at) = (Way::Digest, at),
        Delivery::Never => return Ok(None),
    }
    let stop = chosen.token(&letter.recipient).map(|token| format!("{base}/notices/{token}/{}", letter.form.topic));
    letter.unsubscribe = stop.as_deref().map(link).transpose()?;
    Ok(Some(letter))
}
