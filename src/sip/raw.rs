//! The SIP form as somebody typed it: every field is text and any of them may be missing.
//!
//! The names here are the names of the form in YAML, JSON and on the web. An unknown name is refused, since a mistyped
//! name would otherwise lose what was written under it.

use std::fmt;

use serde::de::{DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// A SIP form before it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawSipForm {
    /// Who proposes.
    #[serde(deserialize_with = "or_default")]
    pub proposer: RawProposer,
    /// The title.
    pub title: Option<String>,
    /// What is asked for.
    pub description: Option<String>,
    /// What Parties would gain, one benefit to an item.
    #[serde(deserialize_with = "or_default")]
    pub benefits: Vec<String>,
    /// The Party categories impacted.
    #[serde(deserialize_with = "or_default")]
    pub impacted_parties: Vec<String>,
    /// `add`, `amend` or `remove`.
    pub change_type: Option<String>,
    /// The requirements the change touches.
    #[serde(deserialize_with = "or_default")]
    pub requirements: RawRequirements,
    /// The functional components the change touches.
    #[serde(deserialize_with = "or_default")]
    pub functional_components: Vec<String>,
    /// The Business Functional Domain claimed.
    pub domain: Option<String>,
    /// Other Business Functional Domains touched.
    #[serde(deserialize_with = "or_default")]
    pub other_domains: Vec<String>,
    /// The DCC Systems touched.
    #[serde(deserialize_with = "or_default")]
    pub systems: Vec<String>,
    /// When it could be developed and deployed.
    #[serde(deserialize_with = "or_default")]
    pub timescale: RawTimescale,
    /// `yes` to claim urgency.
    #[serde(deserialize_with = "scalar")]
    pub urgent: Option<String>,
    /// Why it is urgent.
    pub urgency_reason: Option<String>,
    /// What should be kept from publication.
    #[serde(deserialize_with = "or_default")]
    pub confidentiality: RawConfidentiality,
    /// What it may cost.
    #[serde(deserialize_with = "or_default")]
    pub anticipated_cost: RawCost,
    /// What must come first: references of SIPs, or other matters in words.
    #[serde(deserialize_with = "or_default")]
    pub depends_on: Vec<String>,
    /// The earlier SIP this one replaces.
    pub resubmission_of: Option<String>,
    /// The questions that settle the route.
    #[serde(deserialize_with = "or_default")]
    pub changes: RawRouteQuestions,
}

/// Who proposes, before it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawProposer {
    /// The organisation.
    pub organisation: Option<String>,
    /// Its Party category.
    pub category: Option<String>,
    /// Who speaks for it.
    #[serde(deserialize_with = "or_default")]
    pub contact: RawContact,
}

/// A contact before it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawContact {
    /// The person.
    pub name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
}

/// The requirements a change touches, before they are checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawRequirements {
    /// Ids to amend.
    #[serde(deserialize_with = "or_default")]
    pub amend: Vec<String>,
    /// Ids to remove.
    #[serde(deserialize_with = "or_default")]
    pub remove: Vec<String>,
    /// New requirements: their wording, or the id kept for one.
    #[serde(deserialize_with = "or_default")]
    pub add: Vec<String>,
}

/// A timescale before it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawTimescale {
    /// Weeks to develop.
    #[serde(deserialize_with = "scalar")]
    pub develop_weeks: Option<String>,
    /// Weeks to deploy.
    #[serde(deserialize_with = "scalar")]
    pub deploy_weeks: Option<String>,
    /// The dates wanted.
    #[serde(deserialize_with = "or_default")]
    pub window: RawWindow,
}

/// The dates wanted, before they are checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawWindow {
    /// The first day, `2026-02-23`.
    pub start: Option<String>,
    /// The last day, `2026-05-08`.
    pub end: Option<String>,
}

/// A claim of confidentiality before it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawConfidentiality {
    /// `none`, `part` or `whole`.
    pub extent: Option<String>,
    /// The fields meant, when it is `part`.
    #[serde(deserialize_with = "or_default")]
    pub parts: Vec<String>,
    /// Why.
    pub reason: Option<String>,
}

/// An anticipated cost before it is checked: pounds as text, so that no digit is lost on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawCost {
    /// The low end.
    pub low: Option<String>,
    /// The high end.
    pub high: Option<String>,
}

/// The questions that settle the route, `yes` or `no` to each (R26).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawRouteQuestions {
    /// Does it change how Users connect to the SSI?
    #[serde(deserialize_with = "scalar")]
    pub connection: Option<String>,
    /// Does it change the access rights granted to Users?
    #[serde(deserialize_with = "scalar")]
    pub access_rights: Option<String>,
    /// Does it change the tables of job type roles or Business Functional Domains?
    #[serde(deserialize_with = "scalar")]
    pub role_and_domain_tables: Option<String>,
}

/// Reads a heading with nothing under it as if it were not there.
pub(super) fn or_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: DeserializeOwned + Default,
    D: Deserializer<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads text, a whole number, or yes and no, as text.
pub(super) fn scalar<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    struct Scalar;

    impl Visitor<'_> for Scalar {
        type Value = Option<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("text, a number, or yes or no")
        }

        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Some(text.to_owned()))
        }

        fn visit_bool<E>(self, answer: bool) -> Result<Self::Value, E> {
            Ok(Some(if answer { "yes" } else { "no" }.to_owned()))
        }

        fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
            Ok(Some(number.to_string()))
        }

        fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
            Ok(Some(number.to_string()))
        }

        fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
            Ok(Some(number.to_string()))
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }

    deserializer.deserialize_any(Scalar)
}
