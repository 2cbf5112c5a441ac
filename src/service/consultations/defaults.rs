//! A consultation as it would be issued now: what was written, and the record and standing words where nothing was.

use chrono::NaiveDate;

use super::super::app::App;
use super::super::baseline;
use super::super::batches;
use super::super::bounds::bounds;
use super::super::budgets;
use super::super::error::ServiceError;
use super::super::loaded::Loaded;
use super::super::priorities;
use super::contacts::{agreed, category_of};
use super::{sip_id, urgency};
use crate::calendar::RegulatoryYear;
use crate::consultation::{
    Agreed, Change, Contents, Costs, Frame, Hours, Proposal, Question, Reference, SipId, Span, Spending, Statement,
    Timescales,
};
use crate::sip::maintenance::Month;
use crate::sip::ranking::PriorityList;
use crate::sip::{ChangeType, ConfidentialPart, Confidentiality, Pence, SipForm, SipReference};
use crate::store::Source;
use crate::workflow::{Case, Facts, Value};

const BACKGROUND: &str = "This consultation seeks the views of every SEC Party on the SSI Improvement Proposals below, \
    under the SSI Change Governance Process.";
const NEXT_STEPS: &str = "After it closes, SECAS collates all responses unaltered into a single document. DCC considers \
    them and refines the proposals where required. The document then goes to the deciding body, which approves or \
    rejects each proposal on its own. A copy without what is confidential is published.";
const PROMPT: &str = "Please give your rationale, and say what the proposal means for you and what it costs you.";

/// A consultation as it would be issued.
#[derive(Debug, Clone)]
pub(super) struct Drafted {
    pub(super) frame: Frame,
    pub(super) sips: Vec<(SipId, Proposal)>,
    pub(super) parties: Vec<Agreed>,
    pub(super) window: Option<Span>,
}

/// A consultation as it would be issued with these values.
pub(super) async fn drafted(
    app: &App,
    source: &impl Source,
    case: &Loaded,
    contents: Contents,
    values: &Facts,
    today: NaiveDate,
) -> Result<Drafted, ServiceError> {
    let carried = batches::members(app, source, &case.record.id).await?;
    let (list, left_minutes) = (priorities::stored(source).await?, minutes_left(source, values).await?);
    let mut proposals = contents.proposals;
    let mut sips = Vec::new();
    for sip in &carried {
        let id = sip_id(sip.known_as())?;
        let written = proposals.remove(&id).unwrap_or_default();
        let recorded = with_baseline(app, source, sip, proposal(sip, &list, left_minutes)).await?;
        sips.push((id, written.or(recorded)));
    }
    let mut parties = agreed(source).await?;
    for agreed in &mut parties {
        agreed.waived = contents.waived.get(&agreed.respondent.party).cloned();
    }
    let mut standing = standing(values);
    standing.follows = follows(app, source, &carried).await?;
    standing.spending = Some(spending(app, source, RegulatoryYear::containing(today)).await?);
    let mut frame = contents.frame.or(standing);
    frame.urgency = urgency::urgency(&carried, values).map(|set| {
        frame.urgency.take().map_or(set.clone(), |written| crate::consultation::Urgency {
            what_else_moves: set.what_else_moves.clone().or(written.what_else_moves),
            ..set
        })
    });
    Ok(Drafted { frame, sips, parties, window: window(values, today) })
}

/// What is said of a SIP, with what it does to the baseline where it has a change set.
async fn with_baseline(
    app: &App,
    source: &impl Source,
    sip: &Loaded,
    said_so_far: Proposal,
) -> Result<Proposal, ServiceError> {
    let Some(told) = baseline::told(app, source, sip).await? else { return Ok(said_so_far) };
    let redline = said(&told.title).zip(said(&told.address));
    Ok(Proposal {
        baseline: told.changes.iter().filter_map(|change| said(change)).collect(),
        references: redline.map(|(title, reference)| Reference { title, reference }).into_iter().collect(),
        ..said_so_far
    })
}

fn window(values: &Facts, today: NaiveDate) -> Option<Span> {
    let date = |name: &str| values.get(name).and_then(Value::as_date);
    Some(Span { from: date("opens_on").unwrap_or(today), to: date("closes_on")? })
}

/// What is said of the whole where nobody wrote otherwise.
fn standing(values: &Facts) -> Frame {
    let given = |name: &str| values.get(name).and_then(Value::as_text).and_then(said);
    let implementation = match values.get("implementation_window") {
        Some(Value::Window { from, to }) => Some(Span { from: *from, to: *to }),
        _ => None,
    };
    Frame {
        background: said(BACKGROUND),
        what_may_change: given("what_may_change"),
        cost_recovery: given("cost_recovery"),
        implementation,
        next_steps: said(NEXT_STEPS),
        contact: said("SECAS"),
        classification: said("White: it may be shared with the public"),
        ..Frame::default()
    }
}

fn said(text: &str) -> Option<Statement> {
    Statement::parse(text).ok()
}

/// What the record says of a SIP. What its proposer keeps from publication is left out.
fn proposal(sip: &Loaded, list: &PriorityList, left_minutes: u32) -> Proposal {
    let case = sip.case();
    let ranked = SipReference::parse(sip.known_as()).ok().and_then(|id| list.find(id));
    let asked_minutes = minutes(case, "maintenance_hours");
    let question = format!("Do you agree that {} should go ahead as described?", sip.known_as());
    let recorded = Proposal {
        title: said(&sip.record.title),
        cost: cost(case),
        timescales: timescales(case),
        prioritisation: ranked.and_then(|entry| said(&format!("Rank {}. {}", entry.rank, entry.judgement.reason))),
        maintenance: Some(Hours { asked_minutes, left_minutes }),
        questions: said(&question).map(|text| Question { text, prompt: said(PROMPT) }).into_iter().collect(),
        ..Proposal::default()
    };
    recorded.or(sip.body.form.as_ref().map(of_form).unwrap_or_default())
}

/// What it is expected to cost as far as is known now: the figure reported last, or the range of validation. Parties who
/// are asked again are asked at the new cost (R46).
fn cost(case: &Case) -> Option<Costs> {
    let known = ["revised_cost", "assessed_cost", "cost"].iter().find_map(|name| case.value(name));
    match known {
        Some(Value::Money(pence)) => Some(Costs { low_pence: *pence, high_pence: *pence }),
        Some(Value::CostRange { low, high }) => Some(Costs { low_pence: *low, high_pence: *high }),
        _ => None,
    }
}

fn minutes(case: &Case, hours: &str) -> u32 {
    match case.value(hours) {
        Some(Value::Number(hours)) => u32::try_from(hours.saturating_mul(60)).unwrap_or(u32::MAX),
        _ => 0,
    }
}

fn timescales(case: &Case) -> Option<Timescales> {
    let weeks = |name: &str| match case.value(name) {
        Some(Value::Number(1)) => said("1 week"),
        Some(Value::Number(weeks)) => said(&format!("{weeks} weeks")),
        _ => None,
    };
    Some(Timescales { develop: weeks("develop_weeks")?, deploy: weeks("deploy_weeks")? })
}

fn of_form(form: &SipForm) -> Proposal {
    let open = |part: ConfidentialPart| match &form.confidentiality {
        Confidentiality::None => true,
        Confidentiality::Part { parts, .. } => !parts.contains(&part),
        Confidentiality::Whole { .. } => false,
    };
    let benefits = form.benefits.iter().filter_map(|benefit| said(benefit.as_str()));
    Proposal {
        proposer: said(form.proposer.organisation.as_str()),
        description: said(form.description.as_str()).filter(|_| open(ConfidentialPart::Description)),
        benefits: if open(ConfidentialPart::Benefits) { benefits.collect() } else { Vec::new() },
        parties_impacted: form.impacted_parties.iter().map(|category| category_of(*category)).collect(),
        change: Some(match form.change.change_type {
            ChangeType::Add => Change::Add,
            ChangeType::Amend => Change::Amend,
            ChangeType::Remove => Change::Remove,
        }),
        ..Proposal::default()
    }
}

/// The consultations that this one asks about again (R45, R46).
async fn follows(app: &App, source: &impl Source, sips: &[Loaded]) -> Result<Option<Statement>, ServiceError> {
    let mut first = Vec::new();
    for sip in sips {
        if let Some(before) = super::collations::last_of(app, source, sip).await? {
            first.push(format!("{} on {}", before.record.reference, sip.known_as()));
        }
    }
    Ok(said(&first.join(", ")))
}

/// What is committed in a Regulatory Year against its budget (R40).
async fn spending(app: &App, source: &impl Source, year: RegulatoryYear) -> Result<Spending, ServiceError> {
    let drawn = budgets::statement_of(app, source, year).await?;
    Ok(Spending { year, committed_pence: drawn.committed.get(), budget_pence: drawn.budget.map(Pence::get) })
}

/// The minutes of Planned Maintenance left in the month in which the implementation window begins (R66); of a month
/// without requests where no window is given.
async fn minutes_left(source: &impl Source, values: &Facts) -> Result<u32, ServiceError> {
    let hours = match values.get("implementation_window") {
        Some(Value::Window { from, .. }) => budgets::maintenance_hours(source, Month::of(*from)).await?.left,
        _ => u32::from(bounds()?.planned_maintenance_hours.0),
    };
    Ok(hours.saturating_mul(60))
}
