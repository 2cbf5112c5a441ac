//! What all items have in common, and how one is found.

use std::fmt::{self, Display};

use super::id_text::IdError;
use super::ids::{ComponentId, DomainId, DriverId, ProcessMapId, RequirementId, RequirementKind};
use super::model::{Brd, Component, Domain, Driver, NonFunctional, ProcessMap, Requirement, Retirement};

/// A part of the baseline with an id of its own.
pub trait Item {
    /// The kind of id it has.
    type Id: Clone + Ord + Display;

    /// Its id.
    fn id(&self) -> &Self::Id;

    /// That it is no longer in use, and since then what takes its place.
    fn retirement(&self) -> Option<&Retirement<Self::Id>>;

    /// Whether it is in use.
    fn is_active(&self) -> bool {
        self.retirement().is_none()
    }
}

/// Gives each of the types of item the trait.
macro_rules! items {
    ($($item:ty, $id:ty;)*) => {$(
        impl Item for $item {
            type Id = $id;

            fn id(&self) -> &$id {
                &self.id
            }

            fn retirement(&self) -> Option<&Retirement<$id>> {
                self.retired.as_ref()
            }
        }
    )*};
}

items! {
    Driver, DriverId;
    Domain, DomainId;
    ProcessMap, ProcessMapId;
    Component, ComponentId;
    Requirement, RequirementId;
    NonFunctional, RequirementId;
}

/// The id of any item. Ids of different kinds never look alike, so the text of one says what it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemId {
    /// A business driver.
    Driver(DriverId),
    /// A Business Functional Domain.
    Domain(DomainId),
    /// A process map.
    ProcessMap(ProcessMapId),
    /// A Functional Component.
    Component(ComponentId),
    /// A requirement of either kind.
    Requirement(RequirementId),
}

impl ItemId {
    /// Reads an id of any kind.
    ///
    /// # Errors
    ///
    /// [`IdError`] when the text is none of them.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let requirement = RequirementId::parse(text).map(Self::Requirement);
        DriverId::parse(text)
            .map(Self::Driver)
            .or_else(|_| ProcessMapId::parse(text).map(Self::ProcessMap))
            .or_else(|_| DomainId::parse(text).map(Self::Domain))
            .or_else(|_| ComponentId::parse(text).map(Self::Component))
            .or(requirement)
    }
}

impl Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Driver(id) => id.fmt(f),
            Self::Domain(id) => id.fmt(f),
            Self::ProcessMap(id) => id.fmt(f),
            Self::Component(id) => id.fmt(f),
            Self::Requirement(id) => id.fmt(f),
        }
    }
}

text_value!(ItemId, IdError);

/// Gives the baseline one way to find each kind of item.
macro_rules! finders {
    ($($(#[$docs:meta])* $find:ident in $list:ident: $id:ty => $item:ty;)*) => {
        impl Brd {
            $($(#[$docs])*
            pub fn $find(&self, id: &$id) -> Option<&$item> {
                self.$list.iter().find(|item| item.id == *id)
            })*
        }
    };
}

finders! {
    /// The driver with this id, in use or not.
    driver in drivers: DriverId => Driver;
    /// The domain with this id, in use or not.
    domain in domains: DomainId => Domain;
    /// The process map with this id, in use or not.
    process_map in process_maps: ProcessMapId => ProcessMap;
    /// The component with this id, in use or not.
    component in components: ComponentId => Component;
    /// The functional requirement with this id, in use or not.
    functional_requirement in requirements: RequirementId => Requirement;
    /// The non-functional requirement with this id, in use or not.
    non_functional_requirement in non_functional: RequirementId => NonFunctional;
}

impl Brd {
    /// Whether the baseline has an item with this id, in use or not.
    pub fn has(&self, id: &ItemId) -> bool {
        match id {
            ItemId::Driver(id) => self.driver(id).is_some(),
            ItemId::Domain(id) => self.domain(id).is_some(),
            ItemId::ProcessMap(id) => self.process_map(id).is_some(),
            ItemId::Component(id) => self.component(id).is_some(),
            ItemId::Requirement(id) => match id.kind() {
                RequirementKind::Functional => self.functional_requirement(id).is_some(),
                RequirementKind::NonFunctional => self.non_functional_requirement(id).is_some(),
            },
        }
    }

    /// What a requirement stands under: its own heading, or else the name of its component.
    pub fn heading_of<'a>(&'a self, requirement: &'a Requirement) -> &'a str {
        let component = requirement.component.as_ref().and_then(|id| self.component(id));
        match component {
            Some(component) if requirement.heading.is_blank() => component.name.as_str(),
            _ => requirement.heading.as_str(),
        }
    }
}
