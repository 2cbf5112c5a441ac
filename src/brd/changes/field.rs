//! What an item of the baseline says, field by field, so that every kind is changed, compared and merged alike.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

use super::super::{BrdText, Line};
use super::item::{ItemName, Kind};

/// A field of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Its name.
    Name,
    /// Its heading.
    Heading,
    /// Which flow of the named thing a functional component is.
    Flow,
    /// The epic of a process map.
    Epic,
    /// The business capability of a domain.
    BusinessCapability,
    /// The category of a non-functional requirement.
    Category,
    /// The domain it belongs to.
    Domain,
    /// The process map it traces to.
    ProcessMap,
    /// The functional component it belongs to.
    Component,
    /// How much it matters: Must, Should, Could or Won't.
    Moscow,
    /// The functional components of a row of the access matrix.
    Components,
    /// The roles that have access.
    Roles,
    /// What it says.
    Text,
}

/// How two changes of one field come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Word by word: changes of different words stand side by side.
    Words,
    /// As a set: what each adds is added, what each takes away is gone.
    Set,
    /// As a whole: only equal changes come together.
    Whole,
}

impl Field {
    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Heading => "heading",
            Self::Flow => "flow",
            Self::Epic => "epic",
            Self::BusinessCapability => "business capability",
            Self::Category => "category",
            Self::Domain => "domain",
            Self::ProcessMap => "process map",
            Self::Component => "functional component",
            Self::Moscow => "MoSCoW",
            Self::Components => "functional components",
            Self::Roles => "roles",
            Self::Text => "text",
        }
    }

    /// How two changes of it come together.
    pub fn nature(self) -> Nature {
        match self {
            Self::Text | Self::Name | Self::Heading | Self::Flow | Self::Epic | Self::BusinessCapability => {
                Nature::Words
            }
            Self::Components | Self::Roles => Nature::Set,
            Self::Category | Self::Domain | Self::ProcessMap | Self::Component | Self::Moscow => Nature::Whole,
        }
    }

    /// Whether it says where the item belongs: a change of it is a move.
    pub fn is_trace(self) -> bool {
        matches!(self, Self::Domain | Self::ProcessMap | Self::Component)
    }

    /// The fields of a kind of item.
    pub fn of(kind: Kind) -> &'static [Self] {
        use Field::{
            BusinessCapability, Category, Component, Components, Domain, Epic, Flow, Heading, Moscow, Name, ProcessMap,
            Roles, Text,
        };
        match kind {
            Kind::Driver | Kind::Term => &[Text],
            Kind::Reference => &[Name],
            Kind::Domain => &[Name, BusinessCapability, Text],
            Kind::ProcessMap => &[Epic, Domain, Text],
            Kind::Component => &[Name, Flow, Domain, Text],
            Kind::Requirement => &[Heading, Domain, ProcessMap, Component, Moscow, Text],
            Kind::NonFunctional => &[Category, Heading, ProcessMap, Moscow, Text],
            Kind::Role => &[],
            Kind::Access => &[Domain, Components, Roles],
        }
    }
}

impl Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

/// What an item says. A field that says nothing is left out.
pub type Fields = BTreeMap<Field, String>;

/// The parts of a field that is a set.
pub(super) fn parts(text: &str) -> BTreeSet<&str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// A value of a field in its one form: spaces at the ends of lines, the order of a set and the spelling of an id do not
/// count.
pub(super) fn tidy(field: Field, text: &str) -> String {
    match field.nature() {
        Nature::Set => parts(text).into_iter().collect::<Vec<_>>().join(", "),
        Nature::Whole => targets(field, text).first().map_or_else(|| Line::new(text).to_string(), ToString::to_string),
        Nature::Words if field == Field::Text => BrdText::new(text).to_string(),
        Nature::Words => Line::new(text).to_string(),
    }
}

/// Whether two values of a field say the same.
pub(super) fn same(field: Field, one: &str, other: &str) -> bool {
    tidy(field, one) == tidy(field, other)
}

/// What a field traces to: the ids in it, of the kind the field names.
pub(super) fn targets(field: Field, text: &str) -> Vec<ItemName> {
    let of = |kind: Kind| {
        let ids = parts(text).into_iter().filter_map(|id| ItemName::parse(id).ok());
        ids.filter(|id| id.kind() == kind).collect()
    };
    match field {
        Field::Domain => of(Kind::Domain),
        Field::ProcessMap => of(Kind::ProcessMap),
        Field::Component | Field::Components => of(Kind::Component),
        Field::Roles => parts(text).into_iter().map(|role| ItemName::new(Kind::Role, role)).collect(),
        _ => Vec::new(),
    }
}
