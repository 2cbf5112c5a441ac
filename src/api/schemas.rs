//! Bodies and parameters of the API that no use case has a type for.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::read_json::Day;
use crate::service::ListQuery;

/// A SIP form, with the date of sending. Every field is text as a person would write it; only what is marked is needed.
#[derive(ToSchema)]
#[schema(example = json!({
    "sent_on": "2025-11-03",
    "proposer": { "organisation": "Northwind Energy Supply", "category": "Large Supplier",
        "contact": { "name": "Priya Nair", "email": "priya.nair@northwind.example" } },
    "title": "Show the coverage history of a postcode",
    "description": "Installers visit twice because they cannot see that coverage has just been lost.",
    "benefits": ["Fewer visits in vain"],
    "impacted_parties": ["Large Supplier", "Small Supplier"],
    "change_type": "amend",
    "requirements": { "amend": ["SSI-FR-13"] },
    "domain": "BFD07",
    "systems": ["SSI"],
    "timescale": { "develop_weeks": "3", "deploy_weeks": "1" },
    "urgent": "no",
    "anticipated_cost": { "low": "8,000", "high": "15,000" },
    "changes": { "connection": "no", "access_rights": "no", "role_and_domain_tables": "no" }
}))]
#[expect(dead_code, reason = "it describes the form to readers; the form itself is read by the core")]
pub(super) struct Submission {
    /// London date on which the proposer sent it, from which DCC's five Working Days count (R12); today where absent.
    #[schema(format = Date, required = false)]
    sent_on: Option<String>,
    /// Who proposes.
    #[schema(inline)]
    proposer: SubmittedProposer,
    /// The title, one line.
    title: String,
    /// What should change and why.
    description: String,
    /// What Parties would gain, one benefit to an item.
    benefits: Vec<String>,
    /// The Party categories impacted.
    impacted_parties: Vec<String>,
    /// `add`, `amend` or `remove`.
    change_type: String,
    /// The requirements the change touches.
    #[schema(inline)]
    requirements: Option<SubmittedRequirements>,
    /// The functional components the change touches.
    functional_components: Option<Vec<String>>,
    /// The Business Functional Domain claimed, such as BFD07.
    domain: String,
    /// Other Business Functional Domains touched.
    other_domains: Option<Vec<String>>,
    /// The DCC Systems touched.
    systems: Vec<String>,
    /// When it could be developed and deployed: weeks, or the dates wanted, or both.
    #[schema(inline)]
    timescale: SubmittedTimescale,
    /// `yes` to claim urgency.
    urgent: Option<String>,
    /// Why it is urgent.
    urgency_reason: Option<String>,
    /// What should be kept from publication.
    #[schema(inline)]
    confidentiality: Option<SubmittedConfidentiality>,
    /// What it may cost, in pounds.
    #[schema(inline)]
    anticipated_cost: Option<SubmittedCost>,
    /// What must come first: references of SIPs, or other matters in words.
    depends_on: Option<Vec<String>>,
    /// The earlier SIP this one replaces.
    resubmission_of: Option<String>,
    /// The questions that settle the route, `yes` or `no` to each (R26).
    #[schema(inline)]
    changes: SubmittedAnswers,
}

/// Who proposes.
#[derive(ToSchema)]
#[expect(dead_code, reason = "as for the form")]
struct SubmittedProposer {
    /// The organisation.
    organisation: String,
    /// Its Party category.
    category: String,
    /// Who speaks for it.
    #[schema(inline)]
    contact: SubmittedContact,
}

/// Who speaks for the proposer; shown to its own organisation, DCC and SECAS only.
#[derive(ToSchema)]
#[expect(dead_code, reason = "as for the form")]
struct SubmittedContact {
    /// The person.
    name: String,
    /// The e-mail address.
    email: String,
}

/// Requirements, by id.
#[derive(ToSchema)]
#[expect(dead_code, reason = "as for the form")]
struct SubmittedRequirements {
    /// Ids to amend.
    amend: Option<Vec<String>>,
    /// Ids to remove.
    remove: Option<Vec<String>>,
    /// New requirements: their wording, or the id kept for one.
    add: Option<Vec<String>>,
}

/// When it could be developed and deployed.
#[derive(ToSchema)]
#[expect(dead_code, reason = "as for the form")]
struct SubmittedTimescale {
    /// Weeks to develop.
    develop_weeks: Option<String>,
    /// Weeks to deploy.
    deploy_weeks: Option<String>,
    /// The dates wanted.
    #[schema(inline)]
    window: Option<SubmittedWindow>,
}

/// Dates, first and last.
#[derive(ToSchema)]
#[expect(dead_code, reason = "as for the form")]
struct SubmittedWindow {
    /// The first day.
    #[schema(format = Date)]
    start: String,
    /// The last day.
    #[schema(format = Date)]
    end: String,
}

/// What should be kept from publication.
#[derive(ToSchema)]
#[expect(dead_code, reason = "as for the form")]
struct SubmittedConfidentiality {
    /// `none`, `part` or `whole`.
    extent: Option<String>,
    /// The fields meant, when it is `part`.
    parts: Option<Vec<String>>,
    /// Why.
    reason: Option<String>,
}

/// Pounds, as text: `8,000` or `£8,000.00`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "as for the form")]
struct SubmittedCost {
    /// The low end.
    low: String,
    /// The high end.
    high: String,
}

/// `yes` or `no` to each.
#[derive(ToSchema)]
#[expect(dead_code, reason = "as for the form")]
struct SubmittedAnswers {
    /// Does it change how Users connect to the SSI?
    connection: String,
    /// Does it change the access rights granted to Users?
    access_rights: String,
    /// Does it change the tables of job type roles or Business Functional Domains?
    role_and_domain_tables: String,
}

/// What a new consultation or process change is called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "title": "SIP consultation, winter 2025" }))]
pub(super) struct Titled {
    /// The title.
    pub(super) title: String,
}

/// A later date for a clock.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "to": "2025-12-19", "reason": "The supplier's figures come a week later." }))]
pub(super) struct Later {
    /// The new London date.
    #[schema(value_type = String, format = Date)]
    pub(super) to: Day,
    /// Why; people are told.
    pub(super) reason: String,
}

/// Which SIPs to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SipFilter {
    /// Only this state.
    #[param(example = "validation")]
    state: Option<String>,
    /// Only those whose turn is this role's.
    #[param(example = "dcc")]
    owner: Option<String>,
    /// Only those this organisation proposed.
    #[param(example = "northwind")]
    party: Option<String>,
    /// Only those whose title or reference has this text.
    text: Option<String>,
    /// Only those with a deadline on or before this London date.
    #[param(value_type = Option<String>, format = Date, example = "2025-12-31")]
    due_by: Option<Day>,
    /// How many on a page, 1 to 200; 50 where absent.
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

impl SipFilter {
    pub(super) fn query(self, process: &str) -> ListQuery {
        ListQuery {
            process: Some(process.to_owned()),
            state: self.state,
            owner: self.owner,
            party: self.party,
            text: self.text,
            due_by: self.due_by.map(|day| day.0),
            limit: self.limit,
            cursor: self.cursor,
        }
    }
}

/// Which cases to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CaseFilter {
    /// Only this process.
    #[param(example = "improvement-consultation")]
    process: Option<String>,
    /// Only this state.
    state: Option<String>,
    /// Only those whose turn is this role's.
    #[param(example = "secas")]
    owner: Option<String>,
    /// Only those this organisation proposed.
    party: Option<String>,
    /// Only those whose title or reference has this text.
    text: Option<String>,
    /// Only those with a deadline on or before this London date.
    #[param(value_type = Option<String>, format = Date, example = "2025-12-31")]
    due_by: Option<Day>,
    /// How many on a page, 1 to 200; 50 where absent.
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

impl From<CaseFilter> for ListQuery {
    fn from(filter: CaseFilter) -> Self {
        Self {
            process: filter.process,
            state: filter.state,
            owner: filter.owner,
            party: filter.party,
            text: filter.text,
            due_by: filter.due_by.map(|day| day.0),
            limit: filter.limit,
            cursor: filter.cursor,
        }
    }
}

/// No parameters: any is refused.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}
