//! The bodies: their terms of reference in every version, who sits on them on a day, and what is delegated (R5, R6).

use std::collections::BTreeSet;

use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::acts::{answered, finish};
use super::app::App;
use super::call::{Call, Receipt};
use super::directory;
use super::dossiers::{self, Dossier, Eyes, Kept, Key};
use super::error::ServiceError;
use super::loaded::{Loaded, load};
use super::outcomes::{Step, carry_out};
use super::sips::{Opening, open_case};
use crate::calendar::london_date;
use crate::committee::{PersonId, Terms};
use crate::store::{self, Source, WriteTx};
use crate::workflow::{Facts, Value};

/// The process every body follows.
pub(super) const COMMITTEE_PROCESS: &str = "committee";

/// A body with every version of its terms of reference.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Committee {
    versions: Vec<Adopted>,
    #[serde(default)]
    dissolved_on: Option<NaiveDate>,
}

/// A version of the terms, and when and by whose determination it was adopted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Adopted {
    terms: Terms,
    at: DateTime<Utc>,
    ballot: Option<String>,
}

/// What happens to a body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CommitteeEvent {
    /// It was entered with its founding terms.
    CommitteeEstablished {
        /// The terms.
        terms: Box<Terms>,
    },
    /// The Panel approved other terms.
    TermsAdopted {
        /// The terms.
        terms: Box<Terms>,
        /// The ballot that formed the determination.
        ballot: Option<String>,
    },
    /// The Panel dissolved it.
    CommitteeDissolved,
}

impl Dossier for Committee {
    const KIND: &'static str = "committee";
    const EYES: Eyes = Eyes::Everybody;
    type Event = CommitteeEvent;

    fn apply(&mut self, event: &CommitteeEvent, at: DateTime<Utc>, _: &str) {
        match event.clone() {
            CommitteeEvent::CommitteeEstablished { terms } => {
                self.versions.push(Adopted { terms: *terms, at, ballot: None });
            }
            CommitteeEvent::TermsAdopted { terms, ballot } => {
                self.versions.push(Adopted { terms: *terms, at, ballot });
            }
            CommitteeEvent::CommitteeDissolved => self.dissolved_on = Some(london_date(at)),
        }
    }
}

impl Committee {
    /// The terms in force on a London date: the last adopted of those that have begun.
    pub(super) fn terms_on(&self, on: NaiveDate) -> Option<&Terms> {
        if self.dissolved_on.is_some_and(|end| end <= on) {
            return None;
        }
        self.versions.iter().rev().map(|adopted| &adopted.terms).find(|terms| terms.in_force_from <= on)
    }
}

/// A body with its terms of reference in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CommitteeView {
    /// The body, such as `operations_group`.
    pub body: String,
    /// Its name.
    pub title: String,
    /// The reference of its case, in which reviews and changes of the terms are made.
    pub case: String,
    /// The London date for which this is shown.
    pub on: NaiveDate,
    /// The terms of reference in force on that date.
    #[schema(value_type = Option<Object>)]
    pub terms: Option<Terms>,
    /// Every version adopted so far, the first first.
    pub versions: Vec<TermsVersion>,
}

/// A version of terms of reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TermsVersion {
    /// Its name.
    pub version: String,
    /// The first London date on which it holds.
    pub in_force_from: NaiveDate,
    /// The determination that approved it, or how the body was founded.
    pub approved_by: String,
    /// When it was adopted (UTC).
    pub adopted_at: DateTime<Utc>,
    /// The ballot that formed the determination.
    pub ballot: Option<String>,
}

/// Enters a body with its founding terms of reference, from their YAML. Later terms are for the Panel (R5).
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS; [`ServiceError::Definition`] with every problem of the text;
/// [`ServiceError::Wrong`] when the body is there already or somebody named is not known.
pub async fn establish_committee(app: &App, call: &Call<'_>, yaml: &str) -> Result<Receipt, ServiceError> {
    if !call.actor.holds("secas") {
        return Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: "SECAS".to_owned() });
    }
    let terms = Terms::parse("terms of reference", yaml)?;
    let tx = app.store.write().await?;
    if let Some(receipt) = answered(&tx, call).await? {
        return Ok(receipt);
    }
    let body = terms.body.to_string();
    if dossiers::find::<Committee>(&tx, &body).await?.is_some() {
        let what = format!("{body} has terms of reference already; the Panel alone changes them");
        return Err(ServiceError::wrong("body", what));
    }
    if let Some(problem) = unknown_people(&tx, &terms).await? {
        return Err(ServiceError::wrong("members", problem));
    }
    let review_on = first_review(&terms, london_date(call.now));
    let title = terms.title.clone();
    let event = CommitteeEvent::CommitteeEstablished { terms: Box::new(terms) };
    dossiers::enter::<Committee>(&tx, call, &Key::of(&body), "committee_established", &[event]).await?;
    directory::changed(&tx).await?;
    let opening = Opening { process: COMMITTEE_PROCESS, reference: case_of(&body), title, party: None };
    open_case(app, &tx, call, opening, Facts::new(), None).await?;
    let mut loaded = load(app, &tx, &case_of(&body)).await?;
    let values = Facts::from([("review_on".into(), Value::Date(review_on))]);
    let receipt = carry_out(app, &tx, call, &mut loaded, Step::new("found", values, call.now)).await?;
    finish(tx, call, receipt).await
}

/// The reference of the case of a body: its name in capitals.
pub(super) fn case_of(body: &str) -> String {
    body.replace('_', "-").to_uppercase()
}

/// The body a case of the committee process is about.
fn body_of(case: &Loaded) -> String {
    case.record.reference.to_lowercase().replace('-', "_")
}

/// The day of the first review: that of the first delegation to be reviewed, and within a year (R57).
fn first_review(terms: &Terms, today: NaiveDate) -> NaiveDate {
    let year = today.checked_add_months(Months::new(12)).unwrap_or(today);
    let delegations = terms.delegations.iter().map(|delegation| delegation.review_by);
    delegations.filter(|review| *review > today).chain([year]).min().unwrap_or(year)
}

async fn unknown_people(tx: &WriteTx, terms: &Terms) -> Result<Option<String>, ServiceError> {
    let known: BTreeSet<String> = store::list_people(tx).await?.into_iter().map(|person| person.id).collect();
    let members = terms.members.iter();
    let named = members.flat_map(|member| std::iter::once(&member.person).chain(&member.alternates));
    let unknown: Vec<&str> = named.map(PersonId::as_str).filter(|id| !known.contains(*id)).collect();
    Ok((!unknown.is_empty()).then(|| format!("nobody is known as {}; add them first", unknown.join(", "))))
}

/// The terms of reference of a body in force on a London date.
pub(super) async fn terms_on(source: &impl Source, body: &str, on: NaiveDate) -> Result<Terms, ServiceError> {
    let committee = dossiers::find::<Committee>(source, body).await?;
    let terms = committee.and_then(|kept| kept.body.terms_on(on).cloned());
    let what = "body with terms of reference in force";
    terms.ok_or_else(|| ServiceError::NotFound { what, name: body.to_owned() })
}

/// Every body's terms of reference in force on a London date.
pub(super) async fn in_force(source: &impl Source, on: NaiveDate) -> Result<Vec<Terms>, ServiceError> {
    let all = dossiers::all::<Committee>(source).await?;
    Ok(all.into_iter().filter_map(|kept| kept.body.terms_on(on).cloned()).collect())
}

/// Whether what is proposed as terms can be read, is of this body, and names people who are known.
pub(super) async fn terms_sound(
    tx: &WriteTx,
    case: &Loaded,
    values: &Facts,
) -> Result<(bool, Option<String>), ServiceError> {
    let text = values.get("terms").and_then(Value::as_text).unwrap_or_default();
    let terms = match Terms::parse("terms", text) {
        Ok(terms) => terms,
        Err(problems) => return Ok((false, Some(problems.to_string()))),
    };
    let body = body_of(case);
    let note = if terms.body.as_str() == body {
        let committee = dossiers::find::<Committee>(tx, &body).await?.map(|kept| kept.body).unwrap_or_default();
        let taken = committee.versions.iter().any(|adopted| adopted.terms.version == terms.version);
        let again = taken.then(|| format!("there is a version {} already; give another name", terms.version));
        again.or(unknown_people(tx, &terms).await?)
    } else {
        Some(format!("they are those of {}, not of {body}", terms.body))
    };
    Ok((note.is_none(), note))
}

/// Puts terms of reference into force that the Panel approved.
pub(super) async fn adopt(tx: &WriteTx, call: &Call<'_>, case: &Loaded, terms: &str) -> Result<(), ServiceError> {
    let mut terms = Terms::parse("terms", terms)?;
    let ballot = case.case().determinations.last().and_then(|made| made.ballot.clone());
    if let Some(ballot) = &ballot {
        terms.approved_by = format!("Determination by ballot {ballot}");
    }
    let event = CommitteeEvent::TermsAdopted { terms: Box::new(terms), ballot };
    dossiers::enter::<Committee>(tx, call, &Key::of(body_of(case)), "terms_adopted", &[event]).await?;
    directory::changed(tx).await
}

/// Ends the terms of reference of a body that the Panel dissolved.
pub(super) async fn dissolve(tx: &WriteTx, call: &Call<'_>, case: &Loaded) -> Result<(), ServiceError> {
    let event = CommitteeEvent::CommitteeDissolved;
    dossiers::enter::<Committee>(tx, call, &Key::of(body_of(case)), "committee_dissolved", &[event]).await?;
    directory::changed(tx).await
}

/// Every body, with its terms of reference on a London date.
///
/// # Errors
///
/// The database cannot be read.
pub async fn committees(app: &App, on: NaiveDate) -> Result<Vec<CommitteeView>, ServiceError> {
    let all = dossiers::all::<Committee>(&app.store).await?;
    Ok(all.into_iter().map(|kept| view(kept, on)).collect())
}

/// A body, with its terms of reference on a London date.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such body.
pub async fn committee(app: &App, body: &str, on: NaiveDate) -> Result<CommitteeView, ServiceError> {
    let kept = dossiers::find::<Committee>(&app.store, body).await?;
    let kept = kept.ok_or_else(|| ServiceError::NotFound { what: "body", name: body.to_owned() })?;
    Ok(view(kept, on))
}

fn view(kept: Kept<Committee>, on: NaiveDate) -> CommitteeView {
    let version = |adopted: &Adopted| TermsVersion {
        version: adopted.terms.version.clone(),
        in_force_from: adopted.terms.in_force_from,
        approved_by: adopted.terms.approved_by.clone(),
        adopted_at: adopted.at,
        ballot: adopted.ballot.clone(),
    };
    let latest = kept.body.versions.last().map(|adopted| adopted.terms.title.clone());
    CommitteeView {
        case: case_of(&kept.id),
        title: latest.unwrap_or_default(),
        on,
        terms: kept.body.terms_on(on).cloned(),
        versions: kept.body.versions.iter().map(version).collect(),
        body: kept.id,
    }
}
