//! What is to be written for some paragraphs, in order: stretches of text that stay, go or come, and the ends of
//! paragraphs among them.

use std::ops::Range;

use super::story::{HOLDER, Story};
use super::wrappers::Wrappers;
use crate::redline::diff::{Class, compare};

/// One thing to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A paragraph that is copied as it stands: its place in either story.
    Whole { old: usize, new: usize },
    /// A stretch of text within a paragraph, by its places in the two stories.
    Text { fate: Fate, old: Range<usize>, new: Range<usize> },
    /// The end of a paragraph: of the older, of the newer, or of both, where it stays.
    Mark { old: Option<usize>, new: Option<usize>, moved: Option<u32> },
}

/// What becomes of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Same,
    Removed,
    Added,
    /// Went from here, in the move with this number.
    MovedFrom(u32),
    /// Came here.
    MovedTo(u32),
}

/// Two stories under comparison.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sides<'s, 'x> {
    pub(super) old: &'s Story<'x>,
    pub(super) new: &'s Story<'x>,
}

impl Sides<'_, '_> {
    /// Compares some paragraphs as one text.
    pub(super) fn compare(self, old: &Range<usize>, new: &Range<usize>) -> Vec<Piece> {
        let (old_tokens, new_tokens) = (tokens_of(self.old, old), tokens_of(self.new, new));
        let pairs = self.pairs(&old_tokens, &new_tokens);
        let mut builder = Builder { sides: self, pieces: Vec::new(), old: old.start, new: new.start };
        let (mut at_old, mut at_new) = (old_tokens.start, new_tokens.start);
        for (same_old, same_new) in pairs {
            builder.changed(at_old..same_old.start, at_new..same_new.start);
            (at_old, at_new) = (same_old.end, same_new.end);
            builder.same(same_old, same_new);
        }
        builder.changed(at_old..old_tokens.end, at_new..new_tokens.end);
        self.with_pictures_apart(builder.pieces)
    }

    /// Makes two paragraphs of one that holds nothing but what came and what went, none of it text: `LibreOffice` would
    /// join what is left of it to the next.
    fn with_pictures_apart(self, pieces: Vec<Piece>) -> Vec<Piece> {
        let mut apart: Vec<Piece> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let from = line_start(&apart, apart.len());
            match piece {
                Piece::Mark { old: Some(old), new: Some(new), moved } if self.is_replaced(&apart, from, new) => {
                    let came = apart.iter().rposition(is_gone).map_or(from, |last| last + 1);
                    apart.insert(came, Piece::Mark { old: Some(old), new: None, moved });
                    apart.push(Piece::Mark { old: None, new: Some(new), moved });
                }
                piece => apart.push(piece),
            }
        }
        apart
    }

    /// Whether the paragraph that begins at `from` and ends here holds pictures and the like that went, then others that
    /// came.
    fn is_replaced(self, pieces: &[Piece], from: usize, new: usize) -> bool {
        let line = pieces.get(from..).unwrap_or_default();
        let wordless = |text: &str| text.chars().all(|letter| letter == HOLDER);
        let replaced = |piece: &Piece| match piece {
            Piece::Text { fate: Fate::Removed, old, .. } => wordless(self.old.slice(old)),
            Piece::Text { fate: Fate::Added, new, .. } => wordless(self.new.slice(new)),
            _ => false,
        };
        let both = line.first().is_some_and(is_gone) && line.last().is_some_and(|piece| !is_gone(piece));
        let ends_section = self.new.paragraph(new).is_some_and(|paragraph| paragraph.section.is_some());
        both && !ends_section && line.iter().all(replaced)
    }

    /// The stretches of equal tokens, in order.
    fn pairs(self, old: &Range<usize>, new: &Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
        let old_tokens = self.old.tokens.get(old.clone()).unwrap_or_default();
        let new_tokens = self.new.tokens.get(new.clone()).unwrap_or_default();
        let mut pairs = Vec::new();
        let (mut at_old, mut at_new) = (old.start, new.start);
        for change in compare(old_tokens, new_tokens) {
            let (next_old, next_new) = (old.start + change.old.start, new.start + change.new.start);
            if next_old > at_old {
                pairs.push((at_old..next_old, at_new..next_new));
            }
            (at_old, at_new) = (old.start + change.old.end, new.start + change.new.end);
        }
        if old.end > at_old {
            pairs.push((at_old..old.end, at_new..new.end));
        }
        Wrappers::check(self, old, new, pairs)
    }
}

fn tokens_of(story: &Story<'_>, paragraphs: &Range<usize>) -> Range<usize> {
    let list = story.paragraphs.get(paragraphs.clone()).unwrap_or_default();
    match (list.first(), list.last()) {
        (Some(first), Some(last)) => first.tokens.start..last.tokens.end,
        _ => 0..0,
    }
}

/// Cuts stretches of tokens at the ends of paragraphs.
struct Builder<'s, 'x> {
    sides: Sides<'s, 'x>,
    pieces: Vec<Piece>,
    /// The paragraphs that the next mark of either side ends.
    old: usize,
    new: usize,
}

impl Builder<'_, '_> {
    /// What went and what came in one place. Whole paragraphs that came stand before what is left of those that went,
    /// so that this stands in the paragraph whose end it shares: not every program gives it back its own format else.
    fn changed(&mut self, old: Range<usize>, new: Range<usize>) {
        let (old_rest, new_rest) = (after_ends(self.sides.old, &old), after_ends(self.sides.new, &new));
        self.removed(old.start..old_rest);
        let begins = !matches!(self.pieces.last(), Some(Piece::Text { .. }));
        let whole = if begins { new_rest } else { new.start };
        self.added(new.start..whole);
        self.removed(old_rest..old.end);
        self.added(whole..new.end);
    }

    fn removed(&mut self, tokens: Range<usize>) {
        let story = self.sides.old;
        cut(story, tokens, |tokens, is_mark| {
            if is_mark {
                self.pieces.push(Piece::Mark { old: Some(self.old), new: None, moved: None });
                self.old += 1;
            } else {
                self.pieces.push(Piece::Text { fate: Fate::Removed, old: story.place(&tokens), new: 0..0 });
            }
        });
    }

    fn added(&mut self, tokens: Range<usize>) {
        let story = self.sides.new;
        cut(story, tokens, |tokens, is_mark| {
            if is_mark {
                self.pieces.push(Piece::Mark { old: None, new: Some(self.new), moved: None });
                self.new += 1;
            } else {
                self.pieces.push(Piece::Text { fate: Fate::Added, old: 0..0, new: story.place(&tokens) });
            }
        });
    }

    fn same(&mut self, old: Range<usize>, new: Range<usize>) {
        let from = new.start;
        cut(self.sides.new, new, |tokens, is_mark| {
            if is_mark {
                self.pieces.push(Piece::Mark { old: Some(self.old), new: Some(self.new), moved: None });
                self.old += 1;
                self.new += 1;
            } else {
                let before = old.start + (tokens.start - from)..old.start + (tokens.end - from);
                self.same_text(before, tokens);
            }
        });
    }

    /// A stretch of equal tokens, cut where a token is written in more bytes on one side than on the other, as a field
    /// may be: within each piece, places correspond.
    fn same_text(&mut self, old: Range<usize>, new: Range<usize>) {
        let Sides { old: older, new: newer } = self.sides;
        let (all_old, all_new) = (older.place(&old), newer.place(&new));
        let (mut from_old, mut from_new) = (all_old.start, all_new.start);
        if all_old.len() != all_new.len() {
            for (before, after) in old.zip(new) {
                let (place_old, place_new) = (older.place(&(before..before + 1)), newer.place(&(after..after + 1)));
                if place_old.len() != place_new.len() {
                    self.same_places(from_old..place_old.start, from_new..place_new.start);
                    (from_old, from_new) = (place_old.end, place_new.end);
                    self.same_places(place_old, place_new);
                }
            }
        }
        self.same_places(from_old..all_old.end, from_new..all_new.end);
    }

    fn same_places(&mut self, old: Range<usize>, new: Range<usize>) {
        if !new.is_empty() {
            self.pieces.push(Piece::Text { fate: Fate::Same, old, new });
        }
    }
}

/// Hands over some tokens in stretches without marks, and the marks between them.
fn cut(story: &Story<'_>, tokens: Range<usize>, mut each: impl FnMut(Range<usize>, bool)) {
    let mut from = tokens.start;
    for at in tokens.clone() {
        if story.tokens.get(at).is_some_and(|token| token.class == Class::Mark && is_end(story, at)) {
            if at > from {
                each(from..at, false);
            }
            each(at..at + 1, true);
            from = at + 1;
        }
    }
    if tokens.end > from {
        each(from..tokens.end, false);
    }
}

/// Where in some tokens the last end of a paragraph is behind.
fn after_ends(story: &Story<'_>, tokens: &Range<usize>) -> usize {
    let ends = |at: &usize| story.tokens.get(*at).is_some_and(|token| token.class == Class::Mark) && is_end(story, *at);
    tokens.clone().rev().find(ends).map_or(tokens.start, |at| at + 1)
}

/// Whether a token ends a paragraph; text may hold line ends that end none.
fn is_end(story: &Story<'_>, at: usize) -> bool {
    let end = story.ends.get(at).copied().unwrap_or_default();
    story.paragraphs.binary_search_by_key(&end, |paragraph| paragraph.range.end).is_ok()
}

/// The pieces of one end of a move: what is the same in both has moved, the rest came or went there. Without a number
/// it is no move.
pub(super) fn moved_from(pieces: &[Piece], number: Option<u32>) -> Vec<Piece> {
    let keep = |piece: &Piece| match piece {
        Piece::Text { fate: Fate::Same, old, .. } => {
            Some(Piece::Text { fate: number.map_or(Fate::Removed, Fate::MovedFrom), old: old.clone(), new: 0..0 })
        }
        Piece::Text { fate: Fate::Removed, .. } => Some(piece.clone()),
        Piece::Mark { old: Some(old), .. } => Some(Piece::Mark { old: Some(*old), new: None, moved: number }),
        _ => None,
    };
    pieces.iter().filter_map(keep).collect()
}

/// The other end.
pub(super) fn moved_to(pieces: &[Piece], number: Option<u32>) -> Vec<Piece> {
    let keep = |piece: &Piece| match piece {
        Piece::Text { fate: Fate::Same, new, .. } => {
            Some(Piece::Text { fate: number.map_or(Fate::Added, Fate::MovedTo), old: 0..0, new: new.clone() })
        }
        Piece::Text { fate: Fate::Added, .. } => Some(piece.clone()),
        Piece::Mark { new: Some(new), .. } => Some(Piece::Mark { old: None, new: Some(*new), moved: number }),
        _ => None,
    };
    pieces.iter().filter_map(keep).collect()
}

/// Sees to it that the last paragraph end of a container stays, as it must: it can be neither inserted nor deleted.
///
/// Where it came or went, the end that stayed before it changes places with it, so that taking all changes or none
/// still gives each document its own paragraphs.
pub(super) fn keep_last_mark(sides: Sides<'_, '_>, pieces: &mut Vec<Piece>) {
    let Some(last) = pieces.iter().rposition(|piece| !matches!(piece, Piece::Text { .. })) else { return };
    if is_kept(pieces.get(last)) {
        return;
    }
    let kept = pieces.iter().rposition(|piece| is_kept(Some(piece)));
    let after = kept.map_or(0, |at| at + 1);
    let last_of = |side: fn(&Piece) -> Option<usize>| {
        pieces.iter().enumerate().skip(after).rev().find_map(|(at, piece)| Some((at, side(piece)?)))
    };
    match (last_of(old_mark), last_of(new_mark), kept) {
        (Some((at_old, old)), Some((at_new, new)), _) => {
            set(pieces, last, Some(old), Some(new));
            join_last(pieces, at_old.min(at_new), last);
        }
        (None, Some((_, new)), Some(kept)) => {
            let (kept, last) = expand(sides, pieces, kept, last);
            if let Some(Piece::Mark { old: Some(before), new: Some(stays), .. }) = pieces.get(kept).cloned() {
                set(pieces, kept, None, Some(stays));
                set(pieces, last, Some(before), Some(new));
            }
        }
        (Some((_, old)), None, Some(kept)) => {
            let (kept, last) = expand(sides, pieces, kept, last);
            if let Some(Piece::Mark { old: Some(stays), new: Some(after), .. }) = pieces.get(kept).cloned() {
                set(pieces, kept, Some(stays), None);
                set(pieces, last, Some(old), Some(after));
            }
        }
        _ => {}
    }
}

/// Takes away the end at `at`, whose paragraph ends with the last one now. What that paragraph says goes there too, if
/// only one document says it: then only the other's paragraphs stand between.
fn join_last(pieces: &mut Vec<Piece>, at: usize, last: usize) {
    let gone = matches!(pieces.get(at), Some(Piece::Mark { new: None, .. }));
    let of_one = |piece: &Piece| match piece {
        Piece::Text { fate: Fate::Removed | Fate::MovedFrom(_), .. } => gone,
        Piece::Text { fate: Fate::Added | Fate::MovedTo(_), .. } => !gone,
        _ => false,
    };
    let from = line_start(pieces, at);
    pieces.remove(at);
    if pieces.get(from..at).is_some_and(|line| line.iter().all(of_one)) {
        let line: Vec<Piece> = pieces.drain(from..at).collect();
        let start = line_start(pieces, (last - 1).saturating_sub(line.len()));
        pieces.splice(start..start, line);
    }
}

fn is_gone(piece: &Piece) -> bool {
    matches!(piece, Piece::Text { fate: Fate::Removed, .. })
}

/// Where the paragraph begins that ends at a place.
fn line_start(pieces: &[Piece], at: usize) -> usize {
    let before = pieces.get(..at).unwrap_or_default();
    before.iter().rposition(|piece| !matches!(piece, Piece::Text { .. })).map_or(0, |end| end + 1)
}

fn is_kept(piece: Option<&Piece>) -> bool {
    matches!(piece, Some(Piece::Whole { .. } | Piece::Mark { old: Some(_), new: Some(_), .. }))
}

fn old_mark(piece: &Piece) -> Option<usize> {
    if let Piece::Mark { old, .. } = piece { *old } else { None }
}

fn new_mark(piece: &Piece) -> Option<usize> {
    if let Piece::Mark { new, .. } = piece { *new } else { None }
}

fn set(pieces: &mut [Piece], at: usize, old: Option<usize>, new: Option<usize>) {
    if let Some(piece) = pieces.get_mut(at) {
        *piece = Piece::Mark { old, new, moved: None };
    }
}

/// Takes a whole paragraph apart, so that its end can be treated by itself; gives where its end and the last one are.
fn expand(sides: Sides<'_, '_>, pieces: &mut Vec<Piece>, at: usize, last: usize) -> (usize, usize) {
    let Some(Piece::Whole { old, new }) = pieces.get(at).cloned() else { return (at, last) };
    let inside = sides.compare(&(old..old + 1), &(new..new + 1));
    let more = inside.len().saturating_sub(1);
    pieces.splice(at..=at, inside);
    (at + more, last + more)
}
