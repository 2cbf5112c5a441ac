//! Who made a change and when, and the ids of changes.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::Options;
use super::plan::Moves;
use super::summary::{Summary, Tally};
use crate::redline::identity::Identity;

/// Signs every change of a redline, and counts them.
pub(super) struct Pen {
    author: String,
    authors: HashMap<Identity, String>,
    date: String,
    last_id: u64,
    pub(super) under: Option<Identity>,
    pub(super) summary: Summary,
    pub(super) moves: Moves,
    counted_moves: HashSet<u32>,
    pub(super) counting: Counting,
}

/// Whether changes count; a copy of a text box for older programs does not count again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counting {
    On,
    Off,
}

impl Pen {
    pub(super) fn new(options: &Options) -> Self {
        let author = options.author.trim();
        Self {
            author: escaped(if author.is_empty() { "Unknown" } else { author }),
            authors: options.attribution.iter().map(|(who, name)| (who.clone(), escaped(name))).collect(),
            date: options.date.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            last_id: 0,
            under: None,
            summary: Summary::default(),
            moves: Moves::default(),
            counted_moves: HashSet::new(),
            counting: Counting::On,
        }
    }

    /// Ids given from here on are above this one.
    pub(super) fn start_above(&mut self, id: u64) {
        self.last_id = self.last_id.max(id);
    }

    pub(super) fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Writes the attributes that sign a change: ` w:id=".." w:author=".." w:date=".."`.
    pub(super) fn sign(&mut self, out: &mut String, w: &str) {
        let id = self.next_id();
        self.sign_as(out, w, id);
    }

    /// The same with an id that was given before.
    pub(super) fn sign_as(&self, out: &mut String, w: &str, id: u64) {
        let own = self.under.as_ref().and_then(|identity| self.authors.get(identity));
        let (author, date) = (own.unwrap_or(&self.author), &self.date);
        let _ = write!(out, " {w}id=\"{id}\" {w}author=\"{author}\" {w}date=\"{date}\"");
    }

    pub(super) fn count(&mut self, tally: Tally) {
        if self.counting == Counting::On {
            self.summary.add(self.under.as_ref(), tally);
        }
    }

    pub(super) fn count_formatting(&mut self) {
        self.count(Tally { formatting: 1, ..Tally::default() });
    }

    pub(super) fn count_move(&mut self, number: u32) {
        if self.counted_moves.insert(number) {
            self.count(Tally { moves: 1, ..Tally::default() });
        }
    }
}

/// A text as it may stand in an attribute or an element.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}

/// Writes a text as it may stand in an attribute or an element.
pub(super) fn escape(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\r' => "&#13;",
            _ => continue,
        };
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
}
