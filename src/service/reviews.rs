//! Reviews of how consultations work: one a year by itself, and more at any time (R57).

use chrono::Datelike;

use super::acts::{answered, finish};
use super::app::App;
use super::call::{Call, Receipt};
use super::error::ServiceError;
use super::fields;
use super::loaded::load;
use super::outcomes::{Step, carry_out};
use super::sips::{Opening, open_case};
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::store::{self, WriteTx};
use crate::workflow::Facts;

/// The process of a review.
const REVIEW_PROCESS: &str = "consultation-review";

/// Opens a review of how consultations work, whose outcome SECAS records.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS and DCC; [`ServiceError::Wrong`] for an empty title.
pub async fn open_review(app: &App, call: &Call<'_>, title: &str) -> Result<Receipt, ServiceError> {
    if !call.actor.holds("secas") && !call.actor.holds("dcc") {
        return Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: "SECAS or DCC".to_owned() });
    }
    let title = fields::line("title", title)?;
    let tx = app.store.write().await?;
    if let Some(receipt) = answered(&tx, call).await? {
        return Ok(receipt);
    }
    let year = london_date(call.now).year();
    let serial = store::next_number(&tx, &format!("review-{year}")).await?;
    let receipt = begin(app, &tx, call, format!("REVIEW-{year}-{serial:02}"), title).await?;
    finish(tx, call, receipt).await
}

/// Opens the review of a year, unless it was opened before, and says so.
pub(super) async fn open_yearly(app: &App, call: &Call<'_>, year: i32) -> Result<String, ServiceError> {
    let reference = format!("REVIEW-{year}");
    let tx = app.store.write().await?;
    if store::find_case_by_reference(&tx, &reference).await?.is_some() {
        return Ok(format!("{reference} was opened before"));
    }
    begin(app, &tx, call, reference.clone(), format!("How consultations work: review of {year}")).await?;
    tx.commit().await?;
    Ok(format!("{reference} opened"))
}

/// A review is opened, and begun by Quorate itself in the same act.
async fn begin(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    reference: String,
    title: String,
) -> Result<Receipt, ServiceError> {
    let opening = Opening { process: REVIEW_PROCESS, reference: reference.clone(), title, party: None };
    open_case(app, tx, call, opening, Facts::new(), None).await?;
    let mut case = load(app, tx, &reference).await?;
    let system = Actor::system();
    let by_itself = Call::new(&system, call.now);
    carry_out(app, tx, &by_itself, &mut case, Step::new("open", Facts::new(), call.now)).await
}
