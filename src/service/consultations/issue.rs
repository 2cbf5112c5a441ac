//! Issuing a consultation, and what follows for its record from what happens to its case.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::app::App;
use super::super::batches::CONSULTATION_PROCESS;
use super::super::call::Call;
use super::super::dossiers;
use super::super::error::ServiceError;
use super::super::loaded::{Loaded, load};
use super::super::secret::secret;
use super::defaults::{Drafted, drafted};
use super::{collations, contents_of, key, sip_id};
use crate::calendar::london_date;
use crate::consultation::{Blocking, Contents, ContentsEvent, Draft, Issued, Item, Statement, Title, blocking};
use crate::store::{Source, WriteTx};
use crate::workflow::{Event, FactName, Facts, Missing, Record, Refusal, Why};

/// Whether nothing stands in the way of issuing a consultation, and what does, item by item.
pub(in super::super) async fn nothing_missing(
    app: &App,
    tx: &WriteTx,
    case: &Loaded,
    values: &Facts,
    today: NaiveDate,
) -> Result<(bool, Option<String>), ServiceError> {
    let contents = contents_of(tx, case).await?;
    let draft = drafted(app, tx, case, contents, values, today).await?;
    let mut found = in_the_way(case, &draft, today);
    if values.contains_key("implementation_window") {
        // It is checked with the other fields of the act, and refused there.
        found.retain(|blocking| blocking.sip.is_some() || blocking.item != Item::Implementation);
    }
    let said: Vec<String> = found.iter().map(words).collect();
    Ok((found.is_empty(), (!found.is_empty()).then(|| said.join("; "))))
}

/// What stands in the way of issuing is told together with what is wrong with the fields.
pub(in super::super) fn all_at_once(mut refusal: Refusal, record: &Record) -> Refusal {
    let in_the_way = record.notes.get(&FactName::new("nothing_missing"));
    if let Some(what) = in_the_way.filter(|_| *refusal.why == Why::Incomplete) {
        refusal.missing.push(Missing { field: None, what: what.clone() });
    }
    refusal
}

fn words(blocking: &Blocking) -> String {
    match &blocking.sip {
        Some(sip) => format!("{sip}: {}: {}", blocking.why, blocking.mend),
        None => format!("{}: {}", blocking.why, blocking.mend),
    }
}

/// What stands in the way of issuing a draft.
pub(super) fn in_the_way(case: &Loaded, drafted: &Drafted, today: NaiveDate) -> Vec<Blocking> {
    let Drafted { frame, sips, parties, window } = drafted;
    let mut found = blocking(&Draft { frame, sips, parties, window: *window }, &case.calendar);
    if window.is_some_and(|window| window.from < today || window.to <= window.from) {
        found.retain(|blocking| blocking.item != Item::Window);
        found.push(Blocking {
            sip: None,
            item: Item::Window,
            why: "the window begins in the past or ends before it begins".to_owned(),
            mend: "it must open today or later and close after it opens".to_owned(),
        });
    }
    found
}

/// Lets the record of a consultation follow what happened to its case, before anybody is told of it.
pub(in super::super) async fn follow(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    case: &Loaded,
    events: &[Event],
) -> Result<(), ServiceError> {
    if case.record.process != CONSULTATION_PROCESS {
        return Ok(());
    }
    for event in events {
        match event {
            Event::ContentsIssued => issue(app, tx, call, case).await?,
            Event::CollationReferred => collations::refer(tx, call, case).await?,
            Event::MemberDropped { member, reason } | Event::MemberLeft { member, reason } => {
                leave(app, tx, call, case, (member, reason)).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

async fn issue(app: &App, tx: &WriteTx, call: &Call<'_>, case: &Loaded) -> Result<(), ServiceError> {
    let contents = contents_of(tx, case).await?;
    let drafted = drafted(app, tx, case, contents, &case.case().values, london_date(call.now)).await?;
    let Some(window) = drafted.window else {
        return Err(ServiceError::wrong("closes_on", "give the day it closes"));
    };
    let title = Title {
        reference: case.record.reference.clone(),
        title: case.record.title.clone(),
        opens_on: window.from,
        closes_on: window.to,
    };
    let Drafted { frame, sips, parties, .. } = drafted;
    let issued = Issued { title, frame, sips, parties, salt: secret()? };
    let event = ContentsEvent::Issued(Box::new(issued));
    dossiers::enter::<Contents>(tx, call, &key(case), "contents_issued", &[event]).await.map(|_| ())
}

async fn leave(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    case: &Loaded,
    (member, reason): (&str, &str),
) -> Result<(), ServiceError> {
    if dossiers::find::<Contents>(tx, &case.record.reference).await?.is_none() {
        return Ok(());
    }
    let sip = sip_id(load(app, tx, member).await?.known_as())?;
    let reason = Statement::parse(reason).or_else(|_| Statement::parse("No reason was given."));
    let reason = reason.map_err(|error| ServiceError::wrong("reason", error.to_string()))?;
    let event = ContentsEvent::SipLeft { sip, reason };
    dossiers::enter::<Contents>(tx, call, &key(case), "sip_left", &[event]).await.map(|_| ())
}

/// The people told of an issued consultation on behalf of the Parties: the contacts agreed when it was issued (R33).
pub(in super::super) async fn told(
    source: &impl Source,
    case: &Loaded,
) -> Result<Option<BTreeSet<String>>, ServiceError> {
    if case.record.process != CONSULTATION_PROCESS {
        return Ok(None);
    }
    let issued = contents_of(source, case).await?.issued;
    let people = |issued: Issued| {
        let contacts = issued.parties.iter().flat_map(crate::consultation::Agreed::usable);
        contacts.map(ToString::to_string).collect()
    };
    Ok(issued.map(people))
}
