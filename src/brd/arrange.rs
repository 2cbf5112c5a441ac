//! The order in which a baseline stands as a document.

use std::collections::BTreeSet;

use super::lines::Line;
use super::model::{Brd, Requirement};

impl Brd {
    /// The same baseline in the order of the document: the requirements of a component stand together, in the order of
    /// the components and first those without a heading of their own, and those of no component stay behind the
    /// requirement they followed. The roles of a row of the
    /// access matrix stand in the order of its columns.
    #[must_use]
    pub fn arranged(&self) -> Self {
        let mut arranged = self.clone();
        arranged.requirements = sections(self).into_iter().flat_map(|section| section.requirements).cloned().collect();
        for row in &mut arranged.access {
            row.roles = in_order(&self.roles, &row.roles);
        }
        arranged
    }
}

/// The requirements that stand together under one component, or under none.
pub(super) struct Section<'a> {
    /// The place of the component in the list; nothing for requirements of no component of this document.
    pub(super) component: Option<usize>,
    /// The requirements in order; there may be none.
    pub(super) requirements: Vec<&'a Requirement>,
}

/// Every component with its requirements, and those of no component where they belong.
pub(super) fn sections(brd: &Brd) -> Vec<Section<'_>> {
    let place = |requirement: &Requirement| {
        let id = requirement.component.as_ref()?;
        brd.components.iter().position(|component| component.id == *id)
    };
    let mut own: Vec<Vec<&Requirement>> = vec![Vec::new(); brd.components.len()];
    let mut behind: Vec<Vec<&Requirement>> = vec![Vec::new(); brd.components.len() + 1];
    let mut last = 0;
    for requirement in &brd.requirements {
        let list = match place(requirement) {
            Some(component) => {
                last = component + 1;
                own.get_mut(component)
            }
            None => behind.get_mut(last),
        };
        if let Some(list) = list {
            list.push(requirement);
        }
    }
    for own in &mut own {
        own.sort_by_key(|requirement| !requirement.heading.is_blank());
    }
    let mut behind = behind.into_iter();
    let first = behind.next().unwrap_or_default();
    let sections = own.into_iter().zip(behind).enumerate().flat_map(|(place, (own, behind))| {
        [Section { component: Some(place), requirements: own }, Section { component: None, requirements: behind }]
    });
    let all = std::iter::once(Section { component: None, requirements: first }).chain(sections);
    all.filter(|section| section.component.is_some() || !section.requirements.is_empty()).collect()
}

/// Each role once: those of the document in its order, then the others.
fn in_order(known: &[Line], roles: &[Line]) -> Vec<Line> {
    let mut seen = BTreeSet::new();
    let known = known.iter().filter(|role| roles.contains(role));
    known.chain(roles).filter(|role| seen.insert(*role)).cloned().collect()
}
