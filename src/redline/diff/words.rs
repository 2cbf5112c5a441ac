//! Text cut into words, white space and punctuation.

use std::ops::Range;

use super::classes::{JOINER, Sort, sort};

/// What a token is worth when two texts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A word, a number, an identifier; also anything else whose change counts as much as that of a word, such as a
    /// picture, a field or a tab.
    Word,
    /// A word that says little by itself: `the`, `of`, `and`.
    Particle,
    /// White space within a line.
    Space,
    /// Punctuation that ends a sentence or clause.
    Stop,
    /// Any other sign.
    Sign,
    /// The end of a line or a paragraph.
    Mark,
}

impl Class {
    /// Whether a change of such a token counts as a changed word.
    pub fn is_word(self) -> bool {
        matches!(self, Self::Word | Self::Particle)
    }
}

/// A token of a text: where it stands, in bytes, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What it is.
    pub class: Class,
}

/// Cuts `text` into pieces that together are the whole of it.
///
/// One piece each: a word with its inner marks (`don't`, `SSI-FR-6a`, `UC_Login_001`), a number (`1.4.2`, `10:30`,
/// `£1,000.50`), a run of white space, a line end, a sign. No piece ends between a character and what combines with
/// it.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let (length, class) = first_piece(rest)?;
        let range = at..at + length;
        at = range.end;
        Some(Piece { range, class })
    })
}

/// Length in bytes and class of the piece that `rest` begins with.
fn first_piece(rest: &str) -> Option<(usize, Class)> {
    if let Some(plain) = plain_piece(rest.as_bytes()) {
        return Some(plain);
    }
    let first = rest.chars().next()?;
    let after = first.len_utf8();
    Some(match sort(first) {
        Sort::Word => word(rest, after),
        Sort::Currency if rest.get(after..).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit())) => {
            word(rest, after)
        }
        Sort::Ideograph | Sort::Extends => (cluster(rest, after), Class::Word),
        Sort::Space => (run_of_space(rest, after), Class::Space),
        Sort::Line if rest.starts_with("\r\n") => (2, Class::Mark),
        Sort::Line => (after, Class::Mark),
        Sort::Stop => (cluster(rest, after), Class::Stop),
        Sort::Flag => (flags(rest, after), Class::Sign),
        Sort::Sign | Sort::Currency => (cluster(rest, after), Class::Sign),
    })
}

/// Per byte whether it is a letter or digit of ASCII.
static PLAIN: [bool; 256] = plain();

#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "computed when compiled, over all bytes")]
const fn plain() -> [bool; 256] {
    let mut plain = [false; 256];
    let mut at = 0;
    while at < plain.len() {
        plain[at] = (at as u8).is_ascii_alphanumeric() || at as u8 == b'_';
        at += 1;
    }
    plain
}

/// The two commonest pieces without a look at single characters: letters and digits before a space, and a space
/// before a letter or digit.
fn plain_piece(rest: &[u8]) -> Option<(usize, Class)> {
    let is_plain = |byte: &u8| PLAIN.get(usize::from(*byte)).copied().unwrap_or_default();
    if rest.first() == Some(&b' ') {
        return rest.get(1).is_some_and(is_plain).then_some((1, Class::Space));
    }
    let mut length = 0;
    while rest.get(length).is_some_and(is_plain) {
        length += 1;
    }
    let word = rest.get(..length).filter(|word| !word.is_empty())?;
    (rest.get(length) == Some(&b' ')).then(|| (length, class_of_word(word)))
}

/// Where the character that ends at `end` really ends, with all that combines with it.
fn cluster(rest: &str, mut end: usize) -> usize {
    let mut joined = false;
    for next in rest.get(end..).unwrap_or_default().chars() {
        if !(joined || sort(next) == Sort::Extends) || sort(next) == Sort::Line {
            break;
        }
        joined = next == JOINER;
        end += next.len_utf8();
    }
    end
}

fn flags(rest: &str, after: usize) -> usize {
    let mut end = cluster(rest, after);
    while rest.get(end..).and_then(|next| next.chars().next()).is_some_and(|next| sort(next) == Sort::Flag) {
        end = cluster(rest, end + '\u{1F1E6}'.len_utf8());
    }
    end
}

fn run_of_space(rest: &str, after: usize) -> usize {
    let mut end = cluster(rest, after);
    while let Some(next) =
        rest.get(end..).and_then(|next| next.chars().next()).filter(|next| sort(*next) == Sort::Space)
    {
        end = cluster(rest, end + next.len_utf8());
    }
    end
}

fn word(rest: &str, after: usize) -> (usize, Class) {
    let mut end = after;
    let mut last = rest.chars().next();
    let mut chars = rest.get(after..).unwrap_or_default().chars();
    while let Some(next) = chars.next() {
        let belongs = match sort(next) {
            Sort::Word | Sort::Extends => true,
            Sort::Line | Sort::Space => false,
            _ => last == Some(JOINER) || joins(last, next, chars.clone().next()),
        };
        if !belongs {
            break;
        }
        end += next.len_utf8();
        last = Some(next);
    }
    (end, rest.as_bytes().get(..end).map_or(Class::Word, class_of_word))
}

/// Whether a sign between two characters makes one word of them.
fn joins(before: Option<char>, sign: char, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    match sign {
        '-' | '\'' | '\u{2019}' | '\u{2010}' | '\u{2011}' => sort(before) == Sort::Word && sort(after) == Sort::Word,
        '.' | ',' | ':' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

fn class_of_word(word: &[u8]) -> Class {
    let mut letters = [0; 4];
    let Some(lower) = letters.get_mut(..word.len()) else { return Class::Word };
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    match &*lower {
        b"a" | b"an" | b"and" | b"any" | b"are" | b"as" | b"at" | b"be" | b"by" | b"for" | b"from" | b"in" | b"is"
        | b"it" | b"of" | b"on" | b"or" | b"that" | b"the" | b"this" | b"to" | b"with" => Class::Particle,
        _ => Class::Word,
    }
}
