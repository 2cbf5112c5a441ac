//! What stands in a paragraph, character by character: runs cut differently give the same pieces.

use super::super::xml::Node;
use super::Decision;
use super::lines::{Places, Writer, control_name};
use super::settle;

/// Text with its formatting; neighbours with the same formatting are one piece.
#[derive(Debug, Default)]
pub(super) struct Pieces(Vec<(String, String)>);

impl Pieces {
    fn push(&mut self, text: &str, format: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some((last, own)) if own == format => last.push_str(text),
            _ => self.0.push((text.to_owned(), format.to_owned())),
        }
    }

    pub(super) fn written(&self) -> String {
        self.0.iter().map(|(text, format)| format!("{{{format}}}{text:?}")).collect()
    }
}

impl Writer<'_> {
    pub(super) fn inline(&mut self, children: &[Node], around: &str, pieces: &mut Pieces) {
        for child in children {
            match child.name.as_str() {
                "w:r" => {
                    let format = format!("{}{around}", self.properties(child.child("w:rPr")));
                    self.run(&child.children, &format, pieces);
                }
                "w:hyperlink" => {
                    let to = child.attribute("r:id").map(|id| self.package.digest(&self.part, id));
                    let to = to.unwrap_or_else(|| format!("#{}", child.value("w:anchor")));
                    self.inline(&child.children, &format!("{around} link={to}"), pieces);
                }
                "w:sdt" => {
                    let name = control_name(child);
                    let frame = if self.places == Places::Written { format!(" in={name}") } else { String::new() };
                    let inside = child.child("w:sdtContent").map(|inside| inside.children.clone()).unwrap_or_default();
                    self.inline(&inside, &format!("{around}{frame}"), pieces);
                }
                "w:fldSimple" => {
                    pieces.push("<field begin>", "");
                    pieces.push(&format!("<code {}>", child.value("w:instr").trim()), "");
                    pieces.push("<field separate>", "");
                    self.inline(&child.children, around, pieces);
                    pieces.push("<field end>", "");
                }
                "w:smartTag" | "w:customXml" | "w:dir" | "w:bdo" => self.inline(&child.children, around, pieces),
                "w:pPr" | "w:proofErr" | "w:permStart" | "w:permEnd" | "w:commentRangeEnd" => {}
                "w:bookmarkStart" | "w:bookmarkEnd" | "w:commentRangeStart" => self.place(child, pieces),
                _ => {
                    let whole = self.element(child);
                    pieces.push(&whole, around);
                }
            }
        }
    }

    fn place(&mut self, place: &Node, pieces: &mut Pieces) {
        if self.places == Places::Written && place.is("w:bookmarkStart") {
            pieces.push(&format!("<bookmark {}>", place.value("w:name")), "");
        }
        if self.places == Places::Written && place.is("w:commentRangeStart") {
            let comment = self.note("comments", "w:comment", place.value("w:id"));
            pieces.push(&format!("<comment {comment}>"), "");
        }
    }

    fn run(&mut self, children: &[Node], format: &str, pieces: &mut Pieces) {
        for child in children {
            match child.name.as_str() {
                "w:t" => pieces.push(&text_of(child), format),
                "w:tab" | "w:ptab" => pieces.push("\t", format),
                "w:cr" => pieces.push("<w:br>", format),
                "w:noBreakHyphen" => pieces.push("\u{2011}", format),
                "w:softHyphen" => pieces.push("\u{ad}", format),
                "w:fldChar" => pieces.push(&format!("<field {}>", child.value("w:fldCharType")), ""),
                "w:instrText" => pieces.push(&format!("<code {}>", child.own_text().trim()), ""),
                "w:footnoteReference" => {
                    let note = self.note("footnotes", "w:footnote", child.value("w:id"));
                    pieces.push(&format!("<footnote {note}>"), format);
                }
                "w:endnoteReference" => {
                    let note = self.note("endnotes", "w:endnote", child.value("w:id"));
                    pieces.push(&format!("<endnote {note}>"), format);
                }
                "w:drawing" | "w:pict" | "w:object" | "mc:AlternateContent" => {
                    let whole = self.picture(child);
                    pieces.push(&whole, format);
                }
                "w:rPr" | "w:lastRenderedPageBreak" | "w:commentReference" | "" => {}
                _ => {
                    let whole = self.element(child);
                    pieces.push(&whole, format);
                }
            }
        }
    }

    /// A picture or a shape: its look, and the text in its boxes as paragraphs.
    fn picture(&mut self, picture: &Node) -> String {
        let boxes: Vec<Node> = picture.all().into_iter().filter(|node| node.is("w:txbxContent")).cloned().collect();
        let inside: Vec<String> = boxes.iter().map(|one| self.blocks(&one.children).join(" / ")).collect();
        let frame = without_boxes(picture);
        let frame = self.element(&frame);
        if inside.is_empty() { frame } else { format!("{frame}<box {}>", inside.join(" || ")) }
    }

    /// The content of a note or comment; its own part, its own relationships.
    fn note(&mut self, kind: &str, element: &str, id: &str) -> String {
        let Some((part, tree)) = self.package.beside(kind) else { return "missing".to_owned() };
        let Some(note) = tree.elements().find(|note| note.is(element) && note.value("w:id") == id) else {
            return "missing".to_owned();
        };
        let settled = settle(note, self.decision);
        let before = std::mem::replace(&mut self.part, part.to_owned());
        let lines = self.blocks(&settled.children);
        self.part = before;
        lines.join(" / ")
    }
}

fn without_boxes(node: &Node) -> Node {
    let kept = node.children.iter().filter(|child| !child.is("w:txbxContent"));
    node.with(kept.map(|child| if child.is_text() { child.clone() } else { without_boxes(child) }).collect())
}

/// The text of `w:t`: white space at its edges counts only if it is said to.
fn text_of(node: &Node) -> String {
    let text = node.own_text();
    if node.value("xml:space") == "preserve" { text } else { text.trim_matches([' ', '\t', '\r', '\n']).to_owned() }
}

/// Whether the decision is the one that keeps what the newer document has.
impl Decision {
    pub(crate) fn places(self) -> Places {
        match self {
            Self::Accept => Places::Written,
            Self::Reject => Places::Left,
        }
    }
}
