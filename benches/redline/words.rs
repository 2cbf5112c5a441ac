//! The word diff alone: two files of text in, the changed lines with their changed words out, as `git diff
//! --word-diff=porcelain` prints them. `race.py` runs both.
#![expect(clippy::string_slice, reason = "every range begins and ends where a piece does")]

use std::io::{BufWriter, Write};
use std::ops::Range;

use quorate::redline::diff::{Change, Interner, Piece, Token, changes, compare, pieces};

/// Compares two files and prints what changed.
pub(crate) fn run(old: &str, new: &str) {
    let (old, new) = (std::fs::read_to_string(old).unwrap(), std::fs::read_to_string(new).unwrap());
    let mut out = BufWriter::new(std::io::stdout().lock());
    for hunk in word_diff(&old, &new) {
        for (sign, text) in hunk {
            writeln!(out, "{sign}{text}").unwrap();
        }
        writeln!(out, "~").unwrap();
    }
    out.flush().unwrap();
}

/// Changed stretches of lines, each as kept, removed and added words.
pub(crate) fn word_diff<'a>(old: &'a str, new: &'a str) -> Vec<Vec<(char, &'a str)>> {
    let (old_lines, new_lines) = (Lines::of(old), Lines::of(new));
    let mut ids = Interner::default();
    let mut numbers = |lines: &Lines<'a>| -> Vec<u32> { lines.each().map(|line| ids.id(line)).collect() };
    let (old_ids, new_ids) = (numbers(&old_lines), numbers(&new_lines));
    let hunk = |change: &Change| words_of(old_lines.text(&change.old), new_lines.text(&change.new));
    changes(&old_ids, &new_ids).iter().map(hunk).collect()
}

fn words_of<'a>(old: &'a str, new: &'a str) -> Vec<(char, &'a str)> {
    let mut ids = Interner::default();
    let mut cut = |text: &'a str| -> (Vec<usize>, Vec<Token>) {
        let token = |piece: Piece| (piece.range.end, Token { id: ids.id(&text[piece.range]), class: piece.class });
        pieces(text).map(token).unzip()
    };
    let ((old_ends, old_tokens), (new_ends, new_tokens)) = (cut(old), cut(new));
    let byte = |ends: &[usize], token: usize| token.checked_sub(1).map_or(0, |last| ends[last]);
    let mut parts = Vec::new();
    let mut at = 0;
    for change in compare(&old_tokens, &new_tokens) {
        let start = byte(&old_ends, change.old.start);
        parts.push((' ', &old[at..start]));
        at = byte(&old_ends, change.old.end);
        parts.push(('-', &old[start..at]));
        parts.push(('+', &new[byte(&new_ends, change.new.start)..byte(&new_ends, change.new.end)]));
    }
    parts.push((' ', &old[at..]));
    parts.retain(|(_, text)| !text.is_empty());
    parts
}

/// A text by its lines.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let mut starts: Vec<usize> = std::iter::once(0).chain(ends).collect();
        if starts.last() != Some(&text.len()) {
            starts.push(text.len());
        }
        Self { text, starts }
    }

    fn each(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.starts.windows(2).map(|pair| &self.text[pair[0]..pair[1]])
    }

    fn text(&self, lines: &Range<usize>) -> &'a str {
        &self.text[self.starts[lines.start]..self.starts[lines.end]]
    }
}
