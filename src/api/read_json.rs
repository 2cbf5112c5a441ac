//! Reading JSON strictly: no unknown field, no field twice, and every fault with its place.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeOwned, Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;

use super::kind::Kind;
use super::problem::Refused;
use crate::calendar::parse_date;

/// A JSON object whose fields are not known beforehand.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Fields(pub(super) BTreeMap<String, Json>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with a field for each thing given, {} where there is none")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Fields, A::Error> {
                let mut fields = BTreeMap::new();
                while let Some(name) = object.next_key::<String>()? {
                    let value = object.next_value()?;
                    if fields.contains_key(&name) {
                        return Err(A::Error::custom(format_args!("duplicate field `{name}`")));
                    }
                    fields.insert(name, value);
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// A date as people write it, YYYY-MM-DD.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day(pub(super) chrono::NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_date(&text).map(Self).map_err(D::Error::custom)
    }
}

/// Reads a body.
pub(super) fn from_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refused> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        refused(&path, &error.into_inner())
    });
    let value = read?;
    reader.end().map_err(|error| refused(".", &error))?;
    Ok(value)
}

/// Reads a value that has been read as JSON before.
pub(super) fn from_fields<T: DeserializeOwned>(fields: Fields) -> Result<T, Refused> {
    let object = Json::Object(fields.0.into_iter().collect());
    serde_path_to_error::deserialize(object).map_err(|error| {
        let path = error.path().to_string();
        refused(&path, &error.into_inner())
    })
}

fn refused(path: &str, error: &serde_json::Error) -> Refused {
    if !error.is_data() {
        return Refused::new(Kind::Malformed, format!("The body is not JSON: {error}."));
    }
    match path {
        "." | "" | "?" => Refused::new(Kind::Invalid, format!("The body does not fit: {error}.")),
        field => Refused::of_field(Kind::Invalid, field, error.to_string()),
    }
}
