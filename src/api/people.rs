//! Organisations, people and contacts: lists taken over and written, changes one by one, and the yearly review (R33).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::ApiState;
use super::papers::file;
use super::problem::{OnPrivateRead, OnRead, OnWrite, Refused};
use super::request::{Now, Params, SignedIn, Write, WriteFile};
use super::schemas::Nothing;
use crate::roster::Absent;
use crate::service::{
    self, Call, ContactReview, NewParty, NewPerson, PartiesImported, PartyView, PeopleImported, PersonChanges,
    PersonView, SheetFormat,
};
use crate::sip::PartyCategory;

/// A person to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "id": "northwind-2", "party": "northwind", "name": "Omar Said",
    "email": "omar.said@northwind.example", "offices": ["party"] }))]
pub(super) struct PersonToAdd {
    /// The person's id, which stays in the record for ever: small letters, digits and hyphens.
    id: String,
    /// The id of their organisation.
    party: String,
    /// Their name.
    name: String,
    /// Their e-mail address.
    email: String,
    /// The offices they hold: `party`, `dcc` or `secas`, as suits the organisation.
    offices: Vec<String>,
}

/// What changes about a person; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "email": "omar.said@northwind.example" }))]
pub(super) struct PersonToChange {
    /// Their name.
    name: Option<String>,
    /// Their e-mail address.
    email: Option<String>,
    /// The offices they hold.
    offices: Option<Vec<String>>,
}

/// An organisation to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "id": "northwind", "name": "Northwind Energy Supply", "category": "Large Supplier" }))]
pub(super) struct PartyToAdd {
    /// Its id, which stays in the record for ever: small letters, digits and hyphens.
    id: String,
    /// Its name.
    name: String,
    /// Its Party category; left out for an organisation that is not a Party.
    category: Option<String>,
}

/// A Party.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "party": "northwind" }))]
pub(super) struct OfParty {
    /// Its id.
    party: String,
}

/// In which form a list is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListForm {
    /// `csv` or `xlsx`; CSV where absent.
    #[param(value_type = Option<String>, example = "csv")]
    #[serde(default)]
    format: ListFormat,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ListFormat {
    #[default]
    Csv,
    Xlsx,
}

impl ListForm {
    fn format(&self) -> SheetFormat {
        match self.format {
            ListFormat::Csv => SheetFormat::Csv,
            ListFormat::Xlsx => SheetFormat::Xlsx,
        }
    }
}

/// How a list is taken over.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Taking {
    /// What becomes of what the list leaves out: `keep` or `remove`; kept where absent.
    #[param(value_type = Option<String>, example = "keep")]
    #[serde(default)]
    absent: AbsentHere,
    /// `yes` only says what would change, and saves nothing.
    #[param(value_type = Option<String>, example = "yes")]
    #[serde(default)]
    preview: Preview,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AbsentHere {
    #[default]
    Keep,
    Remove,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Preview {
    Yes,
    #[default]
    No,
}

impl Taking {
    fn absent(&self) -> Absent {
        match self.absent {
            AbsentHere::Keep => Absent::Keep,
            AbsentHere::Remove => Absent::Remove,
        }
    }
}

/// Lists people with their offices and whether they are contacts. SECAS sees everybody, a Party's people their own.
#[utoipa::path(
    get, path = "/people", operation_id = "listPeople", tag = "people", security(("bearer" = [])),
    responses((status = 200, description = "The people", body = [PersonView]), OnPrivateRead)
)]
pub(super) async fn list(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
    (SignedIn(actor), Now(now)): (SignedIn, Now),
) -> Result<Json<Vec<PersonView>>, Refused> {
    Ok(Json(service::people(&state.app, &Call::new(&actor, now)).await?))
}

/// Adds a person. For SECAS; a Party's people add their own.
#[utoipa::path(
    post, path = "/people", operation_id = "addPerson", tag = "people", request_body = PersonToAdd,
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 204, description = "Added"), OnWrite)
)]
pub(super) async fn add(State(state): State<ApiState>, write: Write<PersonToAdd>) -> Result<StatusCode, Refused> {
    let PersonToAdd { id, party, name, email, offices } = write.body;
    let person = NewPerson { id, party, name, email, offices, token: None };
    service::add_person(&state.app, &write.asked.call(), person).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Changes a person's name, address or offices. For SECAS; a Party's people change their own.
#[utoipa::path(
    post, path = "/people/{person}", operation_id = "changePerson", tag = "people", request_body = PersonToChange,
    security(("bearer" = [])),
    params(
        ("person" = String, Path, description = "The person's id", example = "northwind-2"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 204, description = "Changed"), OnWrite)
)]
pub(super) async fn change(
    State(state): State<ApiState>,
    Path(person): Path<String>,
    write: Write<PersonToChange>,
) -> Result<StatusCode, Refused> {
    let PersonToChange { name, email, offices } = write.body;
    let changes = PersonChanges { name, email, offices };
    service::change_person(&state.app, &write.asked.call(), &person, &changes).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes a person who has left; their token signs nobody in any more. For SECAS; a Party's people remove their own.
#[utoipa::path(
    post, path = "/people/{person}/removal", operation_id = "removePerson", tag = "people", request_body(content = Object, example = json!({})),
    security(("bearer" = [])),
    params(
        ("person" = String, Path, description = "The person's id", example = "northwind-2"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 204, description = "Removed"), OnWrite)
)]
pub(super) async fn remove(
    State(state): State<ApiState>,
    Path(person): Path<String>,
    write: Write<Nothing>,
) -> Result<StatusCode, Refused> {
    service::remove_person(&state.app, &write.asked.call(), &person).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives the list of people and contacts as a file; taking it over changes nothing.
#[utoipa::path(
    get, path = "/people-list", operation_id = "exportPeople", tag = "people", params(ListForm),
    security(("bearer" = [])),
    responses((status = 200, description = "The list", body = String, content_type = "text/csv"), OnPrivateRead)
)]
pub(super) async fn export(
    State(state): State<ApiState>,
    Params(form): Params<ListForm>,
    (SignedIn(actor), Now(now)): (SignedIn, Now),
) -> Result<Response, Refused> {
    Ok(file(service::export_people(&state.app, &Call::new(&actor, now), form.format()).await?))
}

/// Takes over a list of people and contacts, CSV or XLSX: whole, or not at all, with everything that is wrong row by row.
///
/// With `preview=yes` the answer says in full what would be added, changed and removed. For SECAS; a Party's people
/// bring their own.
#[utoipa::path(
    post, path = "/people-list", operation_id = "importPeople", tag = "people", security(("bearer" = [])),
    request_body(content = String, content_type = "text/csv", description = "The list"),
    params(Taking, ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 200, description = "What it came to", body = PeopleImported), OnWrite)
)]
pub(super) async fn import(
    State(state): State<ApiState>,
    Params(taking): Params<Taking>,
    write: WriteFile,
) -> Result<Response, Refused> {
    let (call, absent) = (write.asked.call(), taking.absent());
    if taking.preview == Preview::Yes {
        return Ok(Json(service::preview_people(&state.app, &call, &write.bytes, absent).await?).into_response());
    }
    Ok(Json(service::import_people(&state.app, &call, &write.bytes, absent).await?).into_response())
}

/// Lists the organisations.
#[utoipa::path(
    get, path = "/parties", operation_id = "listParties", tag = "people",
    responses((status = 200, description = "The organisations", body = [PartyView]), OnRead)
)]
pub(super) async fn parties(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
) -> Result<Json<Vec<PartyView>>, Refused> {
    Ok(Json(service::parties(&state.app).await?))
}

/// Adds an organisation. For SECAS.
#[utoipa::path(
    post, path = "/parties", operation_id = "addParty", tag = "people", request_body = PartyToAdd,
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 204, description = "Added"), OnWrite)
)]
pub(super) async fn add_party(State(state): State<ApiState>, write: Write<PartyToAdd>) -> Result<StatusCode, Refused> {
    let PartyToAdd { id, name, category } = write.body;
    let category = category.as_deref().map(PartyCategory::parse).transpose();
    let unfit =
        |error: crate::sip::CategoryError| Refused::of_field(super::kind::Kind::Invalid, "category", error.to_string());
    let party = NewParty { id, name, category: category.map_err(unfit)? };
    service::add_party(&state.app, &write.asked.call(), party).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes an organisation for which nobody acts. For SECAS.
#[utoipa::path(
    post, path = "/parties/{party}/removal", operation_id = "removeParty", tag = "people", request_body(content = Object, example = json!({})),
    security(("bearer" = [])),
    params(
        ("party" = String, Path, description = "The organisation's id", example = "northwind"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 204, description = "Removed"), OnWrite)
)]
pub(super) async fn remove_party(
    State(state): State<ApiState>,
    Path(party): Path<String>,
    write: Write<Nothing>,
) -> Result<StatusCode, Refused> {
    service::remove_party(&state.app, &write.asked.call(), &party).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives the list of organisations as a file; taking it over changes nothing. For SECAS.
#[utoipa::path(
    get, path = "/party-list", operation_id = "exportParties", tag = "people", params(ListForm),
    security(("bearer" = [])),
    responses((status = 200, description = "The list", body = String, content_type = "text/csv"), OnPrivateRead)
)]
pub(super) async fn export_parties(
    State(state): State<ApiState>,
    Params(form): Params<ListForm>,
    (SignedIn(actor), Now(now)): (SignedIn, Now),
) -> Result<Response, Refused> {
    Ok(file(service::export_parties(&state.app, &Call::new(&actor, now), form.format()).await?))
}

/// Takes over a list of organisations, CSV or XLSX: whole, or not at all. For SECAS.
#[utoipa::path(
    post, path = "/party-list", operation_id = "importParties", tag = "people", security(("bearer" = [])),
    request_body(content = String, content_type = "text/csv", description = "The list"),
    params(Taking, ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 200, description = "What it came to", body = PartiesImported), OnWrite)
)]
pub(super) async fn import_parties(
    State(state): State<ApiState>,
    Params(taking): Params<Taking>,
    write: WriteFile,
) -> Result<Response, Refused> {
    let (call, absent) = (write.asked.call(), taking.absent());
    if taking.preview == Preview::Yes {
        return Ok(Json(service::preview_parties(&state.app, &call, &write.bytes, absent).await?).into_response());
    }
    Ok(Json(service::import_parties(&state.app, &call, &write.bytes, absent).await?).into_response())
}

/// Shows when the contact list of each Party was last said to be right, those to be looked at first (R33).
///
/// For SECAS and DCC; a Party's people see their own.
#[utoipa::path(
    get, path = "/contact-reviews", operation_id = "listContactReviews", tag = "people", security(("bearer" = [])),
    responses((status = 200, description = "The reviews", body = [ContactReview]), OnPrivateRead)
)]
pub(super) async fn reviews(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
    (SignedIn(actor), Now(now)): (SignedIn, Now),
) -> Result<Json<Vec<ContactReview>>, Refused> {
    Ok(Json(service::contact_reviews(&state.app, &Call::new(&actor, now)).await?))
}

/// States that the contact list of a Party is right as it stands. For SECAS and the Party's own people.
#[utoipa::path(
    post, path = "/contact-reviews", operation_id = "reviewContacts", tag = "people", request_body = OfParty,
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 204, description = "Recorded"), OnWrite)
)]
pub(super) async fn review(State(state): State<ApiState>, write: Write<OfParty>) -> Result<StatusCode, Refused> {
    service::review_contacts(&state.app, &write.asked.call(), &write.body.party).await?;
    Ok(StatusCode::NO_CONTENT)
}
