//! Sections: their settings, and the header and footer of each type as they show, taken over from before or not.

use std::collections::BTreeMap;

use super::super::package::Target;
use super::super::xml::Node;
use super::lines::Writer;
use super::numbering::Numbering;
use super::settle;

/// The lines of every section of a body, in order.
pub(super) fn lines(writer: &mut Writer<'_>, body: &Node) -> Vec<String> {
    let mut shown: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut lines = Vec::new();
    for section in body.all().into_iter().filter(|node| node.is("w:sectPr")) {
        lines.push(format!("section {}", writer.properties(Some(section))));
        for reference in section.elements() {
            if reference.is("w:headerReference") || reference.is("w:footerReference") {
                let key = format!("{} {}", reference.name, reference.value("w:type"));
                shown.insert(key, story(writer, reference.value("r:id")));
            }
        }
        for (key, story) in shown.iter().filter(|(_, story)| !story.is_empty()) {
            lines.push(format!("  {key}"));
            lines.extend(story.iter().map(|line| format!("    {line}")));
        }
    }
    lines
}

/// The lines of a header or footer; one that shows nothing has none.
fn story(writer: &mut Writer<'_>, id: &str) -> Vec<String> {
    let main = writer.part.clone();
    let Some(Target::Part(part)) = writer.package.target(&main, id).cloned() else {
        return vec![format!("undefined {id}")];
    };
    let Some(tree) = writer.package.trees.get(&part) else { return vec![format!("missing {part}")] };
    let settled = settle(tree, writer.decision);
    // Lists count within a header for themselves: the same part shows on every page.
    let body = std::mem::replace(&mut writer.numbering, Numbering::of(writer.package));
    writer.part = part;
    let lines = writer.blocks(&settled.children);
    writer.part = main;
    writer.numbering = body;
    if lines.len() == 1 && shows_nothing(&settled) { Vec::new() } else { lines }
}

fn shows_nothing(story: &Node) -> bool {
    story
        .all()
        .into_iter()
        .all(|node| !matches!(node.name.as_str(), "w:t" | "w:drawing" | "w:tab" | "w:fldChar" | "w:pict"))
}
