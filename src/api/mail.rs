//! Mail: how each person is told, what could not be delivered, what arrived, and the form that people mail.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::ApiState;
use super::papers::file;
use super::problem::{OnPrivateRead, OnRead, OnWrite, Refused};
use super::request::{Now, Params, SignedIn, Write};
use super::schemas::Nothing;
use crate::notice::Preferences;
use crate::service::{self, ArrivalsWaiting, Call, FormFile, MailWaiting, NoticePreview, PreferencesView};

/// Shows how you are told of what happens.
#[utoipa::path(
    get, path = "/me/notices", operation_id = "getNoticePreferences", tag = "mail", security(("bearer" = [])),
    responses((status = 200, description = "What you chose", body = PreferencesView), OnPrivateRead)
)]
pub(super) async fn preferences(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
    (SignedIn(actor), Now(now)): (SignedIn, Now),
) -> Result<Json<PreferencesView>, Refused> {
    Ok(Json(service::own_preferences(&state.app, &Call::new(&actor, now)).await?))
}

/// Chooses how you are told of what happens: at once, daily, weekly or never, by topic; when digests go out; and who
/// stands in while you are away. What the process obliges us to tell you is always told at once.
#[utoipa::path(
    post, path = "/me/notices", operation_id = "setNoticePreferences", tag = "mail", security(("bearer" = [])),
    request_body(content = Object, description = "What you choose, as under `chosen`"),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 200, description = "What you chose", body = PreferencesView), OnWrite)
)]
pub(super) async fn choose(
    State(state): State<ApiState>,
    write: Write<Preferences>,
) -> Result<Json<PreferencesView>, Refused> {
    let Write { asked, body } = write;
    Ok(Json(service::set_preferences(&state.app, &asked.call(), body).await?))
}

/// Lists the notices that were given up, or of which nobody knows whether they were delivered. For SECAS and DCC.
#[utoipa::path(
    get, path = "/mail/outgoing", operation_id = "listUndelivered", tag = "mail", security(("bearer" = [])),
    responses((status = 200, description = "What waits for a person", body = MailWaiting), OnPrivateRead)
)]
pub(super) async fn outgoing(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
    SignedIn(actor): SignedIn,
) -> Result<Json<MailWaiting>, Refused> {
    Ok(Json(service::mail_waiting(&state.app, &actor).await?))
}

/// Sends a notice again that was given up. For SECAS and DCC. It keeps its Message-ID.
#[utoipa::path(
    post, path = "/mail/outgoing/{notice}/resend", operation_id = "resendNotice", tag = "mail",
    request_body(content = Object, description = "Nothing: {}", example = json!({})),
    security(("bearer" = [])),
    params(
        ("notice" = String, Path, description = "Its id", example = "12-sip_received-dana"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 204, description = "It is in the queue again"), OnWrite)
)]
pub(super) async fn resend(
    State(state): State<ApiState>,
    Path(notice): Path<String>,
    write: Write<Nothing>,
) -> Result<StatusCode, Refused> {
    service::resend_notice(&state.app, &write.asked.call(), &notice).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists the messages that arrived and wait for a person. For DCC and SECAS.
#[utoipa::path(
    get, path = "/mail/arrived", operation_id = "listArrivals", tag = "mail", security(("bearer" = [])),
    responses((status = 200, description = "What waits for a person", body = ArrivalsWaiting), OnPrivateRead)
)]
pub(super) async fn arrived(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
    SignedIn(actor): SignedIn,
) -> Result<Json<ArrivalsWaiting>, Refused> {
    Ok(Json(service::arrivals_waiting(&state.app, &actor).await?))
}

/// What was done about a message.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "what": "Answered by telephone; the form will come again." }))]
pub(super) struct DealtWith {
    /// What was done.
    what: String,
}

/// Says that a message that waited has been dealt with. For DCC and SECAS.
#[utoipa::path(
    post, path = "/mail/arrived/{message}/done", operation_id = "dealWithArrival", tag = "mail",
    request_body = DealtWith, security(("bearer" = [])),
    params(
        ("message" = String, Path, description = "Its id, the SHA-256 of its bytes"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 204, description = "It waits no more"), OnWrite)
)]
pub(super) async fn done(
    State(state): State<ApiState>,
    Path(message): Path<String>,
    write: Write<DealtWith>,
) -> Result<StatusCode, Refused> {
    let Write { asked, body } = write;
    service::arrival_done(&state.app, &asked.call(), &message, &body.what).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows how a notice of a real case would read now. For SECAS and DCC.
#[utoipa::path(
    get, path = "/cases/{reference}/notices/{notice}/preview", operation_id = "previewNotice", tag = "mail",
    security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Reference or number of the case", example = "SIP-0001"),
        ("notice" = String, Path, description = "The notice, as in the definition", example = "sip_received")
    ),
    responses((status = 200, description = "How it would read", body = NoticePreview), OnPrivateRead)
)]
pub(super) async fn preview(
    State(state): State<ApiState>,
    Path((reference, notice)): Path<(String, String)>,
    Params(Nothing {}): Params<Nothing>,
    (SignedIn(actor), Now(now)): (SignedIn, Now),
) -> Result<Json<NoticePreview>, Refused> {
    Ok(Json(service::preview_notice(&state.app, &actor, (&reference, &notice), now).await?))
}

/// In which form the SIP form is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum BlankForm {
    /// As a Word document.
    #[default]
    Docx,
    /// As YAML.
    Yaml,
}

/// In which form the SIP form is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct InBlankForm {
    /// `docx`, which is the usual, or `yaml`.
    #[serde(default)]
    #[param(inline)]
    format: BlankForm,
}

/// Hands out the SIP form, to be filled in and mailed.
#[utoipa::path(
    get, path = "/sip-form", operation_id = "getSipForm", tag = "SIPs", params(InBlankForm),
    responses(
        (status = 200, description = "The blank form", content(
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (String = "application/yaml")
        )),
        OnRead
    )
)]
pub(super) async fn blank(Params(query): Params<InBlankForm>) -> Result<Response, Refused> {
    let form = match query.format {
        BlankForm::Docx => FormFile::Docx,
        BlankForm::Yaml => FormFile::Yaml,
    };
    Ok(file(service::blank_sip_form(form)?))
}
