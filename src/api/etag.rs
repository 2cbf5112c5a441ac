//! Entity tags of cases.
//!
//! A tag begins with the revision, which is all that `If-Match` compares. What a GET shows also depends on the day (the
//! Working Days left) and on who looks, so its tag holds these too; as long as it is the same, so is every byte.

use axum::http::{HeaderMap, HeaderName, header};
use chrono::{DateTime, Utc};

use super::kind::Kind;
use super::problem::Refused;
use crate::calendar::london_date;
use crate::service::{Seen, Sight};

/// The tag of a case as it is shown.
pub(super) fn of_case(seen: &Seen, now: DateTime<Utc>) -> String {
    let sight = match seen.sight {
        Sight::Public => "public",
        Sight::Deciding => "deciding",
        Sight::Full => "full",
    };
    format!("\"{}.{}.{sight}\"", seen.revision, london_date(now))
}

/// The tag of a revision, good for `If-Match`.
pub(super) fn of_revision(revision: i64) -> String {
    format!("\"{revision}\"")
}

/// Whether the caller has this representation already.
pub(super) fn known(headers: &HeaderMap, tag: &str) -> bool {
    let matches = |given: &str| given == "*" || given.trim_start_matches("W/") == tag;
    texts(headers, header::IF_NONE_MATCH).flat_map(|list| list.split(',')).map(str::trim).any(matches)
}

/// The revision the caller wants to act on, where it names one.
pub(super) fn expected(headers: &HeaderMap) -> Result<Option<i64>, Refused> {
    let mut given = texts(headers, header::IF_MATCH).flat_map(|list| list.split(',')).map(str::trim);
    let first = match (given.next(), given.next()) {
        (None, _) | (Some("*"), None) => return Ok(None),
        (Some(first), None) => first,
        (Some(_), Some(_)) => {
            return Err(Refused::of_field(
                Kind::Malformed,
                "If-Match",
                "give one tag: that of the case as you read it",
            ));
        }
    };
    let tag = first.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    let revision = tag.and_then(|tag| tag.split('.').next()).and_then(|revision| revision.parse().ok());
    let foreign =
        || Refused::of_field(Kind::Stale, "If-Match", "this is no tag of this case; read the case and give its `ETag`");
    revision.map(Some).ok_or_else(foreign)
}

fn texts(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers.get_all(name).iter().map(|value| value.to_str().unwrap_or("?"))
}
