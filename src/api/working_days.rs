//! Counting Working Days, with how each answer was reached.

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ApiState;
use super::problem::{OnRead, Refused};
use super::read_json::Day;
use super::request::Params;
use crate::calendar::{
    BankHoliday, Calendar, Close, Deadline, Division, EditionName, Skipped, WorkingDays, explain_skipped,
};
use crate::service::{self, ServiceError};

/// What started a count that was only asked for.
const GIVEN: &str = "the date given";

/// A count from a date.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CountQuery {
    /// The day to count from, which is not counted.
    #[param(value_type = String, format = Date, example = "2019-02-14")]
    date: Day,
    /// How many Working Days, 0 to 65535.
    #[param(value_type = String, example = "10")]
    days: WorkingDays,
    /// Whose bank holidays count; the installation's where absent.
    #[param(value_type = Option<String>, example = "england-and-wales")]
    #[serde(default, deserialize_with = "division")]
    division: Option<Division>,
}

/// A span of dates.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SpanQuery {
    /// The day to count from, which is not counted.
    #[param(value_type = String, format = Date, example = "2020-02-17")]
    start: Day,
    /// The last day counted.
    #[param(value_type = String, format = Date, example = "2020-03-06")]
    end: Day,
    /// Whose bank holidays count; the installation's where absent.
    #[param(value_type = Option<String>, example = "england-and-wales")]
    #[serde(default, deserialize_with = "division")]
    division: Option<Division>,
}

/// A year.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct YearQuery {
    /// The year.
    #[param(example = 2026)]
    year: i32,
    /// Whose bank holidays to list; the installation's where absent.
    #[param(value_type = Option<String>, example = "scotland")]
    #[serde(default, deserialize_with = "division")]
    division: Option<Division>,
}

fn division<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Division>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
}

/// A date that was counted.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DateAnswer {
    /// The date.
    answer: NaiveDate,
    /// How it was reached, in words.
    explanation: String,
    /// How it was reached, in full.
    #[schema(value_type = Object)]
    deadline: Deadline,
}

/// A number of Working Days.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NumberAnswer {
    /// The number.
    answer: u32,
    /// The day counted from.
    after: NaiveDate,
    /// The last day counted.
    until: NaiveDate,
    /// Whose bank holidays were kept.
    #[schema(value_type = String)]
    division: Division,
    /// By which edition of them.
    #[schema(value_type = String)]
    edition: EditionName,
    /// Each day passed over and why, in words.
    explanation: Option<String>,
    /// Each day passed over and why.
    #[schema(value_type = Vec<Object>)]
    skipped: Vec<Skipped>,
}

/// The bank holidays of a year.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct YearAnswer {
    /// The year.
    year: i32,
    /// How many Working Days it has.
    working_days: u32,
    /// Whose bank holidays they are.
    #[schema(value_type = String)]
    division: Division,
    /// By which edition.
    #[schema(value_type = String)]
    edition: EditionName,
    /// The bank holidays, in order.
    #[schema(value_type = Vec<Object>)]
    bank_holidays: Vec<BankHoliday>,
}

/// Finds the nth Working Day after a date.
#[utoipa::path(
    get, path = "/working-days/add", operation_id = "addWorkingDays", tag = "Working Days", params(CountQuery),
    responses((status = 200, description = "The date", body = DateAnswer), OnRead)
)]
pub(super) async fn add(
    State(state): State<ApiState>,
    Params(query): Params<CountQuery>,
) -> Result<Json<DateAnswer>, Refused> {
    let calendar = calendar(&state, query.division).await?;
    let counted = Deadline::counted(&calendar, GIVEN, query.date.0, query.days, &[], Close::EndOfDay, None);
    Ok(date_answer(counted.map_err(ServiceError::from)?))
}

/// Finds the nth Working Day before a date.
#[utoipa::path(
    get, path = "/working-days/subtract", operation_id = "subtractWorkingDays", tag = "Working Days", params(CountQuery),
    responses((status = 200, description = "The date", body = DateAnswer), OnRead)
)]
pub(super) async fn subtract(
    State(state): State<ApiState>,
    Params(query): Params<CountQuery>,
) -> Result<Json<DateAnswer>, Refused> {
    let calendar = calendar(&state, query.division).await?;
    let counted = Deadline::counted_back(&calendar, GIVEN, query.date.0, query.days, Close::EndOfDay, None);
    Ok(date_answer(counted.map_err(ServiceError::from)?))
}

/// Counts the Working Days after one date, up to and including another.
#[utoipa::path(
    get, path = "/working-days/between", operation_id = "countWorkingDays", tag = "Working Days", params(SpanQuery),
    responses((status = 200, description = "The number", body = NumberAnswer), OnRead)
)]
pub(super) async fn between(
    State(state): State<ApiState>,
    Params(query): Params<SpanQuery>,
) -> Result<Json<NumberAnswer>, Refused> {
    let calendar = calendar(&state, query.division).await?;
    let (after, until) = (query.start.0, query.end.0);
    let skipped = calendar.skipped(after, until).map_err(ServiceError::from)?;
    Ok(Json(NumberAnswer {
        answer: calendar.between(after, until).map_err(ServiceError::from)?,
        after,
        until,
        division: calendar.division(),
        edition: calendar.edition().clone(),
        explanation: explain_skipped(&skipped),
        skipped,
    }))
}

/// Lists the bank holidays of a year.
#[utoipa::path(
    get, path = "/working-days/list", operation_id = "listBankHolidays", tag = "Working Days", params(YearQuery),
    responses((status = 200, description = "The year", body = YearAnswer), OnRead)
)]
pub(super) async fn list(
    State(state): State<ApiState>,
    Params(query): Params<YearQuery>,
) -> Result<Json<YearAnswer>, Refused> {
    let calendar = calendar(&state, query.division).await?;
    let holidays = calendar.holidays_in(query.year).map_err(ServiceError::from)?;
    Ok(Json(YearAnswer {
        year: query.year,
        working_days: calendar.working_days_in_year(query.year).map_err(ServiceError::from)?,
        division: calendar.division(),
        edition: calendar.edition().clone(),
        bank_holidays: holidays.into_iter().cloned().collect(),
    }))
}

fn date_answer(deadline: Deadline) -> Json<DateAnswer> {
    Json(DateAnswer { answer: deadline.on, explanation: deadline.explain(), deadline })
}

async fn calendar(state: &ApiState, division: Option<Division>) -> Result<Calendar, ServiceError> {
    let edition = service::current_edition(&state.app).await?;
    Ok(edition.calendar(division.unwrap_or(state.app.settings.division)))
}
