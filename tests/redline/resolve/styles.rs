//! Styles of a package by id: their names, and the numbering that they bring.

use std::collections::BTreeMap;

use super::super::package::Package;
use super::super::xml::Node;

/// The styles of a package.
#[derive(Debug, Default)]
pub(super) struct Styles {
    each: BTreeMap<String, Style>,
}

#[derive(Debug)]
struct Style {
    name: String,
    based_on: String,
    numbering: Option<(String, String)>,
}

impl Styles {
    pub(super) fn of(package: &Package) -> Self {
        let Some((_, tree)) = package.beside("styles") else { return Self::default() };
        let styles = tree.elements().filter(|style| style.is("w:style"));
        Self { each: styles.map(|style| (style.value("w:styleId").to_owned(), Style::of(style))).collect() }
    }

    /// The name of a style; one that is not defined says so.
    pub(super) fn name(&self, id: &str) -> String {
        self.each.get(id).map_or_else(|| format!("undefined:{id}"), |style| style.name.clone())
    }

    /// The list and level that a style brings, its own or that of a style it is based on.
    pub(super) fn numbering(&self, id: &str) -> Option<(String, String)> {
        let mut id = id;
        for _ in 0..20 {
            let style = self.each.get(id)?;
            if style.numbering.is_some() {
                return style.numbering.clone();
            }
            id = &style.based_on;
        }
        None
    }
}

impl Style {
    fn of(style: &Node) -> Self {
        let value = |name: &str| style.child(name).map(|child| child.value("w:val").to_owned()).unwrap_or_default();
        let numbering = style.at(&["w:pPr", "w:numPr"]).map(|numbering| {
            let inner = |name: &str| numbering.child(name).map(|child| child.value("w:val").to_owned());
            (inner("w:numId").unwrap_or_default(), inner("w:ilvl").unwrap_or_else(|| "0".to_owned()))
        });
        Self { name: value("w:name"), based_on: value("w:basedOn"), numbering }
    }
}
