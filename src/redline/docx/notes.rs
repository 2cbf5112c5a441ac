//! Footnotes and endnotes: which is which, and writing those that both documents refer to.

use std::collections::HashMap;
use std::ops::Range;

use super::hash::{Hash, of_text};
use super::lens::{Lens, NoteKind};
use super::read::Reader;
use super::story::{Block, Story};
use crate::document::ooxml::{XmlNode, attribute, elements};
use crate::redline::diff::{Interner, Item, Kind, Step, align};

/// The notes of one kind in one document.
pub(super) struct NoteBook<'x> {
    pub(super) story: Story<'x>,
    pub(super) notes: Vec<Note<'x>>,
    by_id: HashMap<&'x str, usize>,
}

/// A note.
pub(super) struct Note<'x> {
    pub(super) id: &'x str,
    pub(super) node: XmlNode<'x>,
    pub(super) blocks: Vec<Block>,
    content: u64,
    words: Range<usize>,
}

impl<'x> NoteBook<'x> {
    /// Reads the notes of a part; separators and the like are no notes.
    pub(super) fn read(root: XmlNode<'x>, lens: Lens<'_>, ids: &mut Interner<u64>) -> Self {
        let mut reader = Reader::new(lens, ids);
        let mut notes: Vec<Note<'x>> = Vec::new();
        for node in elements(root) {
            let plain = attribute(node, "type").is_none_or(|kind| kind == "normal");
            let Some(id) = attribute(node, "id").filter(|_| plain) else { continue };
            let words = reader.story.words.len();
            let blocks = reader.blocks(node);
            let mut hash = Hash::new();
            for block in &blocks {
                hash.number(reader.content(*block));
            }
            notes.push(Note { id, node, blocks, content: hash.finish(), words: words..reader.story.words.len() });
        }
        let by_id = notes.iter().enumerate().map(|(at, note)| (note.id, at)).collect();
        Self { story: reader.finish(Vec::new()), notes, by_id }
    }

    fn items(&self) -> Vec<Item<'_>> {
        let item = |note: &Note<'x>| Item {
            key: None,
            kind: Kind::Other(1),
            content: note.content,
            words: self.story.words.get(note.words.clone()).unwrap_or_default(),
        };
        self.notes.iter().map(item).collect()
    }

    /// The note with this id.
    pub(super) fn get(&self, id: &str) -> Option<&Note<'x>> {
        self.notes.get(*self.by_id.get(id)?)
    }

    /// The highest id in use.
    pub(super) fn last_id(root: XmlNode<'_>) -> u64 {
        elements(root).filter_map(|node| attribute(node, "id")?.parse().ok()).max().unwrap_or(0)
    }
}

/// Per note a number that two notes share when they are one.
pub(super) type Numbers = HashMap<(NoteKind, String), u64>;

/// Finds which note is which.
pub(super) fn pair(kind: NoteKind, old: &NoteBook<'_>, new: &NoteBook<'_>, numbers: &mut (Numbers, Numbers)) {
    let single = |side: &str, id: &str| of_text(&format!("{side} {id}"));
    for note in &old.notes {
        numbers.0.insert((kind, note.id.to_owned()), single("old", note.id));
    }
    for note in &new.notes {
        numbers.1.insert((kind, note.id.to_owned()), single("new", note.id));
    }
    for step in align(&old.items(), &new.items()) {
        let (Step::Same { old: before, new: after }
        | Step::Paired { old: before, new: after }
        | Step::MovedTo { old: before, new: after }) = step
        else {
            continue;
        };
        let (Some(before), Some(after)) = (old.notes.get(before), new.notes.get(after)) else { continue };
        let number = single("both", after.id);
        numbers.0.insert((kind, before.id.to_owned()), number);
        numbers.1.insert((kind, after.id.to_owned()), number);
    }
}
