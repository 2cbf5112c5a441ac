//! Tracked changes decided: a story in, the same story without any revision mark out.

use super::super::xml::Node;
use super::Decision;
use super::join::join;

/// What only marks where a revision begins or ends.
const RANGES: &[&str] = &[
    "w:moveFromRangeStart",
    "w:moveFromRangeEnd",
    "w:moveToRangeStart",
    "w:moveToRangeEnd",
    "w:customXmlInsRangeStart",
    "w:customXmlInsRangeEnd",
    "w:customXmlDelRangeStart",
    "w:customXmlDelRangeEnd",
    "w:customXmlMoveFromRangeStart",
    "w:customXmlMoveFromRangeEnd",
    "w:customXmlMoveToRangeStart",
    "w:customXmlMoveToRangeEnd",
];

/// Elements that hold paragraphs and tables, and of which the last paragraph cannot lose its mark.
const HOLDERS: &[&str] = &["w:body", "w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:comment", "w:txbxContent"];

/// The attribute that a paragraph carries between deciding its mark and joining it with what follows.
pub(super) const GONE: &str = "!gone";

/// Decides every tracked change of a story.
pub(crate) fn settle(story: &Node, decision: Decision) -> Node {
    element(story, decision)
}

fn element(node: &Node, decision: Decision) -> Node {
    let mut settled = node.with(children(node, decision));
    if node.is("w:p") && mark_goes(node, decision) {
        settled.attributes.push((GONE.to_owned(), String::new()));
    }
    if HOLDERS.contains(&node.name.as_str()) {
        settled.children = join(settled.children);
    }
    settled.name = match node.name.as_str() {
        "w:delText" => "w:t".to_owned(),
        "w:delInstrText" => "w:instrText".to_owned(),
        _ => settled.name,
    };
    settled
}

fn children(node: &Node, decision: Decision) -> Vec<Node> {
    let mut settled = Vec::new();
    let mut before = "";
    for child in &node.children {
        match child.name.as_str() {
            "" => settled.push(child.clone()),
            "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo" => {
                if !decision.drops(&child.name) {
                    settled.extend(children(child, decision));
                }
            }
            "w:pPr" | "w:rPr" | "w:tblPr" | "w:tblPrEx" | "w:trPr" | "w:tcPr" | "w:sectPr" | "w:tblGrid" => {
                settled.push(properties(child, decision));
            }
            "w:tr" | "w:tc" if goes(child, decision) => {}
            "w:sdt" => settled.extend(control(child, before, decision)),
            "w:tbl" | "w:tr" => settled.extend(Some(element(child, decision)).filter(holds_cells)),
            range if RANGES.contains(&range) => {}
            _ => settled.push(element(child, decision)),
        }
        before = if child.is_text() { before } else { &child.name };
    }
    settled
}

/// Whether the mark at the end of a paragraph goes, so that the paragraph joins the one that follows.
fn mark_goes(paragraph: &Node, decision: Decision) -> bool {
    let marks = paragraph.at(&["w:pPr", "w:rPr"]);
    marks.is_some_and(|marks| marks.elements().any(|mark| decision.drops(&mark.name)))
}

/// Whether a row or a cell goes.
fn goes(node: &Node, decision: Decision) -> bool {
    let properties = if node.is("w:tr") { node.child("w:trPr") } else { node.child("w:tcPr") };
    properties.is_some_and(|properties| properties.elements().any(|mark| decision.drops(&mark.name)))
}

fn holds_cells(node: &Node) -> bool {
    let wanted = if node.is("w:tbl") { "w:tr" } else { "w:tc" };
    node.elements().any(|child| child.is(wanted) || (child.is("w:sdt") && holds_below(child, wanted)))
}

fn holds_below(control: &Node, wanted: &str) -> bool {
    let content = control.child("w:sdtContent");
    content.is_some_and(|content| {
        content.elements().any(|child| child.is(wanted) || (child.is("w:sdt") && holds_below(child, wanted)))
    })
}

/// A content control: gone with all of its content, or opened if only its frame goes.
fn control(node: &Node, before: &str, decision: Decision) -> Vec<Node> {
    let frame_goes = match decision {
        Decision::Accept => matches!(before, "w:customXmlDelRangeStart" | "w:customXmlMoveFromRangeStart"),
        Decision::Reject => matches!(before, "w:customXmlInsRangeStart" | "w:customXmlMoveToRangeStart"),
    };
    let had = node.child("w:sdtContent").is_some_and(|content| content.elements().next().is_some());
    let settled = element(node, decision);
    let inside = settled.child("w:sdtContent").map(|content| content.children.clone()).unwrap_or_default();
    if frame_goes {
        return inside;
    }
    if had && inside.iter().all(|child| child.is_text() || is_bare_run(child)) { Vec::new() } else { vec![settled] }
}

fn is_bare_run(node: &Node) -> bool {
    node.is("w:r") && node.elements().all(|child| child.is("w:rPr"))
}

/// Properties as they are after the decision: the present ones, or those that the change element keeps.
fn properties(node: &Node, decision: Decision) -> Node {
    let change = node.elements().find(|child| child.name == format!("{}Change", node.name));
    let old = change.filter(|_| decision == Decision::Reject).map(|change| change.elements().next());
    let present = node.elements().filter(|child| !is_mark(&child.name) && !child.name.ends_with("Change"));
    let kept: Vec<&Node> = match old {
        None => present.collect(),
        Some(old) => {
            let base = old.map(|old| old.elements().collect::<Vec<_>>()).unwrap_or_default();
            let base = base.into_iter().filter(|child| !is_mark(&child.name) && !stays(&node.name, &child.name));
            present.filter(|child| stays(&node.name, &child.name)).chain(base).collect()
        }
    };
    let settled = kept.into_iter().map(|child| match child.name.as_str() {
        "w:rPr" | "w:sectPr" => properties(child, decision),
        "w:numPr" => child.with(child.elements().filter(|inner| !is_revision(&inner.name)).cloned().collect()),
        _ => child.clone(),
    });
    let mut settled: Vec<Node> = settled.collect();
    if let Some(merge) = node.child("w:cellMerge") {
        settle_merge(&mut settled, merge, decision);
    }
    node.with(settled)
}

/// Properties that a change element does not hold, so that they stay as they are.
fn stays(properties: &str, name: &str) -> bool {
    match properties {
        "w:pPr" => matches!(name, "w:rPr" | "w:sectPr"),
        "w:sectPr" => matches!(name, "w:headerReference" | "w:footerReference"),
        _ => false,
    }
}

fn is_mark(name: &str) -> bool {
    matches!(name, "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo" | "w:cellIns" | "w:cellDel" | "w:cellMerge")
}

fn is_revision(name: &str) -> bool {
    is_mark(name) || name.ends_with("Change")
}

/// A tracked vertical merge: the wanted side's value becomes the cell's.
fn settle_merge(properties: &mut Vec<Node>, merge: &Node, decision: Decision) {
    let wanted = if decision == Decision::Accept { "w:vMerge" } else { "w:vMergeOrig" };
    properties.retain(|child| !child.is("w:vMerge"));
    let value = match merge.attribute(wanted) {
        Some("rest") => "restart",
        Some("cont") => "continue",
        _ => return,
    };
    let mut cell = Node::new("w:vMerge");
    cell.attributes.push(("w:val".to_owned(), value.to_owned()));
    properties.push(cell);
}
