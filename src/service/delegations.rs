//! What the Panel has delegated: it stands in the terms of reference of each body (R6). Only the Panel changes them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::app::App;
use super::committees;
use super::error::ServiceError;
use crate::committee::Terms;
use crate::store::Source;
use crate::workflow::{Definition, FactName};

/// A power the Panel has delegated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Delegation {
    /// The point of the process, for example `ia_sign_off`.
    pub point: String,
    /// The body that may decide there.
    pub body: String,
    /// First London date in force.
    pub from: NaiveDate,
    /// Last London date in force; open-ended where absent.
    pub until: Option<NaiveDate>,
    /// London date of the Panel's determination.
    pub decided_on: NaiveDate,
    /// The Panel's reasons.
    pub reasons: String,
    /// London date by which the Panel reviews it (R57).
    pub review_by: NaiveDate,
}

/// Every delegation in the terms of reference in force on a London date, whether its own days have come or not.
///
/// # Errors
///
/// The database cannot be read.
pub async fn list_delegations(app: &App, on: NaiveDate) -> Result<Vec<Delegation>, ServiceError> {
    Ok(committees::in_force(&app.store, on).await?.iter().flat_map(of_terms).collect())
}

fn of_terms(terms: &Terms) -> impl Iterator<Item = Delegation> {
    terms.delegations.iter().map(|delegation| Delegation {
        point: delegation.point.clone(),
        body: terms.body.to_string(),
        from: delegation.from,
        until: delegation.until,
        decided_on: delegation.decided_on,
        reasons: delegation.reasons.clone(),
        review_by: delegation.review_by,
    })
}

/// Whether the delegation a fact stands for is in force on a London date.
pub(super) async fn in_force(
    source: &impl Source,
    definition: &Definition,
    fact: &FactName,
    today: NaiveDate,
) -> Result<(bool, Option<String>), ServiceError> {
    let made = definition.states.values().filter_map(|state| state.determination.as_ref());
    let Some(made) = made.into_iter().find(|made| made.delegation.as_ref() == Some(fact)) else {
        return Ok((false, Some("the record knows nothing of this".to_owned())));
    };
    let all = committees::in_force(source, today).await?;
    let covers =
        |terms: &Terms| terms.body.as_str() == made.body.as_str() && terms.delegates(made.point.as_str(), today);
    Ok((all.iter().any(covers), None))
}
