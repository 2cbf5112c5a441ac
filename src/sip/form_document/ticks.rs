//! Boxes that people tick: `☒ Yes`, `X Yes`, `[x] Yes`, `Yes ✓`, or the choice alone in place of them all.

use super::fields::Choice;

/// How a choice is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// An empty box.
    Empty,
    /// A tick, a cross or an X.
    Ticked,
    /// Nothing: the choice was left alone, or written by hand.
    Bare,
}

/// The values of the choices taken; what is taken but not among the choices stands as it was written.
pub(super) fn taken(choices: &[Choice], paragraphs: &[String]) -> Vec<String> {
    let lines = paragraphs.iter().flat_map(|paragraph| paragraph.lines()).flat_map(each_box);
    let marked: Vec<_> = lines.map(|line| marked(&line)).filter(|(_, words)| !words.is_empty()).collect();
    let mut values = Vec::new();
    for (_, words) in marked.iter().filter(|(mark, _)| *mark != Mark::Empty) {
        let value = choices.iter().find(|choice| is_meant(choice, words)).map_or(words.as_str(), |choice| choice.value);
        if !values.iter().any(|other| other == value) {
            values.push(value.to_owned());
        }
    }
    values
}

/// Whether these words name the choice: its label, the beginning of it before a colon or a bracket, or its value.
fn is_meant(choice: &Choice, words: &str) -> bool {
    let short = choice.label.split([':', '(']).next().unwrap_or_default().trim();
    [choice.label, short, choice.value].iter().any(|name| name.eq_ignore_ascii_case(words))
}

fn is_empty_box(c: char) -> bool {
    matches!(c, '☐' | '□' | '◻' | '▢' | '❏' | '❑' | '⬜' | '¨')
}

fn is_tick(c: char) -> bool {
    matches!(c, '☒' | '☑' | '✓' | '✔' | '✗' | '✘' | '✕' | '✖' | '×' | '√' | '■' | '⬛' | '✅' | 'þ' | 'ý')
}

/// The choices of a line, each of which begins with a box.
fn each_box(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in line.chars() {
        let begins = is_empty_box(c) || matches!(c, '☒' | '☑' | 'þ' | 'ý');
        let has_words = pieces.last().is_some_and(|piece| piece.chars().filter(|c| c.is_alphanumeric()).count() > 1);
        if begins && has_words {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

/// The mark of a line and its words without it.
fn marked(line: &str) -> (Mark, String) {
    let mut words = line.trim_matches(is_around);
    let mut mark = Mark::Bare;
    while let Some((found, rest)) = mark_before(words).or_else(|| mark_after(words)) {
        if mark != Mark::Ticked {
            mark = found;
        }
        words = rest.trim_matches(is_around);
    }
    (mark, words.to_owned())
}

fn is_around(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '•' | '·' | ',' | ';' | '.' | ':')
}

/// The mark that a line begins with.
fn mark_before(words: &str) -> Option<(Mark, &str)> {
    if let Some(rest) = words.strip_prefix("[ ]").or_else(|| words.strip_prefix("[]")) {
        return Some((Mark::Empty, rest));
    }
    let bracketed = ["[x]", "[X]", "(x)", "(X)"].iter().find_map(|mark| words.strip_prefix(mark));
    if let Some(rest) = bracketed {
        return Some((Mark::Ticked, rest));
    }
    if let Some(rest) = words.strip_prefix(is_empty_box) {
        return Some((Mark::Empty, rest));
    }
    let cross = || words.strip_prefix(['x', 'X']).filter(|rest| !rest.starts_with(char::is_alphanumeric));
    words.strip_prefix(is_tick).or_else(cross).map(|rest| (Mark::Ticked, rest))
}

/// The tick that a line ends with; `yes` and `no` count where something stands before them.
fn mark_after(words: &str) -> Option<(Mark, &str)> {
    if let Some(rest) = words.strip_suffix(is_tick) {
        return Some((Mark::Ticked, rest));
    }
    if let Some(rest) = words.strip_suffix(is_empty_box) {
        return Some((Mark::Empty, rest));
    }
    let (rest, last) = words.rsplit_once([' ', '\t', ':'])?;
    match last.to_lowercase().as_str() {
        "x" | "[x]" | "yes" => Some((Mark::Ticked, rest)),
        "no" | "[]" => Some((Mark::Empty, rest)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICES: &[Choice] = &[
        Choice { label: "Large Supplier", value: "Large Supplier" },
        Choice { label: "Part of it (some)", value: "part" },
        Choice { label: "Yes", value: "yes" },
        Choice { label: "No", value: "no" },
    ];

    #[track_caller]
    fn assert_taken(lines: &[&str], values: &[&str]) {
        let lines: Vec<_> = lines.iter().map(ToString::to_string).collect();
        assert_eq!(taken(CHOICES, &lines), values, "{lines:?}");
    }

    #[test]
    fn a_box_is_ticked_in_every_way_people_tick_it() {
        for line in [
            "☒ Large Supplier",
            "☑ Large Supplier",
            "x Large Supplier",
            "X Large Supplier",
            "X☐ Large Supplier",
            "☐X Large Supplier",
            "☐ X Large Supplier",
            "[x] Large Supplier",
            "[X] large supplier",
            "☐ Large Supplier ✓",
            "☐ Large Supplier x",
            "☐ Large Supplier: yes",
            "✔\u{a0}Large Supplier.",
            "Large Supplier",
            "• Large Supplier",
        ] {
            assert_taken(&[line, "☐ Yes", "[ ] No"], &["Large Supplier"]);
        }
    }

    #[test]
    fn several_boxes_on_one_line_are_told_apart() {
        assert_taken(&["☒ Yes   ☐ No"], &["yes"]);
        assert_taken(&["☐ Yes   ☒ No"], &["no"]);
        assert_taken(&["☒ Yes\n☒ No"], &["yes", "no"]);
        assert_taken(&["X☐ Yes ☐ No"], &["yes"]);
    }

    #[test]
    fn an_answer_in_other_words_is_kept_for_the_check() {
        assert_taken(&["☐ Yes", "☐ No", "perhaps"], &["perhaps"]);
        assert_taken(&["Part of it"], &["part"]);
        assert_taken(&["☐ Yes", "☐ No"], &[]);
        assert_taken(&["☒", "  "], &[]);
    }
}
