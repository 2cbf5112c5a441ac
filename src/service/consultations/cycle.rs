//! The cycle of consultations as it is set, and the year ahead (R17, R28).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::acts::{answered, finish};
use super::super::app::App;
use super::super::call::Call;
use super::super::dossiers::{self, Key};
use super::super::editions::{current, current_edition};
use super::super::error::ServiceError;
use super::{only_for, refused};
use crate::calendar::{Deadline, WorkingDays, date_words, london_date};
use crate::consultation::{Cycle, CycleError, RawCycle, Slot};
use crate::store::Source;

/// The id of the one cycle there is.
const SET: &str = "set";

/// When consultations come round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CycleView {
    /// What is set.
    #[schema(value_type = Object)]
    pub settings: RawCycle,
    /// The consultation that a SIP sent today is in time for.
    pub next: SlotView,
    /// Those that open within twelve months.
    pub year_ahead: Vec<SlotView>,
}

/// One consultation to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SlotView {
    /// The last day to send a SIP that is to be in it.
    pub cut_off: NaiveDate,
    /// The day it is announced.
    pub announced: NaiveDate,
    /// The day it opens.
    pub opens: NaiveDate,
    /// The day it closes, at 17:00 London.
    pub closes: NaiveDate,
    /// The day by which the collated responses go to the deciding body.
    pub referral: NaiveDate,
    /// The last day to send a SIP, in words.
    pub cut_off_words: String,
    /// How each date was reached, in words.
    pub explanation: Vec<String>,
}

/// The cycle, and the year ahead as it follows from it.
///
/// # Errors
///
/// [`ServiceError::Calendar`] when a date lies beyond the known bank holidays.
pub async fn consultation_cycle(app: &App, now: DateTime<Utc>) -> Result<CycleView, ServiceError> {
    let cycle = stored(&app.store).await?;
    view(app, &cycle, now).await
}

/// Sets the cycle; consultations that are being prepared keep their days.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS; [`ServiceError::Refused`] with every fault.
pub async fn set_consultation_cycle(app: &App, call: &Call<'_>, raw: RawCycle) -> Result<CycleView, ServiceError> {
    only_for(call, &["secas"], "SECAS")?;
    let cycle = Cycle::try_from(raw).map_err(refused)?;
    let view = view(app, &cycle, call.now).await?;
    let tx = app.store.write().await?;
    if let Some(view) = answered(&tx, call).await? {
        return Ok(view);
    }
    dossiers::enter::<Cycle>(&tx, call, &Key::of(SET), "cycle_set", &[cycle]).await?;
    finish(tx, call, view).await
}

/// The consultations of the cycle that are to be prepared on a London date, from `ahead` before their cut-off on.
pub(in crate::service) async fn to_prepare(
    app: &App,
    source: &impl Source,
    on: NaiveDate,
    ahead: WorkingDays,
) -> Result<Vec<SlotView>, ServiceError> {
    let calendar = app.calendar(source, &current(source).await?, app.settings.division).await?;
    let cycle = stored(source).await?;
    Ok(cycle.to_prepare(&calendar, on, ahead).map_err(beyond)?.iter().map(slot).collect())
}

async fn stored(source: &impl Source) -> Result<Cycle, ServiceError> {
    Ok(dossiers::find::<Cycle>(source, SET).await?.map(|kept| kept.body).unwrap_or_default())
}

async fn view(app: &App, cycle: &Cycle, now: DateTime<Utc>) -> Result<CycleView, ServiceError> {
    let calendar = current_edition(app).await?.calendar(app.settings.division);
    let (today, settings) = (london_date(now), cycle.settings().clone());
    let next = slot(&cycle.next_for(&calendar, today).map_err(beyond)?);
    let year_ahead = cycle.year_ahead(&calendar, today).map_err(beyond)?.iter().map(slot).collect();
    Ok(CycleView { settings, next, year_ahead })
}

fn beyond(error: CycleError) -> ServiceError {
    match error {
        CycleError::Calendar(error) => error.into(),
        CycleError::TooFar { .. } => ServiceError::wrong("anchor", error.to_string()),
    }
}

fn slot(slot: &Slot) -> SlotView {
    let explained = |title: &str, deadline: &Deadline| format!("{title}: {}", deadline.explain().replace('\n', " "));
    SlotView {
        cut_off_words: date_words(slot.cut_off.on),
        explanation: vec![
            explained("Cut-off", &slot.cut_off),
            explained("Announced", &slot.announced),
            explained("Opens", &slot.opens),
            explained("Closes", &slot.closes),
            explained("Referral", &slot.referral),
        ],
        cut_off: slot.cut_off.on,
        announced: slot.announced.on,
        opens: slot.opens.on,
        closes: slot.closes.on,
        referral: slot.referral.on,
    }
}
