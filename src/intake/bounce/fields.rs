//! The fields of a `message/delivery-status` part: one group for the message, then one for each recipient.

use super::{Action, Bounce, MOST_OF_DIAGNOSTIC, MOST_RECIPIENTS, Returned, Status};

/// Reads the groups of fields. Recipients are told by their own fields, so groups may stand in any order.
pub(super) fn read(text: &str) -> Bounce {
    let mut bounce = Bounce::default();
    for group in groups(text) {
        if bounce.reported_by.is_none() {
            bounce.reported_by = field(&group, "reporting-mta").map(typed_value);
        }
        if bounce.recipients.len() < MOST_RECIPIENTS && is_recipient(&group) {
            bounce.recipients.push(recipient(&group));
        }
    }
    bounce
}

type Field = (String, String);

fn is_recipient(group: &[Field]) -> bool {
    ["final-recipient", "original-recipient", "action"].iter().any(|name| field(group, name).is_some())
}

fn recipient(group: &[Field]) -> Returned {
    let diagnostic = field(group, "diagnostic-code").map(typed_value);
    Returned {
        final_recipient: field(group, "final-recipient").and_then(|value| address(&typed_value(value))),
        original_recipient: field(group, "original-recipient").and_then(|value| address(&typed_value(value))),
        action: field(group, "action").map(action).unwrap_or_default(),
        status: field(group, "status").and_then(Status::parse),
        diagnostic: diagnostic.map(|said| said.chars().take(MOST_OF_DIAGNOSTIC).collect()),
    }
}

fn action(value: &str) -> Action {
    let word = value.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    match word.to_ascii_lowercase().as_str() {
        "failed" | "failure" => Action::Failed,
        "delayed" => Action::Delayed,
        "delivered" => Action::Delivered,
        "relayed" => Action::Relayed,
        "expanded" => Action::Expanded,
        _ => Action::Unknown,
    }
}

/// An address without angle brackets, if it is one.
pub(super) fn address(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('<').trim_end_matches('>');
    let sound =
        text.contains('@') && text.len() <= 320 && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    sound.then(|| text.to_owned())
}

/// What stands after the type in `rfc822; name@example.org`, on one line.
fn typed_value(value: &str) -> String {
    let value = match value.split_once(';') {
        Some((kind, rest)) if !kind.contains(char::is_whitespace) || kind.trim().len() < 12 => rest,
        _ => value,
    };
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn field<'a>(group: &'a [Field], name: &str) -> Option<&'a str> {
    group.iter().find(|(given, _)| given == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}

/// The groups of fields, parted by blank lines; a line that begins with a blank continues the last field.
fn groups(text: &str) -> Vec<Vec<Field>> {
    let mut groups = vec![Vec::new()];
    for line in text.lines() {
        let Some(group) = groups.last_mut() else { break };
        let group: &mut Vec<Field> = group;
        if line.trim().is_empty() {
            groups.push(Vec::new());
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = group.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            group.push((name.trim().to_ascii_lowercase(), value.to_owned()));
        }
    }
    groups
}
