//! The duties of SEC H8.8 about a SIP, answered before it is deployed (R69).

use super::super::acts::{answered, finish, up_to_date};
use super::super::dossiers::{self, Key};
use super::change_views::ChangeSetView;
use super::changes::{change_set, file};
use super::dossiers::{ChangeFile, ChangeFileEvent};
use super::{App, Call, ServiceError, dcc_only};
use crate::brd::Line;
use crate::brd::versions::{Answer, Duty, Found};

/// An answer to a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyAnswer {
    /// The duty.
    pub duty: Duty,
    /// Whether it was done.
    pub found: Found,
    /// What was done or found, and where it can be read.
    pub says: String,
}

/// Answers a duty of SEC H8.8 about a SIP, in the place of any answer before.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but DCC; [`ServiceError::NotFound`] when the SIP has no change set;
/// [`ServiceError::Wrong`] when the answer says nothing, or a duty that is always needed is called needless.
pub async fn answer_duty(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    answer: DutyAnswer,
) -> Result<ChangeSetView, ServiceError> {
    dcc_only(call)?;
    if let Some(why) = answer.duty.unfit(answer.found) {
        return Err(ServiceError::wrong("found", why));
    }
    let says = super::super::fields::line("says", &answer.says)?;
    let tx = app.store.write().await?;
    if let Some(reference) = answered::<String>(&tx, call).await? {
        drop(tx);
        return change_set(app, &reference).await;
    }
    let (tx, sip) = up_to_date(app, tx, call, reference).await?;
    if file(&tx, &sip).await?.latest().is_none() {
        return Err(ServiceError::NotFound { what: "change set of", name: sip.known_as().to_owned() });
    }
    let by = call.actor.id.clone();
    let given = Answer { found: answer.found, says: Line::new(says), by, at: call.now };
    let event = ChangeFileEvent::DutyAnswered { duty: answer.duty, answer: given };
    let key = Key::child(&sip.record.reference, &sip.record.id);
    dossiers::enter::<ChangeFile>(&tx, call, &key, "duty_answered", &[event]).await?;
    finish(tx, call, sip.record.reference.clone()).await?;
    change_set(app, &sip.record.reference).await
}
