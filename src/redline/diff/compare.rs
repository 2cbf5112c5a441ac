//! Two texts compared the way a person would mark the changes.

use std::ops::Range;

use super::changes::{Change, changes, common_end, common_start, matches, part, push};
use super::settle::settle;
use super::words::Class;

/// A token of a text under comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Equal for equal tokens, from an [`Interner`](super::Interner) that served both texts.
    pub id: u32,
    /// What it is worth.
    pub class: Class,
}

/// The changes that turn `old` into `new`, in order, no two touching.
///
/// As few words as possible are marked changed (within the effort [`changes`] allows itself, and but for a word in
/// fifty that is given up where it saves the reader a fragment). White space and punctuation follow the words around
/// them: between two changed words they are changed too. Among equals, a change begins where a paragraph, sentence or
/// word begins.
///
/// Paragraph ends are tokens of [`Class::Mark`] that all have one `id`, so a paragraph that was split is one inserted
/// mark and two that were joined are one deleted mark.
pub fn compare(old: &[Token], new: &[Token]) -> Vec<Change> {
    let start = common_start(old, new);
    let rest = (part(old, &(start..old.len())), part(new, &(start..new.len())));
    let end = common_end(rest.0, rest.1);
    let mut texts = Texts { old, new, changes: Vec::new() };
    texts.words(start..old.len() - end, start..new.len() - end);
    settle(old, new, texts.changes)
}

/// The comparison so far.
struct Texts<'a> {
    old: &'a [Token],
    new: &'a [Token],
    changes: Vec<Change>,
}

impl Texts<'_> {
    /// Matches words, then what stands between each two matched ones.
    fn words(&mut self, old: Range<usize>, new: Range<usize>) {
        let (at_old, ids_old) = ids_of(self.old, &old, Class::is_word);
        let (at_new, ids_new) = ids_of(self.new, &new, Class::is_word);
        let found = changes(&ids_old, &ids_new);
        let pairs = matches(&found, ids_old.len(), ids_new.len())
            .filter_map(|(before, after)| Some((*at_old.get(before)?, *at_new.get(after)?)));
        let (mut from_old, mut from_new) = (old.start, new.start);
        for (next_old, next_new) in pairs.chain([(old.end, new.end)]) {
            self.gap(from_old..next_old, from_new..next_new);
            (from_old, from_new) = (next_old + 1, next_new + 1);
        }
    }

    /// Matches what it can of a stretch whose words, if it has any, all changed.
    fn gap(&mut self, old: Range<usize>, new: Range<usize>) {
        let (old, new) = self.trimmed(old, new);
        if old.is_empty() || new.is_empty() {
            return push(&mut self.changes, Change { old, new });
        }
        let has_word = |tokens: &[Token]| tokens.iter().any(|token| token.class.is_word());
        let kept: fn(Class) -> bool = if has_word(part(self.old, &old)) || has_word(part(self.new, &new)) {
            |class| class == Class::Mark
        } else {
            |_| true
        };
        let (at_old, ids_old) = ids_of(self.old, &old, kept);
        let (at_new, ids_new) = ids_of(self.new, &new, kept);
        let found = changes(&ids_old, &ids_new);
        let pairs = matches(&found, ids_old.len(), ids_new.len())
            .filter_map(|(before, after)| Some((*at_old.get(before)?, *at_new.get(after)?)));
        let (mut from_old, mut from_new) = (old.start, new.start);
        for (next_old, next_new) in pairs.chain([(old.end, new.end)]) {
            let (old, new) = self.trimmed(from_old..next_old, from_new..next_new);
            push(&mut self.changes, Change { old, new });
            (from_old, from_new) = (next_old + 1, next_new + 1);
        }
    }

    /// Without the tokens that are equal at either end.
    fn trimmed(&self, old: Range<usize>, new: Range<usize>) -> (Range<usize>, Range<usize>) {
        let start = common_start(part(self.old, &old), part(self.new, &new));
        let (old, new) = (old.start + start..old.end, new.start + start..new.end);
        let end = common_end(part(self.old, &old), part(self.new, &new));
        (old.start..old.end - end, new.start..new.end - end)
    }
}

/// Positions and numbers of the tokens in the range that are of a wanted class.
fn ids_of(tokens: &[Token], range: &Range<usize>, wanted: impl Fn(Class) -> bool) -> (Vec<usize>, Vec<u32>) {
    let here = range.clone().zip(part(tokens, range));
    here.filter(|(_, token)| wanted(token.class)).map(|(at, token)| (at, token.id)).unzip()
}
