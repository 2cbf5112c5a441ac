//! Elements of tracked changes: what they carry, where they stand, what stands in them.

use std::collections::BTreeSet;

use super::super::xml::Node;
use super::Expected;

const TRACKED: &[&str] = &[
    "w:ins",
    "w:del",
    "w:moveFrom",
    "w:moveTo",
    "w:rPrChange",
    "w:pPrChange",
    "w:sectPrChange",
    "w:tblPrChange",
    "w:tblGridChange",
    "w:tblPrExChange",
    "w:trPrChange",
    "w:tcPrChange",
    "w:cellIns",
    "w:cellDel",
    "w:cellMerge",
    "w:moveFromRangeStart",
    "w:moveToRangeStart",
    "w:customXmlInsRangeStart",
    "w:customXmlDelRangeStart",
];

/// What may stand around a stretch of runs that is marked.
const IN_PARAGRAPH: &[&str] = &[
    "w:p",
    "w:hyperlink",
    "w:sdtContent",
    "w:ins",
    "w:del",
    "w:moveFrom",
    "w:moveTo",
    "w:smartTag",
    "w:fldSimple",
    "w:customXml",
    "w:dir",
    "w:bdo",
];

pub(super) fn broken(story: &Node, expected: Expected<'_>) -> Vec<String> {
    let mut walk = Walk {
        expected,
        ids: BTreeSet::new(),
        paragraphs: BTreeSet::new(),
        drawings: BTreeSet::new(),
        found: Vec::new(),
    };
    walk.node(story, &[]);
    walk.found
}

struct Walk<'a> {
    expected: Expected<'a>,
    ids: BTreeSet<String>,
    paragraphs: BTreeSet<String>,
    drawings: BTreeSet<String>,
    found: Vec<String>,
}

impl Walk<'_> {
    fn say(&mut self, what: String) {
        self.found.push(what);
    }

    fn node(&mut self, node: &Node, above: &[&str]) {
        if TRACKED.contains(&node.name.as_str()) {
            self.attributes(node);
            self.place(node, above);
        }
        self.text(node, above);
        self.identity(node, above);
        self.shape(node);
        let inner = [above, &[node.name.as_str()]].concat();
        for child in node.elements() {
            self.node(child, &inner);
        }
    }

    fn attributes(&mut self, node: &Node) {
        let name = &node.name;
        if name == "w:tblGridChange" {
            return;
        }
        let (author, date, id) = (node.value("w:author"), node.value("w:date"), node.value("w:id"));
        if !self.expected.authors.contains(&author) {
            self.say(format!("{name} is by {author:?}"));
        }
        if date != self.expected.date {
            self.say(format!("{name} is dated {date:?}"));
        }
        if id.parse::<i64>().is_err() {
            self.say(format!("{name} has the id {id:?}"));
        } else if !self.ids.insert(id.to_owned()) {
            self.say(format!("{name} has the id {id}, which is taken"));
        }
    }

    /// Where a mark of content may stand and what it may hold.
    fn place(&mut self, node: &Node, above: &[&str]) {
        let name = node.name.as_str();
        let parent = above.last().copied().unwrap_or_default();
        if !matches!(name, "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo") {
            return;
        }
        match parent {
            "w:rPr" | "w:trPr" => {
                if !node.children.is_empty() {
                    self.say(format!("{name} as a mark holds content"));
                }
                if parent == "w:trPr" && name.starts_with("w:move") {
                    self.say(format!("{name} in w:trPr"));
                }
            }
            _ if name == "w:ins" && parent.starts_with("m:") || name == "w:del" && parent.starts_with("m:") => {}
            _ if !IN_PARAGRAPH.contains(&parent) => self.say(format!("{name} in {parent}")),
            _ => {
                for child in node.elements().filter(|child| {
                    matches!(
                        child.name.as_str(),
                        "w:p" | "w:tbl" | "w:tr" | "w:tc" | "w:t" | "w:delText" | "w:hyperlink" | "w:fldSimple"
                    )
                }) {
                    self.say(format!("{name} holds {}", child.name));
                }
                if inside_itself(name, above) {
                    self.say(format!("{name} in itself"));
                }
            }
        }
    }

    fn text(&mut self, node: &Node, above: &[&str]) {
        let deleted = above.iter().rev().take_while(|outer| **outer != "w:p").any(|outer| *outer == "w:del");
        let right = match node.name.as_str() {
            "w:t" | "w:instrText" => !deleted,
            "w:delText" | "w:delInstrText" => deleted,
            _ => return,
        };
        let text = node.own_text();
        if !right {
            self.say(format!("{} in the wrong place: {text:?}", node.name));
        }
        let edges = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
        if edges && node.value("xml:space") != "preserve" {
            self.say(format!("{text:?} loses the white space at its edges"));
        }
    }

    fn identity(&mut self, node: &Node, above: &[&str]) {
        if let Some(id) = node.attribute("w14:paraId")
            && !above.contains(&"mc:Fallback")
            && !self.paragraphs.insert(id.to_owned())
        {
            self.say(format!("the paragraph id {id} is there twice"));
        }
        if node.is("wp:docPr") && !above.contains(&"mc:Fallback") && !self.drawings.insert(node.value("id").to_owned())
        {
            self.say(format!("the drawing id {} is there twice", node.value("id")));
        }
    }

    /// What a cell, a row, a table and a paragraph must hold.
    fn shape(&mut self, node: &Node) {
        let places = |name: &str| {
            name.starts_with("w:bookmark")
                || name.contains("Range")
                || matches!(name, "w:tcPr" | "w:permStart" | "w:permEnd")
        };
        let names: Vec<&str> = node.elements().map(|child| child.name.as_str()).collect();
        match node.name.as_str() {
            "w:tc" | "w:hdr" | "w:ftr" | "w:footnote" | "w:endnote" | "w:txbxContent" => {
                let last = names.iter().rev().find(|name| !places(name));
                if last.is_none_or(|last| !matches!(*last, "w:p" | "w:sdt")) {
                    self.say(format!("{} does not end in a paragraph", node.name));
                }
            }
            "w:tr" if !names.iter().any(|name| matches!(*name, "w:tc" | "w:sdt")) => {
                self.say("a row without cells".to_owned());
            }
            "w:tbl" if !names.iter().any(|name| matches!(*name, "w:tr" | "w:sdt")) => {
                self.say("a table without rows".to_owned());
            }
            "w:body" if names.iter().rev().skip(1).any(|name| *name == "w:sectPr") => {
                self.say("the last section is not at the end".to_owned());
            }
            "w:p" if names.contains(&"w:p") || names.contains(&"w:tbl") => {
                self.say("a block in a paragraph".to_owned());
            }
            _ => {}
        }
        for own in ["w:pPr", "w:rPr", "w:tcPr", "w:trPr", "w:tblPr"] {
            let first = if own == "w:trPr" {
                names.iter().position(|name| !matches!(*name, "w:tblPrEx" | "w:trPr"))
            } else {
                Some(1)
            };
            let at = names.iter().rposition(|name| *name == own);
            if node.name != format!("{own}Change")
                && node.name != "w:pPr"
                && at.zip(first).is_some_and(|(at, first)| at >= first)
                && !node.is("w:style")
                && !node.is("w:rPrChange")
            {
                self.say(format!("{own} is not first in {}", node.name));
            }
        }
    }
}

fn inside_itself(name: &str, above: &[&str]) -> bool {
    above.iter().rev().take_while(|outer| **outer != "w:p").any(|outer| *outer == name)
}
