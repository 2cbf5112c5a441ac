//! What surrounds every request: an id, a trace without personal data, a limit in time and size, who is asking, and
//! headers that keep browsers and caches from mischief.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{MakeRequestId, MakeRequestUuid, RequestId};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::{Level, Span};

use super::ApiState;
use super::kind::Kind;
use super::problem::{MEDIA_TYPE, Refused, of_status};
use super::request::Viewer;
use crate::calendar::london_date;
use crate::service;

/// Most bytes of a request's body.
pub(super) const BODY_LIMIT: usize = 256 * 1024;

/// How long a request may take.
const TIME_LIMIT: Duration = Duration::from_secs(40);

/// Longest token looked up, in bytes.
const TOKEN_LIMIT: usize = 512;

/// Longest request id taken over from the caller, in bytes.
const ID_LIMIT: usize = 64;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Puts everything around the routes of the API.
pub(super) fn wrap(api: Router<ApiState>, state: &ApiState) -> Router<ApiState> {
    let limited = api
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(state.clone(), authenticate))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME_LIMIT))
        .layer(CatchPanicLayer::custom(panicked));
    answering(limited)
}

/// Gives every request an id and a trace, and every answer its headers; errors become problems.
pub(super) fn answering<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    let trace =
        TraceLayer::new_for_http().make_span_with(span).on_response(DefaultOnResponse::new().level(Level::INFO));
    router.layer(trace).layer(from_fn(answer))
}

/// The route rather than the address, and no header: neither holds personal data.
fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    let id = request_id(request.extensions());
    tracing::info_span!("request", method = %request.method(), route, id)
}

fn request_id(extensions: &axum::http::Extensions) -> Option<&str> {
    extensions.get::<RequestId>().and_then(|id| id.header_value().to_str().ok())
}

async fn answer(mut request: Request, next: Next) -> Response {
    let id = identify(&request);
    let signed_in = request.headers().contains_key(header::AUTHORIZATION);
    let audience = if signed_in || !request.method().is_safe() { Audience::One } else { Audience::Everybody };
    if let Some(id) = id.clone() {
        request.extensions_mut().insert(id);
    }
    let response = with_problem(next.run(request).await, id.as_ref());
    with_headers(response, id, audience)
}

/// Whom an answer is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Audience {
    Everybody,
    One,
}

/// The caller's id for the request where it is short and plain, otherwise one of our own.
fn identify(request: &Request) -> Option<RequestId> {
    let plain = |id: &&HeaderValue| {
        (1..=ID_LIMIT).contains(&id.len())
            && id.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    let given = request.headers().get(REQUEST_ID).filter(plain).cloned().map(RequestId::new);
    given.or_else(|| MakeRequestUuid.make_request_id(request))
}

/// Writes the request's id into a problem, logs its cause, and turns any other error into a problem.
fn with_problem(mut response: Response, id: Option<&RequestId>) -> Response {
    let id = id.and_then(|id| id.header_value().to_str().ok());
    let refused = response.extensions_mut().remove::<Refused>();
    let refused = refused.or_else(|| is_bare_error(&response).then(|| of_status(response.status())));
    let Some(refused) = refused else { return response };
    if let Some(cause) = refused.cause() {
        tracing::error!(request_id = id, cause, "a request could not be carried out");
    }
    let mut answer = refused.answer(id);
    if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    answer
}

fn is_bare_error(response: &Response) -> bool {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    (status.is_client_error() || status.is_server_error()) && kind != Some(MEDIA_TYPE.as_bytes())
}

fn with_headers(mut response: Response, id: Option<RequestId>, audience: Audience) -> Response {
    let failed = response.status().is_client_error() || response.status().is_server_error();
    let headers = response.headers_mut();
    if let Some(id) = id {
        headers.insert(REQUEST_ID, id.into_header_value());
    }
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::VARY, "Authorization"),
        (header::CACHE_CONTROL, if failed || audience == Audience::One { "no-store" } else { "no-cache" }),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Finds out who is asking; a token that is not known is refused, also where none would be needed.
async fn authenticate(State(state): State<ApiState>, mut request: Request, next: Next) -> Result<Response, Refused> {
    let viewer = match token(&request)? {
        None => Viewer(None),
        Some(token) => {
            let actor = service::authenticate(&state.app, token, london_date(state.clock.now())).await?;
            let unknown = || {
                Refused::new(Kind::Unauthenticated, "The token is not known. Check that it is whole and still yours.")
            };
            Viewer(Some(actor.ok_or_else(unknown)?))
        }
    };
    request.extensions_mut().insert(viewer);
    Ok(next.run(request).await)
}

fn token(request: &Request) -> Result<Option<&str>, Refused> {
    let mut given = request.headers().get_all(header::AUTHORIZATION).iter();
    let Some(first) = given.next() else { return Ok(None) };
    let unfit = || Refused::new(Kind::Unauthenticated, "Send one header `Authorization: Bearer TOKEN`.");
    if given.next().is_some() {
        return Err(unfit());
    }
    let (scheme, token) = first.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(unfit)?;
    let token = token.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() || token.len() > TOKEN_LIMIT {
        return Err(unfit());
    }
    Ok(Some(token))
}

#[expect(clippy::needless_pass_by_value, reason = "the layer that catches panics hands them over")]
fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    Refused::hidden(Kind::Internal, format!("a panic: {}", said.unwrap_or("without a word"))).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::routing::get;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    use super::*;

    async fn asked(router: Router) -> (StatusCode, serde_json::Value) {
        let request = Request::get("/").header(REQUEST_ID, "abc").body(Body::empty()).unwrap();
        let (parts, body) = answering(router).oneshot(request).await.unwrap().into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        (parts.status, serde_json::from_slice(&bytes).unwrap())
    }

    #[tokio::test]
    async fn a_panic_becomes_a_problem_that_says_nothing_of_it() {
        async fn broken() -> &'static str {
            panic!("the secret inside")
        }
        let router = Router::new().route("/", get(broken)).layer(CatchPanicLayer::custom(panicked));
        let (status, problem) = asked(router).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(problem["request_id"], "abc");
        assert!(!problem.to_string().contains("secret"), "{problem}");
    }

    #[tokio::test]
    async fn a_request_that_takes_too_long_becomes_a_problem() {
        let limit = TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::ZERO);
        let (status, problem) = asked(Router::new().route("/", get(std::future::pending::<()>)).layer(limit)).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(problem["type"], "/api/v1/problems/unavailable");
    }
}
