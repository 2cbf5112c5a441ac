//! Tracked changes as the marks of a redline.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::Tracked;
use super::styles::Setting;
use crate::document::ooxml::{Space, XmlNode, attribute, child, elements, is};
use crate::document::revision::{Change, Revision};
use crate::document::text_runs::Script;

/// The numbers of the changes met so far, and the moves that are being read.
#[derive(Debug, Default)]
pub(super) struct Marks {
    count: u32,
    moves: HashMap<String, u32>,
    open: Vec<OpenMove>,
}

/// The range of one end of a move.
#[derive(Debug)]
struct OpenMove {
    id: String,
    name: String,
    change: Change,
}

/// What an element that wraps what was changed stands for.
pub(super) fn change_of(node: XmlNode<'_>) -> Option<Change> {
    if !is(node, Space::Word, node.name()) {
        return None;
    }
    match node.name() {
        "ins" | "cellIns" => Some(Change::Inserted),
        "del" | "cellDel" => Some(Change::Deleted),
        "moveFrom" => Some(Change::MovedFrom),
        "moveTo" => Some(Change::MovedTo),
        _ => None,
    }
}

impl Tracked {
    /// Whether a part that was changed like this is read.
    pub(super) fn reads(self, change: Change) -> bool {
        match self {
            Self::Show => true,
            Self::Accept => change.is_in_newer(),
            Self::Reject => change.is_in_older(),
        }
    }
}

impl Marks {
    /// Takes note of the beginning or the end of a move.
    pub(super) fn range(&mut self, node: XmlNode<'_>) {
        let id = attribute(node, "id").unwrap_or_default();
        let change = match node.name() {
            "moveFromRangeStart" => Change::MovedFrom,
            "moveToRangeStart" => Change::MovedTo,
            "moveFromRangeEnd" => return self.open.retain(|open| open.id != id || open.change != Change::MovedFrom),
            "moveToRangeEnd" => return self.open.retain(|open| open.id != id || open.change != Change::MovedTo),
            _ => return,
        };
        let name = attribute(node, "name").unwrap_or(id).to_owned();
        self.open.push(OpenMove { id: id.to_owned(), name, change });
    }

    /// The mark of a tracked change.
    pub(super) fn mark(&mut self, node: XmlNode<'_>, change: Change) -> Revision {
        let number = self.number(change);
        let at = attribute(node, "date").and_then(instant);
        let author = attribute(node, "author").unwrap_or_default().to_owned();
        Revision { change, number, author, at, was: String::new() }
    }

    fn number(&mut self, change: Change) -> u32 {
        let name = self.open.iter().rev().find(|open| open.change == change).map(|open| open.name.clone());
        match name {
            Some(name) => {
                let count = &mut self.count;
                *self.moves.entry(name).or_insert_with(|| next(count))
            }
            None => next(&mut self.count),
        }
    }

    /// The mark of a run that was set otherwise.
    pub(super) fn formatted_run(&mut self, properties: XmlNode<'_>) -> Option<Revision> {
        let change = child(properties, "rPrChange")?;
        let mut mark = self.mark(change, Change::Formatted);
        mark.was = child(change, "rPr").map(|old| difference(old, properties)).unwrap_or_default();
        Some(mark)
    }

    /// The mark of a paragraph that was set otherwise; `style` names the style by its id.
    pub(super) fn formatted_paragraph<'s>(
        &mut self,
        properties: XmlNode<'_>,
        style: impl Fn(Option<&str>) -> &'s str,
    ) -> Option<Revision> {
        let change = child(properties, "pPrChange")?;
        let mut mark = self.mark(change, Change::Formatted);
        let of = |properties: XmlNode<'_>| style_of(properties, "pStyle").map(str::to_owned);
        let old = child(change, "pPr");
        let names = (old.and_then(of), of(properties));
        let mut was = Vec::new();
        if names.0 != names.1 {
            was.push(format!("style “{}”", style(names.0.as_deref())));
        }
        let list = |properties: XmlNode<'_>| child(properties, "numPr").is_some();
        match (old.is_some_and(list), list(properties)) {
            (true, false) => was.push("in a list".to_owned()),
            (false, true) => was.push("in no list".to_owned()),
            _ => {}
        }
        mark.was = was.join(", ");
        Some(mark)
    }
}

fn next(count: &mut u32) -> u32 {
    *count = count.saturating_add(1);
    *count
}

/// The style that properties name, by its id.
pub(super) fn style_of<'x>(properties: XmlNode<'x>, element: &str) -> Option<&'x str> {
    attribute(child(properties, element)?, "val")
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    let zoned = DateTime::parse_from_rfc3339(text).map(|at| at.to_utc());
    zoned.ok().or_else(|| text.parse::<chrono::NaiveDateTime>().ok().map(|at| at.and_utc()))
}

/// How a run was set before, where it is set otherwise now.
fn difference(old: XmlNode<'_>, new: XmlNode<'_>) -> String {
    let (before, now) = (Setting::of(old), Setting::of(new));
    let flags = [
        (before.bold, now.bold, "bold", "not bold"),
        (before.italic, now.italic, "italic", "not italic"),
        (before.underlined, now.underlined, "underlined", "not underlined"),
        (before.struck, now.struck, "struck through", "not struck through"),
    ];
    let is_on = |flag: Option<bool>| flag.unwrap_or_default();
    let differing = flags.iter().filter(|(before, now, ..)| is_on(*before) != is_on(*now));
    let mut was: Vec<String> =
        differing.map(|(before, _, on, off)| (*if is_on(*before) { on } else { off }).to_owned()).collect();
    if before.script.unwrap_or_default() != now.script.unwrap_or_default() {
        let script = match before.script.unwrap_or_default() {
            Script::None => "on the line",
            Script::Super => "raised",
            Script::Sub => "lowered",
        };
        was.push(script.to_owned());
    }
    was.extend(other_properties(old, new));
    was.join(", ")
}

/// What else differs, by what a reader would call it.
fn other_properties(old: XmlNode<'_>, new: XmlNode<'_>) -> Vec<String> {
    let named = [
        ("rFonts", "ascii", "another font"),
        ("sz", "val", "another size"),
        ("color", "val", "another colour"),
        ("highlight", "val", "another highlight"),
        ("rStyle", "val", "another style"),
    ];
    let value = |properties: XmlNode<'_>, element: &str, name: &str| {
        elements(properties)
            .find(|node| is(*node, Space::Word, element))
            .and_then(|node| attribute(node, name))
            .map(str::to_owned)
    };
    let differs = |(element, name, _): &&(&str, &str, &str)| value(old, element, name) != value(new, element, name);
    named.iter().filter(differs).map(|(.., says)| (*says).to_owned()).collect()
}
