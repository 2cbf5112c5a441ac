//! Breaking text into lines, and putting the words of a line in their places.

use std::ops::Range;

use super::flow::Pen;
use super::ink::{Atom, Kind, Source};

/// A line of text: which characters stand on it, and how wide they are without the spaces at its end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Which characters.
    pub(super) atoms: Range<usize>,
    /// How wide.
    pub(super) width: f32,
}

/// Words of a line that are set alike.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Which ink.
    pub(super) ink: usize,
    /// Where it begins, from where the line begins.
    pub(super) x: f32,
    /// How wide it is, without the spaces at the end of the line.
    pub(super) width: f32,
    /// What it says.
    pub(super) text: String,
    /// Which way it reads.
    pub(super) direction: Direction,
    /// How it is drawn.
    pub(super) pen: Pen,
}

/// Breaks text into lines, at spaces, else within a word after a sign such as `/`, else where it must be. There is
/// always at least one line.
pub(super) fn break_lines(source: &Source, width: f32) -> Vec<Line> {
    let mut breaker = Breaker { atoms: &source.atoms, width, lines: Vec::new(), start: 0, used: 0.0, after: None };
    for (place, atom) in source.atoms.iter().enumerate() {
        breaker.take(place, atom);
    }
    breaker.end(source.atoms.len());
    breaker.lines
}

struct Breaker<'a> {
    atoms: &'a [Atom],
    width: f32,
    lines: Vec<Line>,
    start: usize,
    used: f32,
    after: Option<Opening>,
}

/// The last place of a line where it may end.
#[derive(Debug, Clone, Copy)]
enum Opening {
    Space(usize),
    Hinge(usize),
}

impl Breaker<'_> {
    fn take(&mut self, place: usize, atom: &Atom) {
        match atom.kind {
            Kind::LineEnd => {
                self.end(place + 1);
                self.start_line(place + 1, place + 1);
                return;
            }
            Kind::Space => self.after = Some(Opening::Space(place + 1)),
            _ => {
                if self.used + atom.advance > self.width && place > self.start && atom.kind != Kind::Joined {
                    let cut = match self.after {
                        Some(Opening::Space(cut) | Opening::Hinge(cut)) => cut,
                        None => place,
                    };
                    self.end(cut);
                    self.start_line(cut, place);
                }
                if atom.kind == Kind::Hinge && !matches!(self.after, Some(Opening::Space(_))) {
                    self.after = Some(Opening::Hinge(place + 1));
                }
            }
        }
        self.used += atom.advance;
    }

    fn start_line(&mut self, start: usize, place: usize) {
        (self.start, self.after) = (start, None);
        self.used = 0.0;
        for (place, atom) in (start..place).zip(self.atoms.get(start..place).unwrap_or_default()) {
            self.used += atom.advance;
            if atom.kind == Kind::Hinge {
                self.after = Some(Opening::Hinge(place + 1));
            }
        }
    }

    fn end(&mut self, end: usize) {
        let atoms = self.atoms.get(self.start..end).unwrap_or_default();
        let spaces = atoms.iter().rev().take_while(|atom| matches!(atom.kind, Kind::Space | Kind::LineEnd)).count();
        let width = atoms.iter().take(atoms.len() - spaces).map(|atom| atom.advance).sum();
        self.lines.push(Line { atoms: self.start..end, width });
    }
}

/// The words of a line, each with its place. Words that read from right to left change places among themselves.
pub(super) fn pieces(source: &Source, line: &Line) -> Vec<Piece> {
    let atoms = source.atoms.get(line.atoms.clone()).unwrap_or_default();
    let directions = directions(atoms);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut start = 0;
    while let Some(first) = atoms.get(start) {
        let leftward = directions.get(start).copied().unwrap_or(Direction::Rightward);
        let alike = atoms.iter().zip(&directions).skip(start);
        let count = alike
            .take_while(|(atom, direction)| (atom.ink, atom.face) == (first.ink, first.face) && **direction == leftward)
            .count();
        let run = atoms.get(start..start + count).unwrap_or_default();
        pieces.extend(piece(source, run, leftward));
        start += count.max(1);
    }
    place(&mut pieces, line.width);
    pieces
}

/// Which way a character reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// From left to right.
    Rightward,
    /// From right to left.
    Leftward,
}

/// Which way each character reads: spaces and signs between two words that read from right to left do as they do.
fn directions(atoms: &[Atom]) -> Vec<Direction> {
    let mut directions = vec![Direction::Rightward; atoms.len()];
    let mut last = None;
    for (place, atom) in atoms.iter().enumerate() {
        match atom.kind {
            Kind::Leftward => {
                let from = last.unwrap_or(place);
                directions.iter_mut().take(place + 1).skip(from).for_each(|way| *way = Direction::Leftward);
                last = Some(place);
            }
            Kind::Space | Kind::Joined => {}
            _ => last = None,
        }
    }
    directions
}

fn piece(source: &Source, atoms: &[Atom], direction: Direction) -> Option<Piece> {
    let (first, last) = (atoms.first()?, atoms.last()?);
    let ink = source.inks.get(first.ink)?;
    let text = source.text.get(first.start..last.end)?.to_owned();
    let width = atoms.iter().map(|atom| atom.advance).sum();
    let pen = Pen { face: first.face, size: ink.size, colour: ink.colour };
    Some(Piece { ink: first.ink, x: 0.0, width, text, direction, pen })
}

fn place(pieces: &mut [Piece], line: f32) {
    let leftward = |piece: &Piece| piece.direction == Direction::Leftward;
    let mut x = 0.0;
    for run in pieces.chunk_by_mut(|one, next| leftward(one) && leftward(next)) {
        for piece in run.iter_mut().rev() {
            piece.x = x;
            x += piece.width;
        }
    }
    for piece in pieces {
        piece.width = piece.width.min(line - piece.x).max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::super::fonts::{Face, Fonts};
    use super::super::ink::Ink;
    use super::super::style::{BODY, HEAD, Look};
    use super::*;

    fn source(fonts: &Fonts, runs: &[(&str, Look)]) -> Source {
        let mut source = Source::default();
        for (text, look) in runs {
            source.add(fonts, Ink::plain(look), text);
        }
        source
    }

    fn broken(text: &str, letters: &str) -> Vec<String> {
        let fonts = Fonts::read().unwrap();
        let source = source(&fonts, &[(text, BODY)]);
        let width = fonts.width(Face::Regular, BODY.size, letters) + 0.01;
        let said = |line: &Line| {
            let atoms = source.atoms.get(line.atoms.clone()).unwrap();
            atoms.iter().map(|atom| &source.text[atom.start..atom.end]).collect::<String>()
        };
        break_lines(&source, width).iter().map(said).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_at_line_feeds() {
        assert_eq!(broken("one two three", "one two "), ["one two ", "three"]);
        assert_eq!(broken("a\n\nb", "aaaa"), ["a ", " ", "b"]);
        assert_eq!(broken("", "aaaa"), [""]);
    }

    #[test]
    fn a_word_breaks_within_only_where_it_is_longer_than_a_line() {
        assert_eq!(broken("see SIP-0012 now", "SIP-0012"), ["see ", "SIP-0012 ", "now"]);
        assert_eq!(broken("nnn/nnn/nnnnnnnn", "nnnnnn"), ["nnn/", "nnn/", "nnnnnn", "nn"]);
    }

    #[test]
    fn a_mark_stays_with_its_letter() {
        assert_eq!(broken("nnne\u{301}", "nnne"), ["nnne\u{301}"]);
    }

    #[test]
    fn words_that_read_from_right_to_left_change_places() {
        let fonts = Fonts::read().unwrap();
        let source = source(&fonts, &[("a ", BODY), ("שלום ", HEAD), ("עולם b", BODY)]);
        let lines = break_lines(&source, 400.0);
        let pieces = pieces(&source, &lines[0]);
        let places: Vec<_> = pieces.iter().map(|piece| piece.x).collect();
        assert_eq!(pieces.len(), 4);
        assert!(places[0] < places[2] && places[2] < places[1] && places[1] < places[3], "{places:?}");
    }
}
