//! The list of priorities as people read it: every rank with its score, its reason, and why it stands above the next.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::app::App;
use super::criteria;
use super::error::ServiceError;
use super::loaded::{Loaded, load};
use super::priorities::stored;
use super::views::state_view;
use crate::sip::explanation::{Standing, explain_order};
use crate::sip::prioritisation::Score;
use crate::sip::ranking::{Judgement, Ranking};

/// Every SIP under consideration, in the order it is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Priorities {
    /// The version of the criteria that SIPs accepted now are scored by.
    pub criteria: String,
    /// The SIPs, rank 1 first.
    pub sips: Vec<Priority>,
}

/// One SIP on the list of priorities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Priority {
    /// Its rank; 1 is taken first.
    pub rank: usize,
    /// Its number.
    #[schema(example = "SIP-0004")]
    pub sip: String,
    /// Its title.
    pub title: String,
    /// Where it stands, in words.
    pub state: String,
    /// What it scores; absent only for a SIP accepted without marks.
    pub score: Option<ScoreView>,
    /// Its rank before the latest change, if it had one.
    pub previous: Option<usize>,
    /// What the latest change of its rank was, in words.
    pub change: String,
    /// Why that change was made, by whom and when.
    #[serde(flatten)]
    pub latest: JudgementView,
    /// The latest time somebody ranked this very SIP by hand, which holds for as long as it is on the list.
    pub by_hand: Option<JudgementView>,
    /// Why it is taken before the next SIP; absent for the last.
    pub above_next: Option<String>,
}

/// Why somebody decided something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JudgementView {
    /// The reason.
    pub reason: String,
    /// Who decided: the office and the person's id.
    #[schema(example = "DCC (euan)")]
    pub by: String,
    /// When (UTC).
    pub at: DateTime<Utc>,
}

/// What a SIP scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScoreView {
    /// The version of the criteria it was scored by.
    pub criteria: String,
    /// The sum of what its lines add.
    pub total: u32,
    /// The highest total there can be.
    pub out_of: u32,
    /// What each criterion adds and why, in words.
    #[schema(example = json!(["Readiness: 2 of 2, weight 1, adds 2. Nothing stands in its way."]))]
    pub lines: Vec<String>,
}

/// Every SIP under consideration, in the order it is taken, with the reasons.
///
/// # Errors
///
/// The database cannot be read, or the list in it is damaged.
pub async fn priorities(app: &App) -> Result<Priorities, ServiceError> {
    let list = stored(&app.store).await?;
    let mut ranked: Vec<(&Ranking, Loaded)> = Vec::new();
    for entry in list.iter() {
        ranked.push((entry, load(app, &app.store, &entry.sip.to_string()).await?));
    }
    let below = ranked.iter().skip(1).map(Some).chain([None]);
    let sips = ranked.iter().zip(below).map(|(one, next)| priority(one, next)).collect();
    Ok(Priorities { criteria: criteria::in_force(&app.store).await?.version().to_string(), sips })
}

fn priority((entry, sip): &(&Ranking, Loaded), next: Option<&(&Ranking, Loaded)>) -> Priority {
    let next = next.and_then(|(entry, sip)| standing(entry, sip));
    let above_next = standing(entry, sip).zip(next).map(|(above, next)| explain_order(above, next).to_string());
    Priority {
        rank: entry.rank,
        sip: entry.sip.to_string(),
        title: sip.record.title.clone(),
        state: state_view(&sip.definition, &sip.case().state).title,
        score: sip.body.score.as_ref().map(score_view),
        previous: entry.previous,
        change: entry.cause.to_string(),
        latest: judgement_view(&entry.judgement),
        by_hand: entry.placed.as_ref().map(judgement_view),
        above_next,
    }
}

fn standing<'a>(ranking: &'a Ranking, sip: &'a Loaded) -> Option<Standing<'a>> {
    sip.body.score.as_ref().map(|score| Standing { ranking, score })
}

fn score_view(score: &Score) -> ScoreView {
    ScoreView {
        criteria: score.criteria.to_string(),
        total: score.total,
        out_of: score.out_of,
        lines: score.lines.iter().map(|line| format!("{line}. {}", line.because)).collect(),
    }
}

fn judgement_view(judgement: &Judgement) -> JudgementView {
    JudgementView { reason: judgement.reason.to_string(), by: judgement.by.to_string(), at: judgement.at }
}
