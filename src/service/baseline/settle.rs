//! Settling what change sets contradict each other in: a person decides, and the decision is kept.

use super::super::acts::{answered, finish};
use super::super::fields;
use super::super::loaded::load;
use super::change_views::SprintView;
use super::changes::file;
use super::dossiers::ShelfEvent;
use super::library::{enter, live, shelf};
use super::publish::sprint;
use super::{App, Call, ServiceError, dcc_only, lines, named};
use crate::brd::changes::{Conflict, Decision, Field, ItemName, Settlement, SipName, merge};
use crate::store::WriteTx;

/// How a conflict between change sets is to be settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSettlement {
    /// The SIPs of the sprint, in their order.
    pub sips: Vec<String>,
    /// The item the conflict is about.
    pub item: String,
    /// The field; absent where it is about the whole item.
    pub field: Option<Field>,
    /// What holds.
    pub holds: Holds,
    /// Why.
    pub why: String,
}

/// What holds in the place of a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// This text.
    Text(String),
    /// What this SIP wants.
    Sip(String),
}

/// Settles a conflict between the change sets of a sprint. It holds for exactly what each side says now.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but DCC; [`ServiceError::Wrong`] when there is no such conflict, or the
/// decision does not settle it.
pub async fn settle_conflict(app: &App, call: &Call<'_>, new: NewSettlement) -> Result<SprintView, ServiceError> {
    dcc_only(call)?;
    let why = fields::text("why", &new.why)?;
    let tx = app.store.write().await?;
    if let Some(sips) = answered::<Vec<String>>(&tx, call).await? {
        drop(tx);
        return sprint(app, &sips).await;
    }
    let conflict = conflict(app, &tx, &new).await?;
    let decision = match &new.holds {
        Holds::Text(text) => Decision::Text(fields::text("text", text)?),
        Holds::Sip(sip) => {
            Decision::Takes(SipName::parse(sip).map_err(|error| ServiceError::wrong("takes", error.to_string()))?)
        }
    };
    if let Some(unfit) = conflict.unfit(&decision) {
        return Err(ServiceError::wrong("holds", unfit));
    }
    let settlement = Settlement { conflict, decision, by: call.actor.id.clone(), at: call.now, why };
    let event = ShelfEvent::ConflictSettled { settlement: Box::new(settlement) };
    enter(&tx, call, "conflict_settled", event).await?;
    finish(tx, call, new.sips.clone()).await?;
    sprint(app, &new.sips).await
}

/// The conflict as it stands, settled before or not.
async fn conflict(app: &App, tx: &WriteTx, new: &NewSettlement) -> Result<Conflict, ServiceError> {
    let item = ItemName::parse(&new.item).map_err(|error| ServiceError::wrong("item", error.to_string()))?;
    let mut sets = Vec::new();
    for reference in &new.sips {
        let sip = load(app, tx, reference).await?;
        let file = file(tx, &sip).await?;
        let missing = || ServiceError::NotFound { what: "change set of", name: sip.known_as().to_owned() };
        sets.push(named(&sip, &file.latest().ok_or_else(missing)?.set)?);
    }
    let settlements = shelf(tx).await?.settlements;
    let merged = merge(&live(tx).await?, &sets, &settlements)
        .map_err(|problems| ServiceError::wrong("sips", lines(&problems)))?;
    let all = merged.conflicts.into_iter().chain(merged.settled);
    let found = all.into_iter().find(|conflict| conflict.item == item && conflict.field == new.field);
    let none = || ServiceError::wrong("item", format!("these SIPs do not contradict each other about {item}"));
    found.ok_or_else(none)
}
