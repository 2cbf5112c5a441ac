//! Everything in a baseline that says something in words.

use super::item::{Item, ItemId};
use super::lines::BrdText;
use super::model::Brd;

/// An item or a term with what it is called and what it says.
pub(super) struct Statement<'a> {
    /// The item; a term of the glossary is none.
    pub(super) item: Option<ItemId>,
    /// What it is, in words.
    pub(super) place: String,
    /// Its name or heading; nothing where it needs none.
    pub(super) name: Option<&'a str>,
    /// What it says.
    pub(super) text: &'a BrdText,
    /// Whether it is in use.
    pub(super) active: bool,
}

impl<'a> Statement<'a> {
    /// An item in use.
    fn of(item: ItemId, name: Option<&'a str>, text: &'a BrdText) -> Self {
        Self { place: item.to_string(), item: Some(item), name, text, active: true }
    }
}

/// Every item and every term, in the order of the document.
pub(super) fn statements(brd: &Brd) -> impl Iterator<Item = Statement<'_>> {
    let drivers = brd.drivers.iter().map(|item| {
        let id = ItemId::Driver(item.id);
        Statement { active: item.is_active(), ..Statement::of(id, None, &item.text) }
    });
    let domains = brd.domains.iter().map(|item| {
        let id = ItemId::Domain(item.id);
        Statement { active: item.is_active(), ..Statement::of(id, Some(item.name.as_str()), &item.text) }
    });
    let maps = brd.process_maps.iter().map(|item| {
        let id = ItemId::ProcessMap(item.id);
        Statement { active: item.is_active(), ..Statement::of(id, Some(item.epic.as_str()), &item.text) }
    });
    let components = brd.components.iter().map(|item| {
        let id = ItemId::Component(item.id.clone());
        Statement { active: item.is_active(), ..Statement::of(id, Some(item.name.as_str()), &item.text) }
    });
    let requirements = brd.requirements.iter().map(|item| {
        let id = ItemId::Requirement(item.id);
        Statement { active: item.is_active(), ..Statement::of(id, Some(brd.heading_of(item)), &item.text) }
    });
    let others = brd.non_functional.iter().map(|item| {
        let id = ItemId::Requirement(item.id);
        Statement { active: item.is_active(), ..Statement::of(id, Some(item.heading.as_str()), &item.text) }
    });
    let terms = brd.glossary.iter().map(|term| {
        let place = format!("glossary {} “{}”", term.serial, term.term);
        Statement { item: None, place, name: Some(term.term.as_str()), text: &term.text, active: true }
    });
    drivers.chain(domains).chain(maps).chain(components).chain(requirements).chain(others).chain(terms)
}
