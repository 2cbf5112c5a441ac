//! What came back: the address is marked, SECAS is told, and the next consultation counts the contact as unusable.

use chrono::{DateTime, Utc};

use super::super::app::App;
use super::super::call::Call;
use super::super::consultations;
use super::super::directory::directory;
use super::super::error::ServiceError;
use super::super::notices::{Kept, link};
use crate::actor::Actor;
use crate::calendar::words;
use crate::intake::{Bounce, Lasting, Returned};
use crate::notify::letters::{MailProblem, Why};
use crate::store::{self, ArrivalRecord, BounceRecord, NewNotice, NoticeRecord, PersonRecord, Way, WriteTx};
use crate::workflow::Statutory;

/// The longest reason that is kept, in characters.
const LONGEST: usize = 500;

/// Records a report that mail could not be delivered.
pub(super) async fn record(
    app: &App,
    tx: &WriteTx,
    arrival: &ArrivalRecord,
    bounce: &Bounce,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let notice = match &bounce.notice {
        Some(id) => store::find_notice(tx, id.as_str()).await?,
        None => None,
    };
    let told = match &notice {
        Some(notice) => store::find_person(tx, &notice.recipient).await?,
        None => None,
    };
    let nobody = [Returned::default()];
    let returned = if bounce.recipients.is_empty() { &nobody[..] } else { &bounce.recipients };
    for returned in returned {
        one(app, tx, arrival, (returned, notice.as_ref(), told.as_ref()), now).await?;
    }
    Ok(())
}

async fn one(
    app: &App,
    tx: &WriteTx,
    arrival: &ArrivalRecord,
    (returned, notice, told): (&Returned, Option<&NoticeRecord>, Option<&PersonRecord>),
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let named = returned.original_recipient.as_ref().or(returned.final_recipient.as_ref());
    let person = match (told, named) {
        (Some(told), _) => Some(told.clone()),
        (None, Some(address)) => directory(app, tx).await?.by_address(address).cloned(),
        (None, None) => None,
    };
    let kind = match returned.lasting() {
        Lasting::Permanent => "hard",
        Lasting::Passing => "soft",
        Lasting::NoFailure => return Ok(()),
    };
    let address = person.as_ref().map(|person| person.email.clone()).or_else(|| named.cloned()).unwrap_or_default();
    let why = returned.diagnostic.clone().unwrap_or_else(|| "the server gave no reason".to_owned());
    let came_back = BounceRecord {
        arrival_id: arrival.id.clone(),
        notice_id: notice.map(|notice| notice.id.clone()),
        person_id: person.as_ref().map(|person| person.id.clone()),
        address,
        at: now,
        kind: kind.to_owned(),
        why: why.chars().take(LONGEST).collect(),
    };
    store::insert_bounce(tx, &came_back).await?;
    let (Some(person), "hard") = (person, kind) else { return Ok(()) };
    let system = Actor::system();
    let reason = format!("mail to {} comes back: {}", person.id, came_back.why);
    let call = Call::new(&system, now);
    consultations::mail_comes_back(tx, &call, (&person.party_id, &person.id), &reason).await?;
    tell_secas(app, tx, (&came_back, &person, notice), now).await
}

/// Tells the people of SECAS that somebody is not reached, once for each address and day.
async fn tell_secas(
    app: &App,
    tx: &WriteTx,
    (came_back, person, notice): (&BounceRecord, &PersonRecord, Option<&NoticeRecord>),
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let party = store::find_party(tx, &person.party_id).await?.map(|party| party.name);
    let subject = notice.and_then(|notice| notice.body.get("subject")).and_then(|subject| subject.as_str());
    let says = MailProblem {
        name: person.name.clone(),
        email: came_back.address.clone(),
        party,
        said: came_back.why.clone(),
        since: words(now),
        untold: subject.map(str::to_owned).into_iter().collect(),
        link: link(&app.settings.base_url)?,
        why: Why::of("SECAS", Statutory::Yes, None),
    };
    let day = crate::calendar::london_date(now);
    let directory = directory(app, tx).await?;
    for keeper in directory.holders("secas").filter(|keeper| keeper.id != person.id) {
        let notice = NewNotice {
            id: format!("undelivered-{}-{day}-{}", person.id, keeper.id),
            event_key: format!("undelivered/{}/{day}", came_back.address),
            recipient: keeper.id.clone(),
            template: "mail_problem".to_owned(),
            case_id: None,
            queued_at: now,
            way: Way::AtOnce,
            send_at: now,
            body: Kept::of("mail_problem", &says)?.into_body()?,
        };
        store::queue_notice(tx, notice).await?;
    }
    Ok(())
}
