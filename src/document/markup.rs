//! Writing XML and HTML: fixed markup goes in as it stands, everything else is escaped.

use std::fmt::{Display, Write as _};

/// What stands for a character that no document may hold.
const REPLACED: char = '\u{FFFD}';

/// Markup in the making. Only what the code itself says can be markup; text of anybody else goes through
/// [`Markup::text`].
#[derive(Debug, Default)]
pub(crate) struct Markup {
    out: String,
}

impl Markup {
    /// Adds fixed markup.
    pub(crate) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Adds a whole number.
    pub(crate) fn number(&mut self, number: impl Into<u64>) -> &mut Self {
        self.shown(number.into())
    }

    /// Adds text, escaped for an element as well as for an attribute in quotation marks.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        let mut plain = 0;
        for (place, letter) in text.char_indices() {
            let Some(instead) = instead_of(letter) else { continue };
            self.out.push_str(text.get(plain..place).unwrap_or_default());
            self.out.push_str(instead);
            plain = place + letter.len_utf8();
        }
        self.out.push_str(text.get(plain..).unwrap_or_default());
        self
    }

    /// Adds other markup that is ready.
    pub(crate) fn append(&mut self, other: &Self) -> &mut Self {
        self.out.push_str(&other.out);
        self
    }

    /// Adds markup that [`Markup::finish`] gave.
    pub(crate) fn ready(&mut self, markup: &str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// The markup as text.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn shown(&mut self, value: impl Display) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = write!(self.out, "{value}");
        self
    }
}

fn instead_of(letter: char) -> Option<&'static str> {
    match letter {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        _ if is_unfit(letter) => Some("\u{FFFD}"),
        _ => None,
    }
}

/// Whether XML or HTML has no place for a character: control characters other than tab and line feed, and the two
/// code points that are not characters.
fn is_unfit(letter: char) -> bool {
    let control = letter.is_control() && !matches!(letter, '\t' | '\n');
    control || matches!(letter, '\u{FFFE}' | '\u{FFFF}')
}

/// Text in which each character that no document may hold shows as a replacement character. Line ends become line
/// feeds.
pub(crate) fn legible(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars().map(|letter| if is_unfit(letter) { REPLACED } else { letter }).collect()
}

/// The lines of a run, without their ends.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut markup = Markup::default();
        markup.text(text);
        markup.finish()
    }

    #[test]
    fn what_could_be_markup_is_escaped() {
        assert_eq!(escaped("a<b>&\"c'"), "a&lt;b&gt;&amp;&quot;c&#39;");
    }

    #[test]
    fn what_no_document_may_hold_shows_as_a_replacement() {
        assert_eq!(escaped("a\0b\u{1b}c\u{FFFF}\td\u{85}"), "a\u{FFFD}b\u{FFFD}c\u{FFFD}\td\u{FFFD}");
        assert_eq!(legible("a\r\nb\u{7}c"), "a\nb\u{FFFD}c");
    }

    #[test]
    fn what_people_write_survives() {
        let text = "Ŵyn 👩‍👩‍👧 שלום e\u{301} £5 – ‘so’";
        assert_eq!(escaped(text), text);
        assert_eq!(legible(text), text);
    }
}
