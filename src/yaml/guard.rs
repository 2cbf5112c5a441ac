//! What is refused before any of it is interpreted: texts too large, invisible characters, keys that are not names.

use super::Limits;
use super::problem::Collector;
use super::tree::{Kind, Meaning, Node, Position, Style};
use super::words;

/// The most characters a key may have.
const LONGEST_KEY: usize = 256;

/// Refuses a text that is too large, or holds characters that are invisible or end lines in unusual ways.
pub(super) fn guard(text: &str, limits: Limits, found: &mut Collector) {
    if text.len() > limits.bytes {
        let (length, most) = (text.len(), limits.bytes);
        let what = format!("the file is too large: {length} bytes, and at most {most} are read");
        let mend = "Split it into smaller files.";
        return found.add_at(Position::START, String::new(), what, mend);
    }
    let mut at = Position::START;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let windows_line_end = c == '\r' && characters.peek() == Some(&'\n');
        if let Some(name) = words::refused_character(c).filter(|_| !windows_line_end) {
            let mend = "Delete it, or type the line again.";
            found.add_at(at, String::new(), format!("{name} is not allowed"), mend);
            if found.is_full() {
                return found.stop_early();
            }
        }
        at = at.after(c);
    }
}

/// What is wrong, and how to mend it.
pub(super) type Complaint = (String, &'static str);

/// Why a key is refused wherever it stands.
pub(super) enum KeyRefusal {
    Merge,
    NotText,
    TooLong,
}

impl KeyRefusal {
    pub(super) fn words(self) -> Complaint {
        let (what, mend) = match self {
            Self::Merge => ("the merge key `<<` is not allowed", "Write the fields out here."),
            Self::NotText => ("a key has to be text", "Put the key in quotes if it is meant as text."),
            Self::TooLong => ("the key is longer than 256 characters", "Shorten it."),
        };
        (what.to_owned(), mend)
    }
}

pub(super) fn refuse_key(key: &Node) -> Option<KeyRefusal> {
    let Kind::Scalar(scalar) = &key.kind else {
        return Some(KeyRefusal::NotText);
    };
    match scalar.meaning() {
        Meaning::Text("<<") if scalar.style == Style::Plain => Some(KeyRefusal::Merge),
        Meaning::Text(text) if text.chars().nth(LONGEST_KEY).is_some() => Some(KeyRefusal::TooLong),
        Meaning::Text(_) => None,
        _ => Some(KeyRefusal::NotText),
    }
}
