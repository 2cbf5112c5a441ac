//! The bodies of the small world, from `fixtures/committees.yaml`: founded when a scenario starts.

use chrono::{Days, Months, NaiveDate};
use serde::Deserialize;

use crate::actor::Actor;
use crate::committee::{Delegation, Terms};
use crate::service::{self, App, Call, ServiceError};
use crate::yaml::{self, Limits};

const FILE: &str = "fixtures/committees.yaml";
const TEXT: &str = include_str!("../../fixtures/committees.yaml");

/// Every point the Panel can delegate.
const POINTS: [&str; 5] =
    ["urgent_timetable", "ia_sign_off", "development_sign_off", "revised_scope", "deployment_sign_off"];

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bodies {
    committees: Vec<Terms>,
}

/// A point delegated from the start: its name, or its name with the last day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Delegated {
    /// Without an end.
    Point(String),
    /// Until a London date.
    Until {
        /// The point.
        point: String,
        /// The last day.
        until: NaiveDate,
    },
}

impl Delegated {
    /// Every point that can be delegated, without an end.
    pub fn everything() -> Vec<Self> {
        POINTS.map(|point| Self::Point(point.to_owned())).to_vec()
    }

    fn from(&self, from: NaiveDate) -> Delegation {
        let (point, until) = match self {
            Self::Point(point) => (point, None),
            Self::Until { point, until } => (point, Some(*until)),
        };
        let year = from.checked_add_months(Months::new(12)).and_then(|year| year.checked_sub_days(Days::new(1)));
        Delegation {
            point: point.clone(),
            from,
            until,
            decided_on: from,
            reasons: "The Operations Group knows the SSI best.".to_owned(),
            review_by: year.unwrap_or(from),
        }
    }
}

/// The founding terms of every body.
pub(super) fn founding() -> Result<Vec<Terms>, ServiceError> {
    Ok(yaml::load::<Bodies>(FILE, TEXT, Limits::default())?.value.committees)
}

/// Enters every body with its founding terms, in force from a London date, with these points delegated.
///
/// # Errors
///
/// A body is there already, or somebody on it is not known.
pub async fn establish(
    app: &App,
    call: &Call<'_>,
    from: NaiveDate,
    delegated: &[Delegated],
) -> Result<(), ServiceError> {
    for mut terms in founding()? {
        terms.in_force_from = from;
        if terms.sub_committee_of.is_some() {
            terms.delegations = delegated.iter().map(|one| one.from(from)).collect();
        }
        // JSON is YAML, with every choice written as YAML reads it here.
        let text = serde_json::to_string(&terms)
            .map_err(|error| ServiceError::Wrong { field: FILE.to_owned(), what: error.to_string() })?;
        service::establish_committee(app, call, &text).await?;
    }
    Ok(())
}

/// Whoever keeps the record of the bodies.
pub(super) fn secretary<'a>(mut people: impl Iterator<Item = &'a Actor>) -> Option<&'a Actor> {
    people.find(|actor| actor.holds("secas"))
}
