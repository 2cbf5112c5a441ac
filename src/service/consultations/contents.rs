//! Writing what a consultation says while it is being prepared, and what still stands in the way of issuing it.

use super::super::acts::{answered, finish};
use super::super::app::App;
use super::super::batches;
use super::super::call::Call;
use super::super::dossiers;
use super::super::error::ServiceError;
use super::super::loaded::{Loaded, load};
use super::{contents_of, defaults, issue, key, not_now, only_for, sip_id};
use crate::calendar::london_date;
use crate::consultation::{Blocking, Contents, ContentsEvent, Frame, Proposal};
use crate::store::WriteTx;

/// Writes what a consultation says as a whole, in place of what was written before. What is left out is taken from the
/// record or from standing words.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS and DCC; [`ServiceError::Wrong`] once it is issued.
pub async fn write_frame(app: &App, call: &Call<'_>, reference: &str, frame: Frame) -> Result<(), ServiceError> {
    let tx = app.store.write().await?;
    if answered::<()>(&tx, call).await?.is_some() {
        return Ok(());
    }
    let case = preparing(app, &tx, call, reference).await?;
    let event = ContentsEvent::FrameWritten(Box::new(frame));
    dossiers::enter::<Contents>(&tx, call, &key(&case), "frame_written", &[event]).await?;
    finish(tx, call, ()).await
}

/// Writes what a consultation says of one SIP, in place of what was written before. What is left out is taken from the
/// record of the SIP.
///
/// # Errors
///
/// As [`write_frame`]; [`ServiceError::Wrong`] for a SIP it does not carry.
pub async fn write_contents(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    sip: &str,
    proposal: Proposal,
) -> Result<(), ServiceError> {
    let tx = app.store.write().await?;
    if answered::<()>(&tx, call).await?.is_some() {
        return Ok(());
    }
    let case = preparing(app, &tx, call, reference).await?;
    let carried = batches::members(app, &tx, &case.record.id).await?;
    let named = sip.trim().to_uppercase();
    let Some(found) = carried.iter().find(|sip| sip.known_as() == named) else {
        let names: Vec<_> = carried.iter().map(Loaded::known_as).collect();
        return Err(ServiceError::wrong("sip", format!("it does not carry {named}; it carries {}", names.join(", "))));
    };
    let event = ContentsEvent::ProposalWritten { sip: sip_id(found.known_as())?, proposal: Box::new(proposal) };
    dossiers::enter::<Contents>(&tx, call, &key(&case), "proposal_written", &[event]).await?;
    finish(tx, call, ()).await
}

/// Everything that stands in the way of issuing a consultation, item by item; for SECAS and DCC.
///
/// The window, and what is filled in on issue, are not among it before they are given.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone else; [`ServiceError::NotFound`] when there is no such consultation.
pub async fn blocking_list(app: &App, call: &Call<'_>, reference: &str) -> Result<Vec<Blocking>, ServiceError> {
    only_for(call, &["secas", "dcc"], "SECAS or DCC")?;
    let case = load(app, &app.store, reference).await?;
    let contents = contents_of(&app.store, &case).await?;
    if contents.issued.is_some() {
        return Ok(Vec::new());
    }
    let draft = defaults::drafted(app, &app.store, &case, contents, &case.case().values, london_date(call.now)).await?;
    Ok(issue::in_the_way(&case, &draft, london_date(call.now)))
}

/// The case of a consultation whose contents may still be written.
async fn preparing(app: &App, tx: &WriteTx, call: &Call<'_>, reference: &str) -> Result<Loaded, ServiceError> {
    only_for(call, &["secas", "dcc"], "SECAS or DCC")?;
    let case = load(app, tx, reference).await?;
    let contents = contents_of(tx, &case).await?;
    if contents.issued.is_some() || case.record.closed_at.is_some() {
        return Err(not_now(&case, "writing its contents", "what is issued is never changed"));
    }
    Ok(case)
}
