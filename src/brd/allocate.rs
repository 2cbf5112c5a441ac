//! Which id a new item gets: the one after the highest there ever was. Ids are never used again and gaps are never
//! filled (R61), so items no longer in use and ids given out elsewhere count.

use super::ids::{ComponentId, DomainId, DriverId, ProcessMapId, RequirementId, RequirementKind};
use super::model::{Allocated, Brd};

impl Brd {
    /// The id of the next requirement of a kind.
    pub fn next_requirement(&self, kind: RequirementKind) -> RequirementId {
        let functional = self.requirements.iter().map(|requirement| requirement.id);
        let ours = functional.chain(self.non_functional.iter().map(|requirement| requirement.id));
        let elsewhere = self.allocated_elsewhere.iter().flat_map(|Allocated { first, last, .. }| [*first, *last]);
        let taken = ours.chain(elsewhere).filter(|id| id.kind() == kind);
        RequirementId::numbered(kind, after(taken.map(RequirementId::number)))
    }

    /// The id of the next domain.
    pub fn next_domain(&self) -> DomainId {
        DomainId::numbered(after(self.domains.iter().map(|domain| domain.id.number())))
    }

    /// The id of the next process map.
    pub fn next_process_map(&self) -> ProcessMapId {
        ProcessMapId::numbered(after(self.process_maps.iter().map(|map| map.id.number())))
    }

    /// The id of the next business driver.
    pub fn next_driver(&self) -> DriverId {
        DriverId::numbered(after(self.drivers.iter().map(|driver| driver.id.number())))
    }

    /// The next id after `like` with the same name, such as `UC_Login_002` after `UC_Login_001`.
    pub fn next_component(&self, like: &ComponentId) -> ComponentId {
        let named = self.components.iter().filter(|other| other.id.name().eq_ignore_ascii_case(like.name()));
        like.with_number(after(named.map(|component| component.id.number())))
    }
}

fn after(taken: impl Iterator<Item = u32>) -> u32 {
    taken.max().unwrap_or(0) + 1
}
