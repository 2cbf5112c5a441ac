//! An Impact Assessment as people read it: as it was stated, with its sums and what does not agree beside it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::app::App;
use super::assessments::{Version, title, versions};
use super::costs::{MoneyRange, load_sip};
use super::error::ServiceError;
use super::loaded::Loaded;
use super::papers::{PaperFile, PaperFormat, paper_file};
use super::reading::Sight;
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::sip::assessment::document::{Filing, document};
use crate::sip::assessment::{Assessment, CostLine, Finding, THE_TOTAL};
use crate::sip::text::Title;

/// What stands in place of the costs by supplier, which are for those who decide.
const BY_SUPPLIER: &str = "the costs by supplier are for the deciding bodies; the sums by phase are shown";

/// An Impact Assessment as it was delivered.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AssessmentView {
    /// The SIP.
    pub sip: String,
    /// What it is called.
    #[schema(example = "SIP-0001 Impact Assessment, version 1")]
    pub title: String,
    /// Which version this is, from 1.
    pub version: usize,
    /// How many versions there are.
    pub versions: usize,
    /// When it was delivered (UTC).
    pub delivered_at: DateTime<Utc>,
    /// Who delivered it: a person's id.
    pub delivered_by: String,
    /// The cost the deciding body is asked to approve.
    pub asked: MoneyRange,
    /// The total as stated.
    pub stated: MoneyRange,
    /// What the lines come to; absent where no line has a cost.
    pub computed: Option<MoneyRange>,
    /// What each phase comes to.
    pub phases: Vec<PhaseCost>,
    /// What is left out, stated in two ways, or pointed at without being there.
    pub findings: Vec<Remark>,
    /// What is not shown here, and why.
    pub withheld: Option<String>,
    /// The document as it was stated.
    #[schema(value_type = Object)]
    pub document: Assessment,
}

/// What a phase comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PhaseCost {
    /// The phase.
    pub phase: String,
    /// The sum of its lines; absent where it does not apply.
    pub cost: Option<MoneyRange>,
}

/// Something that whoever reads the document should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Remark {
    /// In words.
    pub words: String,
    /// In full.
    #[schema(value_type = Object)]
    pub finding: Finding,
}

/// An Impact Assessment of a SIP as `viewer` may read it; the latest where no version is named.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such SIP, or no such version of its Impact Assessment.
pub async fn assessment(
    app: &App,
    viewer: Option<&Actor>,
    reference: &str,
    version: Option<usize>,
) -> Result<AssessmentView, ServiceError> {
    let sip = load_sip(app, reference).await?;
    let all = versions(&app.store, &sip).await?;
    let number = version.unwrap_or(all.len());
    let found = number.checked_sub(1).and_then(|at| all.get(at));
    let missing = || ServiceError::NotFound { what: "Impact Assessment", name: title(&sip, number) };
    let sight = Sight::of(viewer, sip.record.proposer_party.as_deref());
    Ok(view(&sip, found.ok_or_else(missing)?, (number, all.len()), sight))
}

/// An Impact Assessment as a document that `viewer` may read; the latest where no version is named.
///
/// # Errors
///
/// As [`assessment`]; [`ServiceError::Wrong`] when the document is too large for the format.
pub async fn assessment_file(
    app: &App,
    viewer: Option<&Actor>,
    reference: &str,
    version: Option<usize>,
    format: PaperFormat,
) -> Result<PaperFile, ServiceError> {
    let seen = assessment(app, viewer, reference, version).await?;
    let sip = load_sip(app, reference).await?;
    let classification = if seen.withheld.is_some() { "White" } else { "Amber" };
    let filing = Filing {
        sip: format!("{}: {}", seen.sip, sip.record.title),
        reference: seen.title.clone(),
        classification: classification.to_owned(),
        date: london_date(seen.delivered_at),
    };
    let paper = document(&seen.document, &filing);
    paper_file(&paper, &format!("{}-impact-assessment-v{}", seen.sip, seen.version), format)
}

fn view(sip: &Loaded, version: &Version, (number, versions): (usize, usize), sight: Sight) -> AssessmentView {
    let mut document = version.assessment.clone();
    let mut findings = document.findings();
    let phases = document.costs.by_phase().into_iter();
    let phases = phases.map(|(phase, cost)| PhaseCost { phase: phase.to_string(), cost: cost.map(MoneyRange::from) });
    let (phases, computed) = (phases.collect(), document.costs.sum());
    let withheld = sight == Sight::Public && withhold(&mut document, &mut findings);
    AssessmentView {
        sip: sip.known_as().to_owned(),
        title: title(sip, number),
        version: number,
        versions,
        delivered_at: version.at,
        delivered_by: version.by.clone(),
        asked: document.asked().into(),
        stated: document.costs.total.into(),
        computed: computed.map(MoneyRange::from),
        phases,
        findings: findings.into_iter().map(|finding| Remark { words: finding.to_string(), finding }).collect(),
        withheld: withheld.then(|| BY_SUPPLIER.to_owned()),
        document,
    }
}

/// Puts the sums by phase in place of what tells the costs of each supplier; whether there was anything to withhold.
fn withhold(document: &mut Assessment, findings: &mut Vec<Finding>) -> bool {
    if document.costs.lines.iter().all(|line| line.supplier.is_none()) {
        return false;
    }
    let phases = document.costs.by_phase().into_iter();
    let whole = |(phase, cost): (&Title, _)| CostLine { phase: phase.clone(), supplier: None, release: None, cost };
    document.costs.lines = phases.map(whole).collect();
    document.costs.subtotals.clear();
    let of_a_part = |finding: &Finding| match finding {
        Finding::Sum { of, .. } => of != THE_TOTAL,
        Finding::NoLines { .. } => true,
        _ => false,
    };
    findings.retain(|finding| !of_a_part(finding));
    true
}
