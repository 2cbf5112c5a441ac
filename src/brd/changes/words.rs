//! The words of a text: merged where several SIPs change it, and each with the SIP it comes from.

use serde::{Deserialize, Serialize};

use super::sip::SipName;
use crate::redline::diff::{Interner, Piece, Token, compare, pieces};

/// A run of words of a text, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// The words, with the white space that belongs to them.
    pub text: String,
    /// What happened to them.
    #[serde(default, skip_serializing_if = "Origin::is_kept")]
    pub origin: Origin,
}

/// What happened to a run of words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// They were there before.
    #[default]
    Kept,
    /// These SIPs put them in.
    Added(Vec<SipName>),
    /// These SIPs took them out.
    Removed(Vec<SipName>),
}

impl Origin {
    fn is_kept(&self) -> bool {
        *self == Self::Kept
    }
}

/// A text after the change of one SIP, or of several who make the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::brd) struct Stage {
    pub(in crate::brd) sips: Vec<SipName>,
    pub(in crate::brd) text: String,
}

/// Where each word of the last stage comes from, with the words taken out on the way.
pub(in crate::brd) fn attribute(live: &str, stages: &[Stage]) -> Vec<Word> {
    let kept = |text: &str| Word { text: text.to_owned(), origin: Origin::Kept };
    let mut words: Vec<Word> = Cutter::new().cut(live).0.into_iter().map(kept).collect();
    let mut before = live;
    for stage in stages {
        words = after(words, before, stage);
        before = &stage.text;
    }
    runs(words)
}

/// The pieces after one more stage; those taken out earlier stay where they were.
fn after(words: Vec<Word>, before: &str, stage: &Stage) -> Vec<Word> {
    let mut cutter = Cutter::new();
    let ((_, old), (new, tokens)) = (cutter.cut(before), cutter.cut(&stage.text));
    let mut writer = Writer { old: words.into_iter().peekable(), words: Vec::new(), at: 0 };
    for change in compare(&old, &tokens) {
        writer.take(change.old.start, None);
        writer.take(change.old.end, Some(&Origin::Removed(stage.sips.clone())));
        let added = new.get(change.new).unwrap_or_default().iter();
        let origin = Origin::Added(stage.sips.clone());
        writer.words.extend(added.map(|text| Word { text: (*text).to_owned(), origin: origin.clone() }));
    }
    writer.take(usize::MAX, None);
    writer.words
}

/// Goes through the pieces of a text.
struct Writer {
    old: std::iter::Peekable<std::vec::IntoIter<Word>>,
    words: Vec<Word>,
    /// How many pieces of the text have been passed; those taken out earlier are no part of it.
    at: usize,
}

impl Writer {
    /// Takes over the pieces before a position of the text, with another origin where one is given.
    fn take(&mut self, until: usize, origin: Option<&Origin>) {
        let gone = |word: &Word| matches!(word.origin, Origin::Removed(_));
        let mut at = self.at;
        while let Some(mut word) = self.old.next_if(|word| at < until || gone(word)) {
            if !gone(&word) {
                at += 1;
                word.origin = origin.cloned().unwrap_or(word.origin);
            }
            self.words.push(word);
        }
        self.at = at;
    }
}

/// Pieces of one origin that stand together, as one.
fn runs(words: Vec<Word>) -> Vec<Word> {
    let mut runs: Vec<Word> = Vec::new();
    for word in words {
        match runs.last_mut() {
            Some(last) if last.origin == word.origin => last.text.push_str(&word.text),
            _ => runs.push(word),
        }
    }
    runs
}

/// Cuts texts into pieces that compare as numbers.
struct Cutter<'a>(Interner<&'a str>);

impl<'a> Cutter<'a> {
    fn new() -> Self {
        Self(Interner::default())
    }

    fn cut(&mut self, text: &'a str) -> (Vec<&'a str>, Vec<Token>) {
        let cut = |piece: Piece| {
            let words = text.get(piece.range).unwrap_or_default();
            (words, Token { id: self.0.id(words), class: piece.class })
        };
        pieces(text).map(cut).unzip()
    }
}
