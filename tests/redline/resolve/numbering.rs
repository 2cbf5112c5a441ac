//! Numbers of lists and headings as a reader sees them: counted, not looked up by id.

use std::collections::{BTreeMap, BTreeSet};

use super::super::package::Package;
use super::super::xml::Node;

/// The lists of a package, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The levels of each abstract definition.
    definitions: BTreeMap<String, BTreeMap<String, Node>>,
    lists: BTreeMap<String, List>,
    counted: BTreeMap<String, Vec<u32>>,
    begun: BTreeSet<(String, String)>,
}

#[derive(Debug)]
struct List {
    definition: String,
    restarts: BTreeMap<String, u32>,
}

impl Numbering {
    pub(super) fn of(package: &Package) -> Self {
        let Some((_, tree)) = package.beside("numbering") else { return Self::default() };
        let mut numbering = Self::default();
        for entry in tree.elements() {
            if entry.is("w:abstractNum") {
                let levels = entry.elements().filter(|level| level.is("w:lvl"));
                let levels = levels.map(|level| (level.value("w:ilvl").to_owned(), level.clone())).collect();
                numbering.definitions.insert(entry.value("w:abstractNumId").to_owned(), levels);
            } else if entry.is("w:num") {
                numbering.lists.insert(entry.value("w:numId").to_owned(), List::of(entry));
            }
        }
        numbering
    }

    /// The number that the next paragraph of a list bears, with the look of its level; empty for `numId` 0.
    pub(super) fn next(&mut self, list_id: &str, level: &str) -> String {
        if list_id == "0" || list_id.is_empty() {
            return "none".to_owned();
        }
        let Some(list) = self.lists.get(list_id) else { return format!("undefined list {list_id}") };
        let levels = self.definitions.get(&list.definition);
        let Some(look) = levels.and_then(|levels| levels.get(level)) else {
            return format!("undefined level {level} of list {list_id}");
        };
        let start =
            |level: &Node| level.child("w:start").and_then(|start| start.value("w:val").parse().ok()).unwrap_or(1);
        let depth: usize = level.parse().unwrap_or(0);
        let starts: Vec<u32> =
            (0..=8_u32).map(|at| levels.and_then(|all| all.get(&at.to_string())).map_or(1, start)).collect();
        let counted = self.counted.entry(list.definition.clone()).or_insert_with(|| vec![0; 9]);
        let restart = list.restarts.get(level).filter(|_| self.begun.insert((list_id.to_owned(), level.to_owned())));
        if let Some(restart) = restart {
            counted[depth] = *restart;
        } else if counted[depth] == 0 {
            counted[depth] = starts[depth];
        } else {
            counted[depth] += 1;
        }
        counted[depth + 1..].fill(0);
        let label: Vec<String> = counted[..=depth].iter().map(u32::to_string).collect();
        let look = look.canonical(&|_, name, value| (name != "w:tplc").then(|| value.to_owned()));
        format!("{} {look}", label.join("."))
    }
}

impl List {
    fn of(entry: &Node) -> Self {
        let definition = entry.child("w:abstractNumId").map(|id| id.value("w:val").to_owned()).unwrap_or_default();
        let overrides = entry.elements().filter(|child| child.is("w:lvlOverride"));
        let restarts = overrides.filter_map(|one| {
            let start = one.child("w:startOverride")?.value("w:val").parse().ok()?;
            Some((one.value("w:ilvl").to_owned(), start))
        });
        Self { definition, restarts: restarts.collect() }
    }
}
