//! Delegations from the Panel: which sign-off, to which body, from when, until when (R6). Only the Panel changes them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::acts::{answered, finish};
use super::app::App;
use super::call::Call;
use super::error::ServiceError;
use super::fields;
use super::settle::{Journalled, append};
use crate::calendar::london_date;
use crate::store::{self, Source, WriteTx};
use crate::workflow::{Definition, FactName};

const SETTING: &str = "delegations";

/// A power the Panel has delegated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Delegation {
    /// The point of the process, for example `ia_sign_off`.
    pub point: String,
    /// The body that may decide there.
    pub body: String,
    /// First London date in force.
    pub from: NaiveDate,
    /// Last London date in force; open-ended where absent.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// London date of the Panel's determination.
    pub decided_on: NaiveDate,
    /// The Panel's reasons.
    pub reasons: String,
}

/// Records a determination of the Panel to delegate a power, or to end a delegation by giving it a last day.
///
/// It replaces one of the same power from the same day, and otherwise takes over from the one before on its first day:
/// a renewal recorded early leaves no gap.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS, who keeps the Panel's record; [`ServiceError::Wrong`] for an
/// unknown point or body, a day of the determination that has not come, or a delegation that ends before it begins.
pub async fn record_delegation(app: &App, call: &Call<'_>, delegation: Delegation) -> Result<(), ServiceError> {
    if !call.actor.holds("secas") {
        return Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: "SECAS".to_owned() });
    }
    fields::text("reasons", &delegation.reasons)?;
    if delegation.decided_on > london_date(call.now) {
        return Err(ServiceError::wrong("decided_on", "it is in the future; give the day the Panel decided"));
    }
    if delegation.until.is_some_and(|until| until < delegation.from) {
        return Err(ServiceError::wrong("until", "it ends before it begins; give a later day or leave it out"));
    }
    let tx = app.store.write().await?;
    if answered::<()>(&tx, call).await?.is_some() {
        return Ok(());
    }
    known_power(app, &tx, &delegation, call).await?;
    let mut all = delegations(&tx).await?;
    all.retain(|other| !same_power(other, &delegation) || other.from != delegation.from);
    all.push(delegation.clone());
    store::put_setting(&tx, SETTING, json!(all)).await?;
    append(&tx, call.actor, call.now, Journalled::new(SETTING, "delegation_recorded", json!(delegation))).await?;
    finish(tx, call, ()).await
}

fn same_power(one: &Delegation, other: &Delegation) -> bool {
    one.point == other.point && one.body == other.body
}

async fn known_power(app: &App, tx: &WriteTx, delegation: &Delegation, call: &Call<'_>) -> Result<(), ServiceError> {
    let today = london_date(call.now);
    let definition = super::processes::in_force(app, tx, super::sips::SIP_PROCESS, today).await?;
    let body = definition.bodies.get(delegation.body.as_str());
    let Some(body) = body.filter(|body| body.delegated_from.is_some()) else {
        return Err(ServiceError::wrong("body", "there is no body of this name whose powers are delegated"));
    };
    if body.powers.contains_key(delegation.point.as_str()) {
        return Ok(());
    }
    let known: Vec<_> = body.powers.keys().map(ToString::to_string).collect();
    Err(ServiceError::wrong("point", format!("there is no such point; there are {}", known.join(", "))))
}

/// Every delegation recorded, in force or not.
///
/// # Errors
///
/// The database cannot be read.
pub async fn delegations(source: &impl Source) -> Result<Vec<Delegation>, ServiceError> {
    let Some(json) = store::find_setting(source, SETTING).await? else { return Ok(Vec::new()) };
    serde_json::from_value(json).map_err(|error| ServiceError::damaged(SETTING, error))
}

/// Whether the delegation a fact stands for is in force on a London date.
pub(super) async fn in_force(
    tx: &WriteTx,
    definition: &Definition,
    fact: &FactName,
    today: NaiveDate,
) -> Result<(bool, Option<String>), ServiceError> {
    let made = definition.states.values().filter_map(|state| state.determination.as_ref());
    let Some(made) = made.into_iter().find(|made| made.delegation.as_ref() == Some(fact)) else {
        return Ok((false, Some("the record knows nothing of this".to_owned())));
    };
    let covers =
        |delegation: &&Delegation| delegation.point == made.point.as_str() && delegation.body == made.body.as_str();
    let all = delegations(tx).await?;
    let begun = all.iter().filter(covers).filter(|delegation| delegation.from <= today);
    let latest = begun.max_by_key(|delegation| delegation.from);
    Ok((latest.is_some_and(|delegation| delegation.until.is_none_or(|until| today <= until)), None))
}
