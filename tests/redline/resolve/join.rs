//! Paragraphs whose marks are gone join those that follow, which keep their own properties.

use super::super::xml::Node;
use super::settle::GONE;

/// Joins the blocks of one holder: a body, a cell, a note.
pub(super) fn join(blocks: Vec<Node>) -> Vec<Node> {
    let mut open = None;
    let mut joined = run(blocks, &mut open);
    if let Some(last) = open {
        let before_section = joined.last().is_some_and(|last| last.is("w:sectPr"));
        joined.insert(joined.len() - usize::from(before_section), last);
    }
    joined
}

/// Joins what lies in a row, `open` being the text that waits for the paragraph that takes it in.
fn run(blocks: Vec<Node>, open: &mut Option<Node>) -> Vec<Node> {
    let mut joined = Vec::new();
    for mut block in blocks {
        match block.name.as_str() {
            "w:p" => {
                let gone = block.attribute(GONE).is_some();
                block.attributes.retain(|(name, _)| name != GONE);
                if let Some(before) = open.take() {
                    prepend(&mut block, before);
                }
                if gone { *open = Some(block) } else { joined.push(block) }
            }
            "w:tbl" => {
                joined.extend(open.take().filter(says_something));
                joined.push(block);
            }
            "w:sdt" => joined.extend(control(block, open)),
            _ => joined.push(block),
        }
    }
    joined
}

fn control(mut control: Node, open: &mut Option<Node>) -> Option<Node> {
    for child in &mut control.children {
        if child.is("w:sdtContent") {
            child.children = run(std::mem::take(&mut child.children), open);
        }
    }
    let left = control.child("w:sdtContent").is_some_and(|content| content.elements().next().is_some());
    left.then_some(control)
}

/// Puts what a paragraph without mark held before the content of the one that takes it in.
fn prepend(paragraph: &mut Node, before: Node) {
    let at = usize::from(paragraph.children.first().is_some_and(|first| first.is("w:pPr")));
    let content = before.children.into_iter().filter(|child| !child.is("w:pPr"));
    paragraph.children.splice(at..at, content);
}

/// Whether a paragraph holds anything that a reader sees.
fn says_something(paragraph: &Node) -> bool {
    !paragraph.elements().all(is_silent)
}

/// Properties, places, and frames with nothing in them.
fn is_silent(node: &Node) -> bool {
    match node.name.as_str() {
        "w:r" | "w:hyperlink" | "w:smartTag" | "w:customXml" | "w:sdt" | "w:sdtContent" => {
            node.elements().all(is_silent)
        }
        "w:t" => node.own_text().is_empty(),
        "w:pPr" | "w:rPr" | "w:sdtPr" | "w:sdtEndPr" | "w:proofErr" | "w:commentReference" => true,
        name => ["w:bookmark", "w:commentRange", "w:perm"].iter().any(|place| name.starts_with(place)),
    }
}
