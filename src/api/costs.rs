//! Impact Assessments, what SIPs cost, budgets by Regulatory Year, and hours of Planned Maintenance.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::consultations::file;
use super::meeting_bodies::Form;
use super::problem::{OnFind, OnRead, OnWrite, Refused};
use super::read_json::{Fields, from_fields};
use super::request::{Params, Viewer, Write};
use super::schemas::Nothing;
use super::{ApiState, etag};
use crate::service::{self, AssessmentView, MonthHours, NewBudget, Receipt, SipCosts, YearBudget};
use crate::sip::assessment::RawAssessment;

/// Which version of the Impact Assessment.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Versioned {
    /// The version, from 1; the latest where absent.
    #[param(example = 1)]
    version: Option<usize>,
}

/// Which version of the Impact Assessment, and in which form.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Printed {
    /// The version, from 1; the latest where absent.
    #[param(example = 1)]
    version: Option<usize>,
    /// `html`, `docx`, `pdf` or `text`; HTML where absent.
    #[serde(default)]
    #[param(inline)]
    format: Form,
}

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct InMonth {
    /// The month.
    #[param(example = "2026-03")]
    month: String,
}

/// A budget to be set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "year": "2026/27", "amount": "£250,000", "reason": "As in the charging statement." }))]
pub(super) struct BudgetToSet {
    /// The Regulatory Year.
    year: String,
    /// The amount in pounds.
    amount: String,
    /// Why it is this; everybody can read it.
    reason: String,
}

/// Shows the Impact Assessment of a SIP as it was stated, with its sums and what does not agree in it.
///
/// The costs by supplier are shown to DCC, SECAS, the deciding bodies and the proposer's organisation; others see the
/// sums by phase.
#[utoipa::path(
    get, path = "/sips/{reference}/assessment", operation_id = "getAssessment", tag = "costs",
    params(("reference" = String, Path, description = "Its reference or number", example = "SIP-0001"), Versioned),
    responses((status = 200, description = "The Impact Assessment", body = AssessmentView), OnFind)
)]
pub(super) async fn assessment(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(query): Params<Versioned>,
    Viewer(viewer): Viewer,
) -> Result<Json<AssessmentView>, Refused> {
    Ok(Json(service::assessment(&state.app, viewer.as_ref(), &reference, query.version).await?))
}

/// Prints the Impact Assessment of a SIP as a document, with what does not agree in it as an appendix.
#[utoipa::path(
    get, path = "/sips/{reference}/assessment/document", operation_id = "printAssessment", tag = "costs",
    params(("reference" = String, Path, description = "Its reference or number", example = "SIP-0001"), Printed),
    responses(
        (status = 200, description = "The document", content(
            (String = "text/html"), (String = "text/plain"), (Vec<u8> = "application/pdf"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        )),
        OnFind
    )
)]
pub(super) async fn print(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(query): Params<Printed>,
    Viewer(viewer): Viewer,
) -> Result<Response, Refused> {
    let format = query.format.format();
    Ok(file(service::assessment_file(&state.app, viewer.as_ref(), &reference, query.version, format).await?))
}

/// Delivers the Impact Assessment of a SIP, as a document; for DCC (R48).
///
/// The action `deliver_impact_assessment` is taken with what follows from the document: nothing is typed twice. Every
/// faulty field is reported at once. What does not agree in a document that can be read is shown with it.
#[utoipa::path(
    post, path = "/sips/{reference}/assessment", operation_id = "deliverAssessment", tag = "costs", security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference or number", example = "SIP-0001"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the case as you read it; 412 where it has changed since"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    request_body(content = Object, description = "The document", example = json!({
        "summary": { "cost": "£12,400", "timescale": "3 months" },
        "total_system_risk": { "found": "no" },
        "timescales": { "phases": [{ "phase": "Build", "duration": "3 months" }], "develop_by": "2026-07-31" },
        "costs": { "lines": [{ "phase": "Build", "cost": "£12,400" }], "total": "£12,400" },
        "raid": { "risks": "none at this time" }
    })),
    responses(
        (status = 201, description = "Delivered", body = Receipt, headers(("ETag" = String, description = "The revision of the SIP now"))),
        OnWrite
    )
)]
pub(super) async fn deliver(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    headers: HeaderMap,
    write: Write<Fields>,
) -> Result<Response, Refused> {
    let Write { asked, body } = write;
    let expected = etag::expected(&headers)?;
    let document: RawAssessment = from_fields(body)?;
    let receipt = service::deliver_assessment(&state.app, &asked.call(), &reference, document, expected).await?;
    let tagged = [(header::ETAG, etag::of_revision(receipt.revision))];
    Ok((StatusCode::CREATED, tagged, Json(receipt)).into_response())
}

/// Shows what a SIP was expected to cost and costs: the range consulted on, the Impact Assessment, what was reported
/// since, the actual cost, and what the tests of material change found each time (R45, R48).
#[utoipa::path(
    get, path = "/sips/{reference}/costs", operation_id = "getCosts", tag = "costs",
    params(("reference" = String, Path, description = "Its reference or number", example = "SIP-0001")),
    responses((status = 200, description = "The costs", body = SipCosts), OnFind)
)]
pub(super) async fn costs(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(Nothing {}): Params<Nothing>,
) -> Result<Json<SipCosts>, Refused> {
    Ok(Json(service::sip_costs(&state.app, &reference).await?))
}

/// Lists every Regulatory Year that has a budget or a commitment, by SIP and by sprint.
#[utoipa::path(
    get, path = "/budgets", operation_id = "listBudgets", tag = "costs",
    responses((status = 200, description = "The years, the earliest first", body = [YearBudget]), OnRead)
)]
pub(super) async fn budgets(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
) -> Result<Json<Vec<YearBudget>>, Refused> {
    Ok(Json(service::year_budgets(&state.app).await?))
}

/// Sets the budget of a Regulatory Year; for SECAS and DCC. What was set before stays in the journal.
#[utoipa::path(
    post, path = "/budgets", operation_id = "setBudget", tag = "costs", request_body = BudgetToSet, security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 201, description = "Set", body = YearBudget), OnWrite)
)]
pub(super) async fn set_budget(
    State(state): State<ApiState>,
    write: Write<BudgetToSet>,
) -> Result<(StatusCode, Json<YearBudget>), Refused> {
    let Write { asked, body } = write;
    let new = NewBudget { year: body.year, amount: body.amount, reason: body.reason };
    let year = service::set_budget(&state.app, &asked.call(), &new).await?;
    Ok((StatusCode::CREATED, Json(service::year_budget(&state.app, year).await?)))
}

/// Shows the hours of Planned Maintenance of a month: what the SEC allows, what SIPs ask for, and what is left (R66).
#[utoipa::path(
    get, path = "/planned-maintenance", operation_id = "getPlannedMaintenance", tag = "costs", params(InMonth),
    responses((status = 200, description = "The hours", body = MonthHours), OnRead)
)]
pub(super) async fn maintenance(
    State(state): State<ApiState>,
    Params(query): Params<InMonth>,
) -> Result<Json<MonthHours>, Refused> {
    Ok(Json(service::maintenance(&state.app, &query.month).await?))
}
