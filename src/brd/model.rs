//! The parts of a baseline.

use std::fmt::{self, Display};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id_text::IdError;
use super::ids::{ComponentId, DomainId, DriverId, ProcessMapId, RequirementId};
use super::lines::{BrdText, Line};
use super::version::Version;

/// What a retired item is marked with (R61).
pub const NO_LONGER_IN_USE: &str = "no longer in use";

/// A version of the Baseline Requirements Document.
///
/// Every list is in the order of the document. Serialises as the fields of its YAML file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brd {
    /// The format of the file.
    #[serde(rename = "brd")]
    pub format: Format,
    /// Which version of the baseline this is.
    pub version: Version,
    /// The title on the first page.
    pub title: Line,
    /// The London date on the first page, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// How far the document has got, such as `Issued for external review`.
    #[serde(default, skip_serializing_if = "Line::is_blank")]
    pub status: Line,
    /// Who may see it, such as `DCC Public`.
    #[serde(default, skip_serializing_if = "Line::is_blank")]
    pub classification: Line,
    /// What the SSI is for.
    #[serde(default, rename = "business_drivers", skip_serializing_if = "Vec::is_empty")]
    pub drivers: Vec<Driver>,
    /// The Business Functional Domains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<Domain>,
    /// The epics, each with its process map.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub process_maps: Vec<ProcessMap>,
    /// The Functional Components.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Component>,
    /// The functional requirements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<Requirement>,
    /// The non-functional requirements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub non_functional: Vec<NonFunctional>,
    /// The Job Type Roles, in the order of the columns of the access matrix.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Line>,
    /// Which roles may use which components (R62).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub access: Vec<AccessRow>,
    /// The terms the document defines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub glossary: Vec<Term>,
    /// The documents it refers to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// The changes it has taken in (R59).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delta: Vec<DeltaEntry>,
    /// Ids that were given out outside this document and are never given out again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allocated_elsewhere: Vec<Allocated>,
}

/// The format of a baseline file: always `1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Format;

impl Serialize for Format {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(1)
    }
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            1 => Ok(Self),
            other => Err(serde::de::Error::custom(format!("{other} is not a known format of a baseline; write 1"))),
        }
    }
}

/// That an item is no longer in use. It stays in the document and its id is never used again (R61).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retirement<Id> {
    /// The item that takes its place.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub into: Option<Id>,
    /// Why it was retired.
    #[serde(default, skip_serializing_if = "Line::is_blank")]
    pub reason: Line,
}

/// A business driver: something the SSI is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Driver {
    /// Its id.
    pub id: DriverId,
    /// What it says.
    pub text: BrdText,
    /// That it is no longer in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Retirement<DriverId>>,
}

/// A Business Functional Domain: an area of what the SSI does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Domain {
    /// Its id.
    pub id: DomainId,
    /// What it is called.
    pub name: Line,
    /// The business capability it belongs to.
    #[serde(default, skip_serializing_if = "Line::is_blank")]
    pub business_capability: Line,
    /// What it enables.
    pub text: BrdText,
    /// That it is no longer in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Retirement<DomainId>>,
}

/// An epic and the process map that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessMap {
    /// The id of the map.
    pub id: ProcessMapId,
    /// What the epic is called.
    pub epic: Line,
    /// The domain it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<DomainId>,
    /// The story of the epic.
    pub text: BrdText,
    /// That it is no longer in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Retirement<ProcessMapId>>,
}

/// A Functional Component: something a role may be given access to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Its id.
    pub id: ComponentId,
    /// What it is called.
    pub name: Line,
    /// Which flow of the named thing it is, such as `Ext. 1 – Calendar View`.
    #[serde(default, skip_serializing_if = "Line::is_blank")]
    pub flow: Line,
    /// The domain it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<DomainId>,
    /// What it enables.
    pub text: BrdText,
    /// That it is no longer in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Retirement<ComponentId>>,
}

/// A functional requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Its id, `SSI-FR-`.
    pub id: RequirementId,
    /// The heading it stands under; blank when that is the name of its component.
    #[serde(default, skip_serializing_if = "Line::is_blank")]
    pub heading: Line,
    /// The domain it traces to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<DomainId>,
    /// The process map it traces to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process_map: Option<ProcessMapTrace>,
    /// The component it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<ComponentId>,
    /// How much it is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moscow: Option<Moscow>,
    /// What it requires.
    pub text: BrdText,
    /// That it is no longer in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Retirement<RequirementId>>,
}

/// A non-functional requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NonFunctional {
    /// Its id, `SSI-NFR-`.
    pub id: RequirementId,
    /// What it is about, such as `Security`.
    #[serde(default, skip_serializing_if = "Line::is_blank")]
    pub category: Line,
    /// The heading it stands under.
    #[serde(default, skip_serializing_if = "Line::is_blank")]
    pub heading: Line,
    /// The process map it traces to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process_map: Option<ProcessMapTrace>,
    /// How much it is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moscow: Option<Moscow>,
    /// What it requires.
    pub text: BrdText,
    /// That it is no longer in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Retirement<RequirementId>>,
}

/// Which process maps a requirement traces to. Written `All` or as the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProcessMapTrace {
    /// Every process map.
    All,
    /// One process map.
    One(ProcessMapId),
}

impl ProcessMapTrace {
    /// Reads `All` or the id of a process map.
    ///
    /// # Errors
    ///
    /// [`IdError`] when the text is something else.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        if text.trim().eq_ignore_ascii_case("all") {
            return Ok(Self::All);
        }
        ProcessMapId::parse(text).map(Self::One)
    }

    /// The one process map.
    pub fn one(self) -> Option<ProcessMapId> {
        match self {
            Self::All => None,
            Self::One(id) => Some(id),
        }
    }
}

impl Display for ProcessMapTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("All"),
            Self::One(id) => id.fmt(f),
        }
    }
}

text_value!(ProcessMapTrace, IdError);

/// How much a requirement is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Moscow {
    /// It must be met.
    Must,
    /// It should be met.
    Should,
    /// It could be met.
    Could,
    /// It will not be met for now.
    #[serde(rename = "Won't")]
    Wont,
}

impl Moscow {
    /// Each of them, the most needed first.
    pub const ALL: [Self; 4] = [Self::Must, Self::Should, Self::Could, Self::Wont];

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Must => "Must",
            Self::Should => "Should",
            Self::Could => "Could",
            Self::Wont => "Won't",
        }
    }
}

impl Display for Moscow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A row of the access matrix: the roles that may use some components.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessRow {
    /// The domain it stands under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<DomainId>,
    /// What the components are called together; blank where the document prints no name.
    #[serde(default, skip_serializing_if = "Line::is_blank")]
    pub name: Line,
    /// The components.
    pub components: Vec<ComponentId>,
    /// The roles that have access; every other role has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Line>,
}

impl AccessRow {
    /// What the row is known by: its name, or its components where it has none.
    pub fn key(&self) -> String {
        if self.name.is_blank() {
            self.components.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        } else {
            self.name.to_string()
        }
    }
}

/// A term of the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its number in the glossary, from 1.
    pub serial: u32,
    /// The term.
    pub term: Line,
    /// What it means.
    pub text: BrdText,
}

/// A document the baseline refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Its number in the list of references, from 1.
    pub serial: u32,
    /// What it is called.
    pub title: Line,
}

/// A row of the delta reference: a change the baseline has taken in (R59).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeltaEntry {
    /// Its number in the list, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<u32>,
    /// The reference of the document that made the change.
    #[serde(default, skip_serializing_if = "Line::is_blank")]
    pub doc_id: Line,
    /// What that document is called.
    pub title: Line,
    /// Its London date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// How far it has got.
    #[serde(default, skip_serializing_if = "Line::is_blank")]
    pub status: Line,
}

/// Requirements that were numbered outside this document, from the first to the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allocated {
    /// The first id.
    pub first: RequirementId,
    /// The last id, which may be the first.
    pub last: RequirementId,
    /// Where they were numbered.
    #[serde(default, skip_serializing_if = "Line::is_blank")]
    pub reason: Line,
}
