//! Two changed versions of one text made into one, word by word.
//!
//! What only one side changed is taken; what both changed in the same way is taken once; where two different edits
//! overlap or touch, nobody but a person can say what is meant, and the three texts are handed back as a conflict.
//!
//! ```
//! use quorate::redline::merge::merge;
//!
//! let base = "The Party shall log in within 10 seconds.";
//! let merged = merge(base, "The User shall log in within 10 seconds.", "The Party shall log in within 5 seconds.");
//! assert_eq!(merged.text().as_deref(), Some("The User shall log in within 5 seconds."));
//!
//! let merged = merge(base, "The Party shall log in within 10 minutes.", "The Party shall log in within 5 seconds.");
//! assert_eq!(merged.text(), None);
//! let conflict = merged.conflicts().next().unwrap();
//! assert_eq!((conflict.base, conflict.ours, conflict.theirs), ("10 seconds", "10 minutes", "5 seconds"));
//! ```

use std::ops::Range;

use super::diff::{Change, Class, Interner, Piece, Token, compare, pieces};

/// The outcome of a merge: pieces that in order make up the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged<'a> {
    /// Never two neighbours that could be one; none is empty.
    pub parts: Vec<Part<'a>>,
}

/// A piece of the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// Text that nobody changed.
    Kept(&'a str),
    /// Text of the base that is no longer there.
    Removed(&'a str, Origin),
    /// Text that was not in the base.
    Added(&'a str, Origin),
    /// A place where a person has to choose.
    Conflict(Conflict<'a>),
}

/// Who made a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The first of the two versions.
    Ours,
    /// The second.
    Theirs,
    /// Both, in the same way.
    Both,
}

/// What the three texts say at a place where two edits overlap or touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict<'a> {
    /// What both started from.
    pub base: &'a str,
    /// What the first version made of it.
    pub ours: &'a str,
    /// What the second version made of it.
    pub theirs: &'a str,
}

impl<'a> Merged<'a> {
    /// The merged text; none if there are conflicts.
    pub fn text(&self) -> Option<String> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Kept(words) | Part::Added(words, _) => text.push_str(words),
                Part::Removed(..) => {}
                Part::Conflict(_) => return None,
            }
        }
        Some(text)
    }

    /// Where a person has to choose.
    pub fn conflicts(&self) -> impl Iterator<Item = &Conflict<'a>> {
        self.parts.iter().filter_map(|part| match part {
            Part::Conflict(conflict) => Some(conflict),
            _ => None,
        })
    }
}

/// Merges two versions of `base`.
///
/// Two edits touch if no word, no end of a sentence and no end of a line stands between them: `10 seconds` changed to
/// `5 seconds` by one side and to `10 minutes` by the other is a conflict, not `5 minutes`.
pub fn merge<'a>(base: &'a str, ours: &'a str, theirs: &'a str) -> Merged<'a> {
    let mut ids = Interner::default();
    let base = Version::cut(base, &mut ids);
    let (ours, theirs) = (Version::cut(ours, &mut ids), Version::cut(theirs, &mut ids));
    let (our_edits, their_edits) = (compare(&base.tokens, &ours.tokens), compare(&base.tokens, &theirs.tokens));
    let mut merger = Merger { base: &base, parts: Vec::new(), done: 0 };
    let mut our_side = Side { version: &ours, edits: &our_edits, shift: Shift::default() };
    let mut their_side = Side { version: &theirs, edits: &their_edits, shift: Shift::default() };
    while merger.step(&mut our_side, &mut their_side) {}
    merger.keep_until(base.tokens.len());
    Merged { parts: merger.parts }
}

/// One of the three texts.
struct Version<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
    tokens: Vec<Token>,
}

impl<'a> Version<'a> {
    fn cut(text: &'a str, ids: &mut Interner<&'a str>) -> Self {
        let pieces: Vec<Piece> = pieces(text).collect();
        let words = pieces.iter().map(|piece| (text.get(piece.range.clone()).unwrap_or_default(), piece.class));
        let tokens = words.map(|(word, class)| Token { id: ids.id(word), class }).collect();
        Self { text, pieces, tokens }
    }

    /// The text of these tokens.
    fn text(&self, tokens: &Range<usize>) -> &'a str {
        let starts_at = |token: usize| self.pieces.get(token).map_or(self.text.len(), |piece| piece.range.start);
        self.text.get(starts_at(tokens.start)..starts_at(tokens.end)).unwrap_or_default()
    }
}

/// A changed version and those of its edits that are still to be merged.
struct Side<'a, 'e> {
    version: &'e Version<'a>,
    edits: &'e [Change],
    shift: Shift,
}

/// Where the edits merged so far end: up to the next edit both texts are the same from here on.
#[derive(Default)]
struct Shift {
    old: usize,
    new: usize,
}

impl<'a> Side<'a, '_> {
    /// What this version has for `base`, of which `edits` are the coming edits.
    fn take(&mut self, base: &Range<usize>, edits: usize) -> &'a str {
        let (taken, rest) = self.edits.split_at_checked(edits).unwrap_or((self.edits, &[]));
        let start = base.start - self.shift.old + self.shift.new;
        if let Some(last) = taken.last() {
            self.shift = Shift { old: last.old.end, new: last.new.end };
        }
        self.edits = rest;
        let end = base.end - self.shift.old + self.shift.new;
        self.version.text(&(start..end))
    }
}

/// The outcome so far, and how much of the base it covers.
struct Merger<'a, 'e> {
    base: &'e Version<'a>,
    parts: Vec<Part<'a>>,
    done: usize,
}

impl<'a> Merger<'a, '_> {
    /// Merges the next edit, or the next few if they touch. False if there is none.
    fn step(&mut self, ours: &mut Side<'a, '_>, theirs: &mut Side<'a, '_>) -> bool {
        let Some(group) = self.next_group(ours, theirs) else { return false };
        self.keep_until(group.base.start);
        let base = self.base.text(&group.base);
        let (our_text, their_text) = (ours.take(&group.base, group.ours), theirs.take(&group.base, group.theirs));
        match (group.ours, group.theirs) {
            (_, 0) => self.change(base, our_text, Origin::Ours),
            (0, _) => self.change(base, their_text, Origin::Theirs),
            _ if our_text == their_text => self.change(base, our_text, Origin::Both),
            _ => self.parts.push(Part::Conflict(Conflict { base, ours: our_text, theirs: their_text })),
        }
        self.done = group.base.end;
        true
    }

    /// The next edit and all that are bound to it by touching one another across the sides.
    fn next_group(&self, ours: &Side<'a, '_>, theirs: &Side<'a, '_>) -> Option<Group> {
        let mut group = match (ours.edits.first(), theirs.edits.first()) {
            (None, None) => return None,
            (Some(our), Some(their)) if same_edit((ours, our), (theirs, their)) => {
                return Some(Group { base: our.old.clone(), ours: 1, theirs: 1 });
            }
            (Some(our), Some(their)) if our.old.start > their.old.start => Group::of_theirs(their),
            (Some(our), _) => Group::of_ours(our),
            (None, Some(their)) => Group::of_theirs(their),
        };
        loop {
            let (our, their) = (ours.edits.get(group.ours), theirs.edits.get(group.theirs));
            if let (Some(our), Some(their)) = (our, their)
                && same_edit((ours, our), (theirs, their))
            {
                return Some(group);
            }
            if let Some(our) = our.filter(|our| self.touches_any(our, theirs, group.theirs)) {
                group.ours += 1;
                group.widen(our);
            } else if let Some(their) = their.filter(|their| self.touches_any(their, ours, group.ours)) {
                group.theirs += 1;
                group.widen(their);
            } else {
                return Some(group);
            }
        }
    }

    /// Whether an edit touches the last of the first `count` edits of the other side; it lies before none of them.
    fn touches_any(&self, edit: &Change, other: &Side<'a, '_>, count: usize) -> bool {
        let last = count.checked_sub(1).and_then(|last| other.edits.get(last));
        last.is_some_and(|last| self.touch(edit, last))
    }

    fn touch(&self, a: &Change, b: &Change) -> bool {
        let (end, start) = (a.old.end.min(b.old.end), a.old.start.max(b.old.start));
        let between = self.base.tokens.get(end..start).unwrap_or_default();
        between.iter().all(|token| matches!(token.class, Class::Space | Class::Sign))
    }

    fn keep_until(&mut self, base: usize) {
        let text = self.base.text(&(self.done..base));
        if !text.is_empty() {
            self.parts.push(Part::Kept(text));
        }
        self.done = base;
    }

    fn change(&mut self, base: &'a str, text: &'a str, origin: Origin) {
        if !base.is_empty() {
            self.parts.push(Part::Removed(base, origin));
        }
        if !text.is_empty() {
            self.parts.push(Part::Added(text, origin));
        }
    }
}

/// Edits that belong together: what they cover of the base, and how many of each side.
struct Group {
    base: Range<usize>,
    ours: usize,
    theirs: usize,
}

impl Group {
    fn of_ours(edit: &Change) -> Self {
        Self { base: edit.old.clone(), ours: 1, theirs: 0 }
    }

    fn of_theirs(edit: &Change) -> Self {
        Self { base: edit.old.clone(), ours: 0, theirs: 1 }
    }

    fn widen(&mut self, edit: &Change) {
        self.base = self.base.start.min(edit.old.start)..self.base.end.max(edit.old.end);
    }
}

/// Whether both sides made the same edit at the same place.
fn same_edit((ours, our): (&Side<'_, '_>, &Change), (theirs, their): (&Side<'_, '_>, &Change)) -> bool {
    our.old == their.old && ours.version.text(&our.new) == theirs.version.text(&their.new)
}
