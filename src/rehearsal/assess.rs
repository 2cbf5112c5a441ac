//! The step that delivers an Impact Assessment: a shipped one, with the figures of the scenario laid over it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::library;
use super::play::Rehearsal;
use super::scenario::Names;
use super::steps::{Failed, actor, differs, known_as, reference, settle};
use crate::service::{self, Call};
use crate::sip::assessment::RawAssessment;
use crate::yaml::{self, Limits};

/// Someone delivers an Impact Assessment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assess {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The case, as the scenario calls it, or several.
    pub case: Names,
    /// A shipped assessment in `fixtures/assessments/`, without `.yaml`.
    #[serde(default = "quick")]
    pub assessment: String,
    /// The total cost, in the place of every figure of the shipped one.
    #[serde(default)]
    pub cost: Option<String>,
    /// The day development is due to be complete.
    #[serde(default)]
    pub develop_by: Option<NaiveDate>,
    /// Parts to be laid over the shipped one, part by part.
    #[serde(default)]
    pub parts: BTreeMap<String, Json>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

fn quick() -> String {
    "quick".to_owned()
}

pub(super) async fn assess(rehearsal: &mut Rehearsal, step: &Assess) -> Result<(), Failed> {
    let by = actor(rehearsal, &step.actor)?;
    for name in step.case.iter() {
        let reference = reference(rehearsal, name)?;
        let call = Call::new(&by, rehearsal.now);
        let outcome = service::deliver_assessment(&rehearsal.app, &call, &reference, assessment(step)?, None).await;
        let known_as = known_as(rehearsal, &reference).await?;
        settle(rehearsal, &by, &known_as, outcome, step.refused.as_deref())?;
    }
    Ok(())
}

/// The shipped assessment with what the step says laid over it.
fn assessment(step: &Assess) -> Result<RawAssessment, Failed> {
    let name = &step.assessment;
    let text = library::assessment(name).ok_or_else(|| differs(format!("there is no assessment `{name}`")))?;
    let shipped = yaml::load::<RawAssessment>(name, text, Limits::default());
    let shipped = shipped.map_err(|problems| differs(problems.to_string()))?.value;
    let mut whole = serde_json::to_value(shipped).map_err(|error| differs(error.to_string()))?;
    if let Some(cost) = &step.cost {
        let lines = json!([{ "phase": "All phases", "cost": cost }]);
        let costs = json!({ "lines": lines, "subtotals": [], "total": cost });
        lay_over(&mut whole, &json!({ "summary": { "cost": cost }, "costs": costs }));
    }
    if let Some(day) = step.develop_by {
        lay_over(&mut whole, &json!({ "timescales": { "develop_by": day } }));
    }
    lay_over(&mut whole, &json!(step.parts));
    serde_json::from_value(whole).map_err(|error| differs(format!("the assessment cannot be read: {error}")))
}

/// Puts each part in the place of the part of the same name; parts that hold parts are gone into.
fn lay_over(whole: &mut Json, parts: &Json) {
    match (whole, parts) {
        (Json::Object(whole), Json::Object(parts)) => {
            for (name, part) in parts {
                lay_over(whole.entry(name).or_insert(Json::Null), part);
            }
        }
        (whole, part) => *whole = part.clone(),
    }
}
