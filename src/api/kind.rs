//! The kinds of problem the API answers with. Their names are part of its contract and never change their meaning.

use axum::http::StatusCode;

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Malformed,
    Unauthenticated,
    NotAllowed,
    NotFound,
    MethodNotAllowed,
    Conflict,
    Stale,
    TooLarge,
    UnsupportedType,
    Invalid,
    KeyReused,
    Internal,
    Unavailable,
}

impl Kind {
    pub(super) const ALL: [Self; 13] = [
        Self::Malformed,
        Self::Unauthenticated,
        Self::NotAllowed,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::Stale,
        Self::TooLarge,
        Self::UnsupportedType,
        Self::Invalid,
        Self::KeyReused,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The kind that stands for a status given by some other part.
    pub(super) fn of_status(status: StatusCode) -> Self {
        let otherwise = if status.is_server_error() { Self::Internal } else { Self::Malformed };
        Self::ALL.into_iter().find(|kind| kind.status() == status).unwrap_or(otherwise)
    }

    /// The name in its address.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Unauthenticated => "unauthenticated",
            Self::NotAllowed => "not-allowed",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::Conflict => "conflict",
            Self::Stale => "stale",
            Self::TooLarge => "too-large",
            Self::UnsupportedType => "unsupported-type",
            Self::Invalid => "invalid",
            Self::KeyReused => "key-reused",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
        }
    }

    /// Its address, relative to the server.
    pub(super) fn address(self) -> String {
        format!("{}/problems/{}", super::BASE, self.name())
    }

    /// Its HTTP status.
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::NotAllowed => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Stale => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What it is, in words.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Malformed => "The request cannot be read",
            Self::Unauthenticated => "Sign in first",
            Self::NotAllowed => "Somebody else has to do this",
            Self::NotFound => "There is no such thing",
            Self::MethodNotAllowed => "This cannot be done at this address",
            Self::Conflict => "The process does not allow this now",
            Self::Stale => "The case has changed since you read it",
            Self::TooLarge => "The request is too large",
            Self::UnsupportedType => "The request is not JSON",
            Self::Invalid => "Something given is missing or wrong",
            Self::KeyReused => "The Idempotency-Key was used for another request",
            Self::Internal => "Something went wrong here",
            Self::Unavailable => "Not available at the moment",
        }
    }

    /// What it means and what to do about it.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Malformed => {
                "The address, its parameters, a header or the JSON cannot be read. Mend the place named and repeat the request."
            }
            Self::Unauthenticated => {
                "This needs a token that is known. Send the header `Authorization: Bearer TOKEN` with your own token."
            }
            Self::NotAllowed => "You are known, but others have this to do: `who_could` names them.",
            Self::NotFound => "Nothing is known by this name. Check the spelling, or list what there is.",
            Self::MethodNotAllowed => "The header `Allow` says what can be done at this address.",
            Self::Conflict => {
                "The case has ended, or is not in a state for this, or what must come first is missing: `missing` names it."
            }
            Self::Stale => {
                "Somebody was quicker. Read the case again, decide again, and send its new `ETag` as `If-Match`."
            }
            Self::TooLarge => "A request takes at most 256 KB. Shorten what you send.",
            Self::UnsupportedType => "Send JSON, with the header `Content-Type: application/json`.",
            Self::Invalid => "The request can be read, but a field is missing or wrong: `missing` names each.",
            Self::KeyReused => {
                "A key stands for one request: to repeat it, send exactly the same again; for another, use a new key."
            }
            Self::Internal => {
                "The fault is not in your request, and nothing was changed. Tell the operator the `request_id`."
            }
            Self::Unavailable => "The request was not carried out. Try the same again in a moment.",
        }
    }
}
