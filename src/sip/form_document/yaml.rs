//! The form as YAML to be filled in.

use super::VERSION;
use super::fields::{Answer, Choice, Field, Need, SECTIONS};

/// The most characters of a line of guidance.
const WIDTH: usize = 96;

/// The form as YAML to be filled in, with the guidance as comments. What is filled in is read by
/// [`yaml::load`](crate::yaml::load) as a [`RawSipForm`](crate::sip::RawSipForm).
pub fn blank_yaml() -> String {
    let mut lines = vec![
        format!("# SSI Improvement Proposal: SIP form, version {VERSION}"),
        "#".to_owned(),
        "# Write each answer after its colon. What is marked * must be answered. Lines that begin with # are"
            .to_owned(),
        "# for you and are not read. For text of several lines write | after the colon, and the text below it,"
            .to_owned(),
        "# each line four spaces in.".to_owned(),
    ];
    let mut parents: Vec<&str> = Vec::new();
    for section in SECTIONS {
        lines.extend([String::new(), format!("# {}", section.title)]);
        for field in section.fields {
            write(field, &mut parents, &mut lines);
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Writes a field below the fields that its path leads through, which are written once.
fn write(field: &'static Field, parents: &mut Vec<&'static str>, lines: &mut Vec<String>) {
    let mut names: Vec<_> = field.path.split('.').collect();
    let name = names.pop().unwrap_or_default();
    let common = names.iter().zip(parents.iter()).take_while(|(a, b)| a == b).count();
    for (depth, parent) in names.iter().enumerate().skip(common) {
        lines.push(format!("{}{parent}:", "  ".repeat(depth)));
    }
    let indent = "  ".repeat(names.len());
    *parents = names;
    lines.extend(guidance(field).iter().map(|line| format!("{indent}# {line}")));
    lines.push(format!("{indent}{name}:"));
}

fn guidance(field: &Field) -> Vec<String> {
    let needed = if field.need == Need::Required { " *" } else { "" };
    let how = match field.answer {
        Answer::OneOf(choices) => format!("One of: {}.", values(choices)),
        Answer::AnyOf(choices) => format!("Any of: {}; each on a line of its own after a hyphen.", values(choices)),
        Answer::Texts | Answer::Names => "Each on a line of its own after a hyphen.".to_owned(),
        Answer::Day => "As 2026-02-23.".to_owned(),
        Answer::Weeks => "A whole number.".to_owned(),
        Answer::Money => "In pounds.".to_owned(),
        Answer::Line | Answer::Prose | Answer::Name => String::new(),
    };
    let guidance = if field.answer == Answer::Day { "" } else { field.guidance };
    let text = format!("{} {}{needed}. {guidance} {how}", field.code, field.label.trim_end_matches('?'));
    wrap(&text.split_whitespace().collect::<Vec<_>>())
}

fn values(choices: &[Choice]) -> String {
    choices.iter().map(|choice| choice.value).collect::<Vec<_>>().join(", ")
}

fn wrap(words: &[&str]) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push((*word).to_owned()),
        }
    }
    lines
}
