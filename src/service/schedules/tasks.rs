//! What each job does. Each does it once for a slot, however often it is run.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use serde_json::{Value as Json, json};

use super::jobs::Job;
use crate::actor::Actor;
use crate::calendar::{Slot, WorkingDays, date_words, london_date};
use crate::notify::letters::{ConsultationDue, ContactsReview, Why};
use crate::service::app::App;
use crate::service::backups;
use crate::service::call::Call;
use crate::service::consultations::{self, SlotView};
use crate::service::directory::{Directory, directory};
use crate::service::error::ServiceError;
use crate::service::notices::{Kept, link};
use crate::service::reviews;
use crate::service::settle::{Journalled, append};
use crate::store::{self, NewNotice, Queueing, Way, WriteTx};
use crate::workflow::{RoleName, Statutory};

/// How long before its cut-off SECAS is told of a consultation of the cycle.
const AHEAD: WorkingDays = WorkingDays::new(10);

/// How long the answer to a request with a key is kept, to be given again.
const ANSWERS_KEPT: TimeDelta = TimeDelta::days(30);

/// How long it is kept what ran when.
const RUNS_KEPT: TimeDelta = TimeDelta::days(3 * 366);

/// Runs a job for a slot and says what came of it.
pub(super) async fn run(app: &App, job: Job, slot: Slot, now: DateTime<Utc>) -> Result<String, ServiceError> {
    let system = Actor::system();
    let call = Call::new(&system, now);
    match (job, &app.settings.backups) {
        (Job::Consultations, _) => tell_of_consultations(app, &call).await,
        (Job::Contacts, _) => ask_contacts(app, &call, slot.on.year()).await,
        (Job::Review, _) => reviews::open_yearly(app, &call, slot.on.year()).await,
        (Job::Backup, Some(backups)) => backups::nightly(app, backups, slot.on).await,
        (Job::Backup, None) => Err(ServiceError::wrong("backup-to", "no folder for copies is set")),
        (Job::Housekeeping, _) => tidy(app, now).await,
    }
}

/// Tells SECAS, once for each consultation of the cycle, that it is to be prepared and what its cut-off is (R17, R28).
async fn tell_of_consultations(app: &App, call: &Call<'_>) -> Result<String, ServiceError> {
    let tx = app.store.write().await?;
    let slots = consultations::to_prepare(app, &tx, london_date(call.now), AHEAD).await?;
    let directory = directory(app, &tx).await?;
    let secas = directory.told(&RoleName::new("secas"), None, london_date(call.now));
    let mut told = BTreeSet::new();
    for slot in &slots {
        let about = About { event: format!("consultation-cycle/{}", slot.opens), template: "consultation_due" };
        let body = consultation_due(app, slot)?;
        for person in &secas {
            if about.tell(&tx, call.now, person, &body).await? == Queueing::Queued {
                told.insert(slot.opens);
            }
        }
    }
    tx.commit().await?;
    let opening: Vec<_> = told.into_iter().map(date_words).collect();
    Ok(if opening.is_empty() { "nothing new".to_owned() } else { format!("opening on {}", opening.join(", ")) })
}

fn consultation_due(app: &App, slot: &SlotView) -> Result<Json, ServiceError> {
    let says = ConsultationDue {
        cut_off: slot.cut_off_words.clone(),
        announced: date_words(slot.announced),
        opens: date_words(slot.opens),
        closes: date_words(slot.closes),
        referral: date_words(slot.referral),
        explanation: slot.explanation.clone(),
        link: link(&app.settings.base_url)?,
        why: Why::of("SECAS", Statutory::No, None),
    };
    Kept::of("consultation_due", &says)?.into_body()
}

/// Asks the usable contacts of every Party, once a year, to look at their list, and enters whom in the journal (R33).
async fn ask_contacts(app: &App, call: &Call<'_>, year: i32) -> Result<String, ServiceError> {
    let tx = app.store.write().await?;
    let (agreed, directory) = (consultations::agreed(&tx).await?, directory(app, &tx).await?);
    let about = About { event: format!("contacts-review/{year}"), template: "contacts_review" };
    let (mut parties, mut people) = (BTreeSet::new(), BTreeSet::new());
    for party in &agreed {
        let contacts: Vec<String> = party.usable().map(ToString::to_string).collect();
        let body = contacts_review(app, &directory, &party.respondent.name, &contacts)?;
        for person in contacts {
            if about.tell(&tx, call.now, &person, &body).await? == Queueing::Queued {
                parties.insert(party.respondent.party.to_string());
                people.insert(person);
            }
        }
    }
    if !people.is_empty() {
        let payload = json!({ "year": year, "parties": parties, "people": people });
        let asked = Journalled::new("contacts-review", "contacts_review_asked", payload);
        append(&tx, call.actor, call.now, asked).await?;
    }
    tx.commit().await?;
    Ok(format!("{} people of {} Parties asked", people.len(), parties.len()))
}

fn contacts_review(app: &App, directory: &Directory, party: &str, contacts: &[String]) -> Result<Json, ServiceError> {
    let names = contacts.iter().filter_map(|id| directory.name(id)).map(str::to_owned);
    let says = ContactsReview {
        party: party.to_owned(),
        contacts: names.collect(),
        link: link(&app.settings.base_url)?,
        why: Why::of(party, Statutory::No, None),
    };
    Kept::of("contacts_review", &says)?.into_body()
}

/// Forgets answers to requests that nobody repeats any more, and runs of long ago.
async fn tidy(app: &App, now: DateTime<Utc>) -> Result<String, ServiceError> {
    let tx = app.store.write().await?;
    let answers = store::delete_answers_before(&tx, now - ANSWERS_KEPT).await?;
    let runs = store::delete_runs_before(&tx, now - RUNS_KEPT).await?;
    tx.commit().await?;
    Ok(format!("{answers} answers and {runs} runs forgotten"))
}

/// What a notice of a job is about: nobody is told it twice.
struct About {
    event: String,
    template: &'static str,
}

impl About {
    async fn tell(
        &self,
        tx: &WriteTx,
        now: DateTime<Utc>,
        person: &str,
        body: &Json,
    ) -> Result<Queueing, ServiceError> {
        let new = NewNotice {
            id: format!("{}-{person}", self.event.replace('/', "-")),
            event_key: self.event.clone(),
            recipient: person.to_owned(),
            template: self.template.to_owned(),
            case_id: None,
            queued_at: now,
            way: Way::AtOnce,
            send_at: now,
            body: body.clone(),
        };
        Ok(store::queue_notice(tx, new).await?)
    }
}
