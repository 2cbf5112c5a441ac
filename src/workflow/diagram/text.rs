//! Lines of text with an estimate of their size.
//!
//! A diagram is laid out without a font at hand, so widths are those of Arial and its metric twins, a little generous.

/// What a line of text is, which settles how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The title of a state.
    Title,
    /// Whose turn it is.
    Owner,
    /// How long a clock gives; a sign of a clock stands before it.
    Clock,
    /// More of the line about a clock before it.
    ClockMore,
    /// A remark: no clock, or how a process ends.
    Note,
    /// That a state is a determination; a diamond stands before it.
    Mark,
    /// The title of an action.
    Action,
    /// When a branch is taken, or by whom.
    Aside,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The words.
    pub text: String,
    /// What they are.
    pub style: Style,
}

impl Style {
    /// Size of the letters in pixels.
    pub fn size(self) -> i32 {
        match self {
            Self::Title => 14,
            Self::Owner | Self::Clock | Self::ClockMore | Self::Mark | Self::Action => 12,
            Self::Note | Self::Aside => 11,
        }
    }

    /// Height of a line in pixels.
    pub fn leading(self) -> i32 {
        self.size() + 4
    }

    /// Room before the words for a sign.
    pub fn indent(self) -> i32 {
        match self {
            Self::Clock | Self::ClockMore | Self::Mark => 17,
            _ => 0,
        }
    }
}

/// Breaks words into lines no wider than `width` pixels; a word wider than that is broken within.
pub(super) fn wrap(words: &str, style: Style, width: i32) -> Vec<Line> {
    let room = (width - style.indent()).max(style.size());
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace().flat_map(|word| broken(word, style, room)) {
        match lines.last_mut() {
            Some(line) if measure(&format!("{line} {word}"), style) <= room => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines.into_iter().map(|text| Line { text, style }).collect()
}

fn broken(word: &str, style: Style, room: i32) -> Vec<String> {
    let mut parts = vec![String::new()];
    for letter in word.chars() {
        if let Some(part) = parts.last_mut() {
            part.push(letter);
            if measure(part, style) > room && part.chars().count() > 1 {
                part.pop();
                parts.push(letter.to_string());
            }
        }
    }
    parts
}

/// Width of some lines in pixels.
pub(super) fn width(lines: &[Line]) -> i32 {
    lines.iter().map(|line| measure(&line.text, line.style) + line.style.indent()).max().unwrap_or(0)
}

/// Height of some lines in pixels.
pub(super) fn height(lines: &[Line]) -> i32 {
    lines.iter().map(|line| line.style.leading()).sum()
}

fn measure(text: &str, style: Style) -> i32 {
    let generous = if style == Style::Title { 110 } else { 104 };
    text.chars().map(advance).sum::<i32>() * style.size() * generous / 10_000 + 1
}

/// How far a letter moves on, in hundredths of its size.
fn advance(letter: char) -> i32 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' => 23,
        'f' | 't' | 'I' | ' ' | '.' | ',' | ':' | ';' | '!' | '/' | '[' | ']' => 28,
        'r' | '(' | ')' | '-' => 34,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 50,
        'M' | 'm' => 84,
        'w' => 73,
        'W' => 95,
        letter if letter.is_ascii_uppercase() => 72,
        letter if letter.is_ascii() => 57,
        letter if letter.is_alphabetic() && u32::from(letter) < 0x250 => 62,
        _ => 100,
    }
}

#[cfg(test)]
mod tests {
    use super::{Style, measure, wrap};

    #[test]
    fn lines_keep_every_word_and_fit_their_width() {
        let words = "Collate the responses, refine the SIP and refer it for Impact Assessment sign-off";
        let lines = wrap(words, Style::Action, 150);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| measure(&line.text, Style::Action) <= 150));
        assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "), words);
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_and_not_lost() {
        let lines = wrap(&"x".repeat(60), Style::Title, 100);
        assert!(lines.len() > 1);
        assert_eq!(lines.iter().map(|line| line.text.len()).sum::<usize>(), 60);
    }
}
