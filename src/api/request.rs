//! Taking a request apart: who asks, when, under which key, and with what.

use std::fmt::Write as _;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, OriginalUri, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::ApiState;
use super::kind::Kind;
use super::problem::Refused;
use super::read_json;
use crate::actor::Actor;
use crate::service::{Call, Once};

/// Longest idempotency key, in characters.
const KEY_LIMIT: usize = 200;

/// Whoever asks, if they have said who they are.
#[derive(Debug, Clone)]
pub(super) struct Viewer(pub(super) Option<Actor>);

/// Whoever asks; nobody gets past this without a token.
pub(super) struct SignedIn(pub(super) Actor);

/// When the request came (UTC).
pub(super) struct Now(pub(super) DateTime<Utc>);

/// The parameters in the address; an unknown one is refused.
pub(super) struct Params<T>(pub(super) T);

/// A request to change something: who asks, when, at most how often, and the body.
pub(super) struct Write<T> {
    /// Who asks and when.
    pub(super) asked: Asked,
    /// The body.
    pub(super) body: T,
}

/// A request to change something by a file: who asks, when, at most how often, and the file.
pub(super) struct WriteFile {
    /// Who asks and when.
    pub(super) asked: Asked,
    /// The file.
    pub(super) bytes: Bytes,
}

/// Who asks for a change, and when.
pub(super) struct Asked {
    actor: Actor,
    now: DateTime<Utc>,
    once: Option<Once>,
}

impl Asked {
    pub(super) fn call(&self) -> Call<'_> {
        Call::new(&self.actor, self.now).once(self.once.clone())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Viewer {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        Ok(parts.extensions.get().cloned().unwrap_or(Self(None)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let Viewer(actor) = Viewer::from_request_parts(parts, state).await?;
        let unknown = || Refused::new(Kind::Unauthenticated, Kind::Unauthenticated.meaning());
        actor.map(Self).ok_or_else(unknown)
    }
}

impl FromRequestParts<ApiState> for Now {
    type Rejection = Refused;

    async fn from_request_parts(_: &mut Parts, state: &ApiState) -> Result<Self, Refused> {
        Ok(Self(state.clock.now()))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let read = Query::from_request_parts(parts, state).await;
        let unfit =
            |what: String| Refused::new(Kind::Malformed, format!("The parameters in the address do not fit: {what}."));
        read.map(|Query(params)| Self(params)).map_err(|rejection| unfit(rejection.body_text()))
    }
}

impl<T: DeserializeOwned> FromRequest<ApiState> for Write<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &ApiState) -> Result<Self, Refused> {
        let (asked, bytes) = asked(request, state, is_json, Kind::UnsupportedType.meaning()).await?;
        Ok(Self { asked, body: read_json::from_bytes(&bytes)? })
    }
}

impl FromRequest<ApiState> for WriteFile {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &ApiState) -> Result<Self, Refused> {
        let wanted =
            "Send the file itself with `Content-Type: text/csv`, or `application/octet-stream` for a workbook.";
        let (asked, bytes) = asked(request, state, is_file, wanted).await?;
        Ok(Self { asked, bytes })
    }
}

/// Who asks for a change and with what; `wanted` says which media types are taken.
async fn asked(
    request: Request,
    state: &ApiState,
    is_wanted: fn(&HeaderMap) -> bool,
    wanted: &str,
) -> Result<(Asked, Bytes), Refused> {
    let (mut parts, body) = request.into_parts();
    let SignedIn(actor) = SignedIn::from_request_parts(&mut parts, state).await?;
    let key = key(&parts.headers)?;
    if !is_wanted(&parts.headers) {
        return Err(Refused::new(Kind::UnsupportedType, wanted));
    }
    let target = target(&parts);
    let bytes = Bytes::from_request(Request::from_parts(parts, body), state).await;
    let bytes = bytes.map_err(|rejection| super::problem::of_status(rejection.status()))?;
    let once = key.map(|key| Once { key, request_hash: request_hash(&target, &bytes) });
    Ok((Asked { actor, now: state.clock.now(), once }, bytes))
}

/// The method and the address as the caller wrote them.
fn target(parts: &Parts) -> String {
    let original = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
    format!("{} {original}", parts.method)
}

fn request_hash(target: &str, body: &[u8]) -> String {
    let digest = Sha256::new().chain_update(target).chain_update([0]).chain_update(body).finalize();
    digest.iter().fold(String::new(), |mut hash, byte| {
        let _ = write!(hash, "{byte:02x}");
        hash
    })
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Refused> {
    let mut given = headers.get_all("idempotency-key").iter();
    let (Some(first), second) = (given.next(), given.next()) else { return Ok(None) };
    let plain = |text: &&str| (1..=KEY_LIMIT).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    let key = first.to_str().ok().filter(plain).filter(|_| second.is_none()).map(str::to_owned);
    let unfit = || {
        let what = format!("give one key of 1 to {KEY_LIMIT} visible ASCII characters, new for every request");
        Refused::of_field(Kind::Malformed, "Idempotency-Key", what)
    };
    key.map(Some).ok_or_else(unfit)
}

fn is_json(headers: &HeaderMap) -> bool {
    media_type(headers) == "application/json"
}

/// A list as a browser, a spreadsheet or `curl --data-binary` sends it.
fn is_file(headers: &HeaderMap) -> bool {
    const KINDS: [&str; 6] = [
        "text/csv",
        "text/plain",
        "text/tab-separated-values",
        "application/octet-stream",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ];
    KINDS.contains(&media_type(headers).as_str())
}

/// The media type without its parameters, in lower case.
fn media_type(headers: &HeaderMap) -> String {
    let given = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
