//! Steps about what a consultation says and what is answered.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

use super::play::Rehearsal;
use super::steps::{Failed, Outcome, actor, differs, known_as, named, named_text, reference, settle};
use crate::actor::Actor;
use crate::consultation::{
    Admitted, Audience, RawAnswer, RawConfidential, RawConsideration, RawEffect, RawRefinement, RawResponse,
};
use crate::service::{self, Call};

/// Someone writes what a consultation says: of a SIP, or of the whole where none is named.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The consultation.
    pub case: String,
    /// The SIP, such as `$g`.
    #[serde(default)]
    pub sip: Option<String>,
    /// What is written.
    pub say: BTreeMap<String, Json>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// Someone responds on behalf of their Party.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Respond {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The consultation.
    pub case: String,
    /// What is said to each question: `Q1`, or `$g` for the first question about the SIP called `g`.
    #[serde(default)]
    pub answers: BTreeMap<String, RawAnswer>,
    /// What each SIP means for the Party.
    #[serde(default)]
    pub sips: BTreeMap<String, RawEffect>,
    /// Comments on the whole.
    #[serde(default)]
    pub comments: String,
    /// What is confidential.
    #[serde(default)]
    pub confidential: RawConfidential,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// SECAS records whether a late response counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Late {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The consultation.
    pub case: String,
    /// Whose response.
    pub party: String,
    /// Whether it counts.
    pub admitted: Admitted,
    /// Why.
    pub reason: String,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// DCC records what it made of the responses.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consider {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The consultation.
    pub case: String,
    /// What changes; a SIP is written `$g`.
    #[serde(default)]
    pub refinements: Vec<RawRefinement>,
    /// Why nothing changes, by SIP.
    #[serde(default)]
    pub unchanged: BTreeMap<String, String>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// SECAS lets a consultation go without a usable contact of a Party.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waive {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The consultation.
    pub case: String,
    /// The Party.
    pub party: String,
    /// Why.
    pub reason: String,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// Someone nominates a contact of a Party, or says that one cannot be reached.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nominate {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The Party.
    pub party: String,
    /// The person.
    pub person: String,
    /// Why the person cannot be reached, where that is so.
    #[serde(default)]
    pub unusable: Option<String>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

pub(super) async fn contents(rehearsal: &mut Rehearsal, step: &Contents) -> Outcome {
    let (by, reference) = whose(rehearsal, &step.actor, &step.case)?;
    let mut say = serde_json::Map::new();
    for (field, json) in &step.say {
        say.insert(field.clone(), named(rehearsal, json).await?);
    }
    let (say, call) = (Json::Object(say), Call::new(&by, rehearsal.now));
    let outcome = match &step.sip {
        Some(sip) => {
            let sip = named_text(rehearsal, sip).await?;
            service::write_contents(&rehearsal.app, &call, &reference, &sip, read(say)?).await
        }
        None => service::write_frame(&rehearsal.app, &call, &reference, read(say)?).await,
    };
    settle(rehearsal, &by, &reference, outcome, step.refused.as_deref()).map(|_| ())
}

fn read<T: serde::de::DeserializeOwned>(json: Json) -> Result<T, Failed> {
    serde_json::from_value(json).map_err(|error| differs(format!("`say` cannot be read: {error}")))
}

pub(super) async fn respond(rehearsal: &mut Rehearsal, step: &Respond) -> Outcome {
    let (by, reference) = whose(rehearsal, &step.actor, &step.case)?;
    let mut raw = RawResponse {
        comments: step.comments.clone(),
        confidential: RawConfidential { whole: step.confidential.whole.clone(), ..RawConfidential::default() },
        ..RawResponse::default()
    };
    for (question, answer) in &step.answers {
        raw.answers.insert(numbered(rehearsal, &reference, question).await?, answer.clone());
    }
    for (sip, effect) in &step.sips {
        raw.sips.insert(named_text(rehearsal, sip).await?, effect.clone());
    }
    for (part, reason) in &step.confidential.parts {
        let (of, what) =
            part.split_once('.').map_or((part.as_str(), String::new()), |(of, what)| (of, format!(".{what}")));
        raw.confidential.parts.insert(numbered(rehearsal, &reference, of).await? + &what, reason.clone());
    }
    let call = Call::new(&by, rehearsal.now);
    let outcome = service::submit_response(&rehearsal.app, &call, &reference, &raw).await;
    settle(rehearsal, &by, &reference, outcome, step.refused.as_deref()).map(|_| ())
}

/// The number of the first question about the SIP called `$name`; anything else stays as it is.
async fn numbered(rehearsal: &Rehearsal, reference: &str, question: &str) -> Result<String, Failed> {
    if !question.starts_with('$') {
        return Ok(question.to_owned());
    }
    let sip = named_text(rehearsal, question).await?;
    let view = service::consultation_seen(&rehearsal.app, None, reference, rehearsal.now).await?;
    let about = |asked: &&crate::consultation::Numbered| asked.sip.as_ref().is_some_and(|about| about.as_str() == sip);
    let number = view.questions.iter().find(about).map(|asked| asked.number.to_string());
    number.ok_or_else(|| differs(format!("no question is asked about {sip}")))
}

pub(super) async fn late(rehearsal: &mut Rehearsal, step: &Late) -> Outcome {
    let (by, reference) = whose(rehearsal, &step.actor, &step.case)?;
    let (call, decision) = (Call::new(&by, rehearsal.now), (step.admitted, step.reason.as_str()));
    let outcome = service::decide_late(&rehearsal.app, &call, &reference, &step.party, decision).await;
    settle(rehearsal, &by, &reference, outcome, step.refused.as_deref()).map(|_| ())
}

pub(super) async fn consider(rehearsal: &mut Rehearsal, step: &Consider) -> Outcome {
    let (by, reference) = whose(rehearsal, &step.actor, &step.case)?;
    let mut raw = RawConsideration::default();
    for refinement in &step.refinements {
        let mut because_of = Vec::new();
        for source in &refinement.because_of {
            let (party, part) = source.split_once(' ').unwrap_or((source.as_str(), ""));
            because_of.push(format!("{party} {}", numbered(rehearsal, &reference, part).await?));
        }
        let sip = named_text(rehearsal, &refinement.sip).await?;
        raw.refinements.push(RawRefinement { sip, because_of, ..refinement.clone() });
    }
    for (sip, reason) in &step.unchanged {
        raw.unchanged.insert(named_text(rehearsal, sip).await?, reason.clone());
    }
    let call = Call::new(&by, rehearsal.now);
    let outcome = service::consider_responses(&rehearsal.app, &call, &reference, &raw).await;
    settle(rehearsal, &by, &reference, outcome, step.refused.as_deref()).map(|_| ())
}

pub(super) async fn waive(rehearsal: &mut Rehearsal, step: &Waive) -> Outcome {
    let (by, reference) = whose(rehearsal, &step.actor, &step.case)?;
    let call = Call::new(&by, rehearsal.now);
    let outcome = service::waive_contact(&rehearsal.app, &call, &reference, &step.party, &step.reason).await;
    settle(rehearsal, &by, &reference, outcome, step.refused.as_deref()).map(|_| ())
}

pub(super) async fn nominate(rehearsal: &mut Rehearsal, step: &Nominate) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let call = Call::new(&by, rehearsal.now);
    let outcome = match &step.unusable {
        Some(why) => service::mark_contact(&rehearsal.app, &call, &step.party, &step.person, why).await,
        None => service::nominate_contact(&rehearsal.app, &call, &step.party, &step.person).await,
    };
    settle(rehearsal, &by, &step.party, outcome, step.refused.as_deref()).map(|_| ())
}

fn whose(rehearsal: &Rehearsal, who: &str, case: &str) -> Result<(Actor, String), Failed> {
    Ok((actor(rehearsal, who)?, reference(rehearsal, case)?))
}

/// The texts that the collation of a consultation should hold word for word, and does not.
pub(super) async fn not_collated(
    rehearsal: &Rehearsal,
    reference: &str,
    texts: &[String],
) -> Result<Vec<String>, Failed> {
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let secretary = rehearsal.actors.values().find(|actor| actor.holds("secas"));
    let whole = service::collation(&rehearsal.app, secretary, reference, Audience::DecidingBody).await?;
    let answers = whole.sections.iter().flat_map(|section| &section.questions).flat_map(|table| &table.rows);
    let mut held: Vec<&str> = answers.flat_map(|row| [row.answer.text(), row.rationale.text()]).collect();
    held.extend(whole.comments.iter().map(|comment| comment.comments.text()));
    held.extend(whole.reasons.iter().map(|(_, _, reason)| reason.as_str()));
    let known_as = known_as(rehearsal, reference).await?;
    let missing = texts.iter().filter(|text| !held.contains(&text.trim()));
    Ok(missing
        .map(|text| format!("the collation of {known_as} should have `{text}` word for word, and has not"))
        .collect())
}
