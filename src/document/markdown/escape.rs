//! Letting words be words: what Markdown would take for markup is written with a backslash before it.

use crate::document::markup::legible;

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a paragraph, which may have several lines.
    Paragraph,
    /// In a heading, which is one line.
    Heading,
    /// In a cell, which is part of a line.
    Cell,
}

/// A space that Markdown keeps at the edge of a line.
const SPACE: &str = "&#32;";

/// Words so that Markdown takes none of them for markup. A line feed breaks the line.
pub(super) fn words(text: &str, place: Place) -> String {
    let text = legible(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\n' => out.push_str(line_end(place, before, letters.peek().copied())),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|' => out.extend(['\\', letter]),
            '\t' => out.push_str("&#9;"),
            ' ' if before == Some('\n') => out.push_str(SPACE),
            letter => out.push(letter),
        }
        before = Some(letter);
    }
    out
}

/// A backslash at the end of a line breaks it, where there are words on both sides.
fn line_end(place: Place, before: Option<char>, next: Option<char>) -> &'static str {
    let is_word = |letter: Option<char>| letter.is_some_and(|letter| letter != '\n');
    if place == Place::Paragraph && is_word(before) && is_word(next) { "\\\n" } else { "<br>" }
}

/// The lines of a paragraph, with a backslash before what would begin a heading, a list, a quote or a rule, and with
/// the spaces at its edges kept.
pub(super) fn edges(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(line_start).collect();
    let text = lines.join("\n");
    match text.strip_suffix(' ') {
        Some(text) => format!("{text}{SPACE}"),
        None => text,
    }
}

fn line_start(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let (number, after) = line.split_at_checked(digits).unwrap_or_default();
    let marks = after.strip_prefix(['.', ')']).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    if (1..=9).contains(&digits) && marks {
        return format!("{number}\\{after}");
    }
    if let Some(line) = line.strip_prefix(' ') {
        return format!("{SPACE}{line}");
    }
    if line.starts_with(['#', '+', '-', '=', '>', ':']) { format!("\\{line}") } else { line.to_owned() }
}

/// Code between as many backticks as it takes.
pub(super) fn code(text: &str, place: Place) -> String {
    let text = legible(text).replace('\n', " ");
    let fence = "`".repeat(longest_fence(&text) + 1);
    let edge = text.starts_with('`') || text.ends_with('`');
    let spaced = text.starts_with(' ') && text.ends_with(' ') && !text.trim_matches(' ').is_empty();
    let pad = if edge || spaced { " " } else { "" };
    let text = if place == Place::Cell { text.replace('|', "\\|") } else { text };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The most backticks that follow each other.
pub(super) fn longest_fence(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default()
}

/// An address, between pointed brackets if something in it could end it.
pub(super) fn address(address: &str) -> String {
    let simple = |letter: char| letter.is_ascii_alphanumeric() || "/:.-?=#%+,@".contains(letter);
    if !address.is_empty() && address.chars().all(simple) {
        return address.to_owned();
    }
    let mut out = String::from("<");
    for letter in address.chars().filter(|letter| !letter.is_control()) {
        if matches!(letter, '\\' | '<' | '>' | '&' | '|') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('>');
    out
}
