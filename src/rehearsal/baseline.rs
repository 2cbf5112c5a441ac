//! The steps of a scenario about the baseline: taking it over, drafting change sets, settling and publishing.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::library;
use super::play::Rehearsal;
use super::scenario::Names;
use super::steps::{Failed, Outcome, actor, differs, known_as, named_text, reference, settle};
use crate::brd::Version;
use crate::brd::changes::{Change, ChangeSet, Field, SipName};
use crate::brd::versions::{Duty, Found};
use crate::service::{self, Call, DutyAnswer, Holds, NewSettlement};

/// DCC takes over the baseline that comes with the program.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportBrd {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// Someone drafts what a SIP does to the baseline.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftChanges {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The SIP, as the scenario calls it.
    pub case: String,
    /// The changes.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// Shipped changes in `fixtures/brd/changes/`, without `.yaml`, instead.
    #[serde(default)]
    pub shipped: Option<String>,
    /// Why it still changes, once the Impact Assessment is delivered.
    #[serde(default)]
    pub reason: Option<String>,
    /// The SIPs it must meet in a conflict; exactly these.
    #[serde(default)]
    pub conflicts_with: Option<Vec<String>>,
    /// Texts that what it leaves to be done must have.
    #[serde(default)]
    pub leaves: Vec<String>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// DCC answers the duties of SEC H8.8 about a SIP, or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duties {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The SIPs.
    pub case: Names,
    /// What is answered, by duty; the consultation on Material Risk is not needed unless it is named.
    pub answers: BTreeMap<Duty, String>,
    /// Why no consultation on Material Risk is needed.
    #[serde(default)]
    pub no_material_risk: Option<String>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// DCC settles a conflict between the SIPs of a sprint.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettleConflict {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The SIPs of the sprint, in their order.
    pub sips: Vec<String>,
    /// The item.
    pub item: String,
    /// The field; absent where it is about the whole item.
    #[serde(default)]
    pub field: Option<Field>,
    /// The text that holds; or else `takes`.
    #[serde(default)]
    pub text: Option<String>,
    /// The SIP whose change holds.
    #[serde(default)]
    pub takes: Option<String>,
    /// Why.
    pub why: String,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// DCC publishes a sprint as the next version of the baseline.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishBrd {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The SIPs, in the order they are merged.
    pub sips: Vec<String>,
    /// The version that must come of it.
    #[serde(default)]
    pub version: Option<String>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// What must be so of the baseline now.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExpectBrd {
    /// The live version.
    pub version: Option<String>,
    /// An item, about which the rest is.
    pub item: Option<String>,
    /// What its text says.
    pub says: Option<String>,
    /// The first version that has it.
    pub since: Option<String>,
    /// The version in which it last changed.
    pub last_changed: Option<String>,
    /// The SIPs that last changed it, in their order.
    pub by: Option<Vec<String>>,
}

pub(super) async fn import(rehearsal: &mut Rehearsal, step: &ImportBrd) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let (file, text) = library::BASELINE;
    let outcome = service::import_baseline(&rehearsal.app, &Call::new(&by, rehearsal.now), file, text).await;
    settle(rehearsal, &by, "baseline", outcome, step.refused.as_deref()).map(|_| ())
}

pub(super) async fn draft(rehearsal: &mut Rehearsal, step: &DraftChanges) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let reference = reference(rehearsal, &step.case)?;
    let text = written(step)?;
    let call = Call::new(&by, rehearsal.now);
    let outcome = service::draft_change_set(&rehearsal.app, &call, &reference, &text, step.reason.as_deref()).await;
    let known_as = known_as(rehearsal, &reference).await?;
    let Some(view) = settle(rehearsal, &by, &known_as, outcome, step.refused.as_deref())? else { return Ok(()) };
    if let Some(wanted) = &step.conflicts_with {
        let wanted = sips(rehearsal, wanted).await?;
        let conflicts = view.collisions.iter().filter(|collision| collision.conflict);
        let mut met: Vec<_> = conflicts.map(|collision| collision.with.clone().unwrap_or_default()).collect();
        met.dedup();
        if met != wanted {
            return Err(differs(format!("it should meet {}, meets {}", wanted.join(", "), met.join(", "))));
        }
    }
    for text in &step.leaves {
        if !view.findings.iter().any(|finding| finding.contains(text)) {
            return Err(differs(format!("it should leave `{text}`, leaves: {}", view.findings.join("; "))));
        }
    }
    Ok(())
}

/// The change set as the proposer writes it.
fn written(step: &DraftChanges) -> Result<String, Failed> {
    let fault = |error: &dyn std::fmt::Display| differs(error.to_string());
    if let Some(name) = &step.shipped {
        let shipped = library::changes(name).ok_or_else(|| differs(format!("there are no changes `{name}`")))?;
        return Ok(shipped.to_owned());
    }
    let sip = SipName::parse("SIP").map_err(|error| fault(&error))?;
    let base = Version::parse("V1.0").map_err(|error| fault(&error))?;
    Ok(ChangeSet { sip, base, changes: step.changes.clone() }.to_yaml())
}

pub(super) async fn duties(rehearsal: &mut Rehearsal, step: &Duties) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let done = step.answers.iter().map(|(duty, says)| (*duty, Found::Done, says));
    let needless = step.no_material_risk.iter().map(|why| (Duty::MaterialRiskConsultation, Found::NotNeeded, why));
    let answers: Vec<_> = done.chain(needless).collect();
    for name in step.case.iter() {
        let reference = reference(rehearsal, name)?;
        for (duty, found, says) in &answers {
            let call = Call::new(&by, rehearsal.now);
            let answer = DutyAnswer { duty: *duty, found: *found, says: (*says).clone() };
            let outcome = service::answer_duty(&rehearsal.app, &call, &reference, answer).await;
            let known_as = known_as(rehearsal, &reference).await?;
            settle(rehearsal, &by, &known_as, outcome, step.refused.as_deref())?;
        }
    }
    Ok(())
}

pub(super) async fn settle_conflict(rehearsal: &mut Rehearsal, step: &SettleConflict) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let holds = match (&step.text, &step.takes) {
        (Some(text), _) => Holds::Text(text.clone()),
        (None, Some(name)) => Holds::Sip(known_as(rehearsal, &reference(rehearsal, name)?).await?),
        (None, None) => return Err(differs("`settle_conflict` needs `text` or `takes`")),
    };
    let sips = sips(rehearsal, &step.sips).await?;
    let new = NewSettlement { sips, item: step.item.clone(), field: step.field, holds, why: step.why.clone() };
    let outcome = service::settle_conflict(&rehearsal.app, &Call::new(&by, rehearsal.now), new).await;
    settle(rehearsal, &by, "baseline", outcome, step.refused.as_deref()).map(|_| ())
}

pub(super) async fn publish(rehearsal: &mut Rehearsal, step: &PublishBrd) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let sips = sips(rehearsal, &step.sips).await?;
    let call = Call::new(&by, rehearsal.now);
    let outcome = Box::pin(service::publish_baseline(&rehearsal.app, &call, &sips)).await;
    let line = settle(rehearsal, &by, "baseline", outcome, step.refused.as_deref())?;
    match (line, &step.version) {
        (Some(line), Some(wanted)) if line.version != *wanted => {
            Err(differs(format!("it should be published as {wanted}, is {}", line.version)))
        }
        _ => Ok(()),
    }
}

pub(super) async fn expect(rehearsal: &Rehearsal, step: &ExpectBrd) -> Outcome {
    let mut found = Vec::new();
    let mut same = |what: &str, wanted: Option<&String>, is: &str| {
        if let Some(wanted) = wanted.filter(|wanted| wanted.trim() != is) {
            found.push(format!("{what} should be `{wanted}`, is `{is}`"));
        }
    };
    let live = service::baseline(&rehearsal.app, None).await?;
    same("the live version", step.version.as_ref(), &live.version);
    if let Some(item) = &step.item {
        let item = named_text(rehearsal, item).await?;
        let trace = service::trace_item(&rehearsal.app, &item).await?;
        same("since", step.since.as_ref(), &trace.since);
        same("last changed", step.last_changed.as_ref(), &trace.last_changed);
        same("its text", step.says.as_ref(), &trace.text());
        if let Some(wanted) = &step.by {
            let wanted = sips(rehearsal, wanted).await?.join(", ");
            let by = trace.passages.last().into_iter().flat_map(|passage| &passage.by);
            let is: Vec<_> = by.map(|by| by.sip.to_string()).collect();
            same("by", Some(&wanted), &is.join(", "));
        }
    }
    if found.is_empty() { Ok(()) } else { Err(differs(found.join("; "))) }
}

/// The numbers of the SIPs that the scenario calls by these names.
async fn sips(rehearsal: &Rehearsal, names: &[String]) -> Result<Vec<String>, Failed> {
    let mut sips = Vec::new();
    for name in names {
        sips.push(known_as(rehearsal, &reference(rehearsal, name)?).await?);
    }
    Ok(sips)
}
