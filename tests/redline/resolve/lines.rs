//! A document in one way only: a line for each paragraph, row, cell and section.

use super::super::package::Package;
use super::super::xml::Node;
use super::numbering::Numbering;
use super::styles::Styles;
use super::{Decision, sections, settle};

/// Whether what marks a place without being seen (bookmarks, comments, content controls) is written too.
///
/// A redline keeps them as the newer document has them, so that they are compared after accepting only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Places {
    Written,
    Left,
}

/// What is known of the document while its lines are written.
pub(super) struct Writer<'a> {
    pub(super) package: &'a Package,
    pub(super) part: String,
    pub(super) decision: Decision,
    pub(super) places: Places,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
}

/// The lines of a document after all of its tracked changes, if any, are decided.
pub(crate) fn lines(package: &Package, decision: Decision, places: Places) -> Vec<String> {
    let part = package.main().to_owned();
    let Some(tree) = package.trees.get(&part) else { return vec!["no body".to_owned()] };
    let story = settle(tree, decision);
    let mut writer =
        Writer { package, part, decision, places, styles: Styles::of(package), numbering: Numbering::of(package) };
    let Some(body) = story.child("w:body") else { return vec!["no body".to_owned()] };
    let mut lines = writer.blocks(&body.children);
    lines.extend(sections::lines(&mut writer, body));
    lines
}

impl Writer<'_> {
    /// The lines of blocks in a row.
    pub(super) fn blocks(&mut self, blocks: &[Node]) -> Vec<String> {
        let mut lines = Vec::new();
        for block in blocks {
            match block.name.as_str() {
                "w:p" => lines.push(self.paragraph(block)),
                "w:tbl" => lines.extend(self.table(block)),
                "w:sdt" => {
                    let inside = block.child("w:sdtContent").map(|inside| self.blocks(&inside.children));
                    lines.extend(self.framed("control", &control_name(block), inside.unwrap_or_default()));
                }
                "w:customXml" | "w:smartTag" => lines.extend(self.blocks(&block.children)),
                "w:bookmarkStart" if self.places == Places::Written => {
                    lines.push(format!("bookmark {}", block.value("w:name")));
                }
                _ => {}
            }
        }
        lines
    }

    fn framed(&self, what: &str, name: &str, lines: Vec<String>) -> Vec<String> {
        if self.places == Places::Left {
            return lines;
        }
        let mut framed = vec![format!("{what} {name}")];
        framed.extend(lines.into_iter().map(|line| format!("  {line}")));
        framed
    }

    fn table(&mut self, table: &Node) -> Vec<String> {
        let mut lines = vec![format!("table {}", self.properties(table.child("w:tblPr")))];
        lines.extend(self.rows(&table.children).into_iter().map(|line| format!("  {line}")));
        lines
    }

    fn rows(&mut self, children: &[Node]) -> Vec<String> {
        let mut lines = Vec::new();
        for child in children {
            if child.is("w:tr") {
                let exceptions = self.properties(child.child("w:tblPrEx"));
                lines.push(format!("row {} {exceptions}", self.properties(child.child("w:trPr"))));
                lines.extend(self.cells(&child.children).into_iter().map(|line| format!("  {line}")));
            } else if let Some(content) = child.child("w:sdtContent") {
                let inside = self.rows(&content.children);
                lines.extend(self.framed("control", &control_name(child), inside));
            }
        }
        lines
    }

    fn cells(&mut self, children: &[Node]) -> Vec<String> {
        let mut lines = Vec::new();
        for child in children {
            if child.is("w:tc") {
                lines.push(format!("cell {}", self.properties(child.child("w:tcPr"))));
                lines.extend(self.blocks(&child.children).into_iter().map(|line| format!("  {line}")));
            } else if let Some(content) = child.child("w:sdtContent") {
                let inside = self.cells(&content.children);
                lines.extend(self.framed("control", &control_name(child), inside));
            }
        }
        lines
    }

    /// Properties as text, in an order of their own.
    pub(super) fn properties(&self, properties: Option<&Node>) -> String {
        let Some(properties) = properties else { return String::new() };
        let each = properties.elements().filter(|one| !is_apart(&one.name));
        let mut each: Vec<String> = each.map(|one| self.element(one)).collect();
        each.sort();
        each.concat()
    }

    /// An element as text, what it refers to told by content.
    pub(super) fn element(&self, element: &Node) -> String {
        element.canonical(&|node, name, value| {
            if name.starts_with("r:") {
                return Some(self.package.digest(&self.part, value));
            }
            let style = matches!(node.name.as_str(), "w:rStyle" | "w:tblStyle" | "w:pStyle") && name == "w:val";
            Some(if style { self.styles.name(value) } else { value.to_owned() })
        })
    }
}

/// The name by which a content control is known.
pub(super) fn control_name(control: &Node) -> String {
    let tag = control.at(&["w:sdtPr", "w:tag"]).map(|tag| tag.value("w:val").to_owned());
    tag.unwrap_or_else(|| "control".to_owned())
}

/// Properties that are written elsewhere.
fn is_apart(name: &str) -> bool {
    matches!(name, "w:rPr" | "w:sectPr" | "w:numPr" | "w:headerReference" | "w:footerReference")
}
